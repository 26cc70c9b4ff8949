"""What was found on a page, part by part, and the page itself beside it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.content import Content

from trainer.app.importing.review import (
    DOUBTS,
    INDICATORS,
    LEVELS,
    QUESTIONS,
    SINGLE,
    TITLES,
    UNPLACED,
    Finding,
    Review,
)
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row

WINDOW = 300
"""Lines of a page that are laid out at once; a glossary page has fewer."""

_LONGEST = 2_000
"""Characters of a line that are shown."""

_NUMBER = 4
"""Cells for the number of a line."""

_HEADS = {
    UNPLACED: "Where do these belong?",
    DOUBTS: "Left out",
    SINGLE[0]: "The page",
    "job_titles": "Typical job title",
    TITLES: "Titles to search for too",
    LEVELS: "Levels and what tells them",
    QUESTIONS: "Interview questions",
    "red_flags": "Red flags",
    "examples": "Examples in resumes",
}
_NAMES = {"name": "Title", "industry": "Industry", "meaning": "Definition"}


def findings_page(review: Review, width: int, problem: str = "") -> list[Row]:
    """Lay out what was found; the target of a line is that of its finding."""
    rows = [BLANK, *_summary(review, width)]
    if problem:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(problem), width)]
    for part, group in groupby(review.findings, key=_section):
        findings = list(group)
        rows += [BLANK, _head(_HEADS[part], _counted(part, findings), width)]
        if part == UNPLACED:
            rows += _legend(review, width)
        for above, finding in zip((None, *findings), findings, strict=False):
            rows += _finding(finding, width, why=not (above and above.doubt == finding.doubt))
    return rows


def cuts_of(title: str) -> list[Content]:
    """Return how a title looks when it is cut after its first word, after its second, and so on."""
    words = title.split()
    return [
        Content.assemble(said(" ".join(words[:end])), ("  |  ", "$key"), said(" ".join(words[end:])))
        for end in range(1, len(words))
    ]


def line_target(line: int) -> str:
    """Return the target of a line of the page."""
    return f"line.{line}"


def line_of(target: str) -> int | None:
    """Return which line of the page a target is, None if it is none."""
    kind, _, number = target.partition(".")
    return int(number) if kind == "line" else None


def source_page(lines: Sequence[str], first: int, given: frozenset[int], width: int) -> list[Row]:
    """Lay out some lines of the page, numbered; those that gave something can be chosen."""
    last = min(len(lines), first + WINDOW - 1)
    rows = [BLANK, *_elsewhere(first - 1, "above", width)]
    for number in range(first, last + 1):
        words = lines[number - 1]
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
        head = Content.assemble("  ", (str(number).rjust(_NUMBER), "$quiet"), "  ")
        target = line_target(number) if number in given else ""
        rows += hanging(head, said(shown, "" if target else "$quiet"), width, target=target)
    return [*rows, *_elsewhere(len(lines) - last, "below", width)]


def _elsewhere(lines: int, where: str, width: int) -> list[Row]:
    return text(f"… {count(lines, 'more line')} {where}", width, "$quiet") if lines else []


def _summary(review: Review, width: int) -> list[Row]:
    rows = []
    if review.doubtful:
        things = count(review.doubtful, "line needs", "lines need")
        rows += hanging(Content.styled("? ", "$wrong"), said(f"{things} a look."), width)
    else:
        rows += hanging(Content.styled("✓ ", "$right"), said("Nothing is in doubt."), width)
    if missing := review.found.missing:
        rows += text(f"Not found: {', '.join(missing)}", width)
    if review.drafts:
        points = count(review.drafts, "point")
        rows += text(f"{points} of answers cut by the import, not confirmed yet", width, "$quiet")
    return rows


def _section(finding: Finding) -> str:
    if finding.part in SINGLE:
        return SINGLE[0]
    return LEVELS if finding.part == INDICATORS else finding.part


def _counted(part: str, findings: Sequence[Finding]) -> str:
    if part == SINGLE[0]:
        return ""
    return str(sum(finding.part == part for finding in findings))


def _head(words: str, number: str, width: int) -> Row:
    head = Content.assemble("  ", (words, "bold $strong"), "  ", (number, "$quiet"))
    return Row(head.truncate(width, ellipsis=True))


def _legend(review: Review, width: int) -> list[Row]:
    """Name the place behind each digit, as many on a line as fit."""
    entries = [
        Content.assemble((str(digit), "$key"), " ", said(name))
        for digit, (_, name) in enumerate(review.places, start=1)
    ]
    rows, line = [], Content("  ")
    for entry in entries:
        if line.cell_length > 2 and line.cell_length + entry.cell_length + 2 > width:
            rows.append(Row(line.truncate(width)))
            line = Content("  ")
        line += entry + "   "
    return [*rows, Row(line.truncate(width, ellipsis=True))]


def _finding(finding: Finding, width: int, *, why: bool) -> Iterator[Row]:
    """Lay out a finding, with `why` it is in doubt unless the line above says so."""
    sign = "?" if finding.doubt else "~" if finding.is_draft else " "
    number = str(finding.line) if finding.line else ""
    indent = "    " if finding.part == INDICATORS else "  "
    head = Content.assemble(
        indent,
        (sign, "$wrong" if finding.doubt else "$key"),
        (number.rjust(4), "$quiet"),
        "  ",
    )
    yield from hanging(head, _words(finding), width, target=finding.target)
    space = Content(" " * head.cell_length)
    for point in finding.points:
        mark = Content.styled("~ " if point.draft else "· ", "$key")
        yield from hanging(space + mark, said(point.text), width, target=finding.target)
    if finding.doubt and why:
        yield from hanging(space, said(finding.doubt, "$quiet"), width, target=finding.target)


def _words(finding: Finding) -> Content:
    match finding.part:
        case "name" | "industry" | "meaning":
            known = said(finding.text) if finding.text else Content.styled("not found", "$quiet")
            return Content.assemble((f"{_NAMES[finding.part]}: ", "$quiet"), known)
        case "levels":
            return Content.assemble(said(finding.text, "bold $strong"), "  ", said(finding.note, "$quiet"))
        case "questions" if finding.note:
            return Content.assemble(said(f"{finding.note}: ", "$quiet"), said(finding.text))
    return said(finding.text)
