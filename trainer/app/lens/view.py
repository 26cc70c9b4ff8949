"""What the lens shows beside the text: the word that is marked, and all words in a list."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.engine.spotting import WordStanding
from trainer.reports.lens import LensReport, LensWord, Told, ToldTitle

MOST_TITLES = 4
"""Roles for which a title is told at most."""
_STAR = "*"


def summary(report: LensReport, width: int) -> list[Row]:
    """Say how much was found, and how it stands out."""
    in_no_sheet = Content.assemble(f"; {len(report.unknown)} ", ("in no sheet", "italic $fresh"))
    if not report.words:
        none = Content("No word of the trade that your sheets know is in it")
        return hanging(Content("  "), none + (in_no_sheet if report.unknown else Content(".")), width)
    words = count(len(report.words), "word")
    sure = sum(word.sure for word in report.words)
    parts = (
        (sure, "sure", "bold underline $key"),
        (len(report.words) - sure, "may mean it", "underline $key"),
    )
    told = [Content.assemble(f"{number} ", (named, style)) for number, named, style in parts if number]
    legend = Content.assemble(f"{words} of the trade: ", Content(", ").join(told))
    if report.unknown:
        legend += in_no_sheet
    return hanging(Content("  "), legend, width)


def panel(word: LensWord, standing: WordStanding, width: int, height: int) -> list[Row]:
    """Tell of the word that is marked, in so many lines: what it means, and what to ask."""
    rows = [*_heading(word, standing, width), *_details(word, standing, width)]
    if len(rows) <= height:
        return rows
    more = text("… v shows all of it", width, "$quiet")
    return [*rows[: height - len(more)], *more]


def rule(width: int) -> Row:
    """Return a line that parts the text from what is told."""
    return Row(Content.styled("─" * width, "$rest"))


def word_rows(
    report: LensReport, standings: Sequence[WordStanding], marked: int | None, width: int
) -> list[Row]:
    """Lay out all words, the marked one with all that is known of it, and what is in no sheet."""
    rows: list[Row] = []
    for place, (word, standing) in enumerate(zip(report.words, standings, strict=True)):
        target = target_of(place)
        rows += (Row(row.content, target) for row in _heading(word, standing, width))
        if place == marked:
            rows += (Row(row.content, place=target) for row in _details(word, standing, width))
            continue
        first = word.meanings[0].meaning if word.meanings else _relation(word.titles[0])
        line = Content("    ") + said(first, "$quiet")
        rows.append(Row(line.truncate(width, ellipsis=True), target))
    if report.unknown:
        rows += [BLANK, *text("Not in your sheets (a name may be among them)", width, "bold $strong")]
        rows += text(", ".join(each.words for each in report.unknown), width, "$fresh")
    return rows


def target_of(place: int) -> str:
    """Return the target of a word by its place among them."""
    return f"word.{place}"


def place_of(target: str) -> int:
    """Return the place of a word among them, by its target."""
    return int(target.partition(".")[2])


def _heading(word: LensWord, standing: WordStanding, width: int) -> list[Row]:
    sign = _STAR if standing.starred else " "
    times = f"  × {len(word.places)}" if len(word.places) > 1 else ""
    named = ", ".join((word.words, *word.also))
    doubt = "" if word.sure else "  may mean:"
    body = Content.assemble(said(named, "bold $strong"), (times, "$quiet"), (doubt, "$key"))
    return hanging(Content.styled(f"{sign} ", "$key"), body, width)


def _details(word: LensWord, standing: WordStanding, width: int) -> list[Row]:
    rows: list[Row] = []
    for told in word.meanings:
        rows += _meaning(told, width, named=len(word.meanings) > 1 or told.term != word.words)
    for title in word.titles[:MOST_TITLES]:
        rows += _title(title, width)
    if left := word.titles[MOST_TITLES:]:
        rows += text(f"A title for {', '.join(each.role for each in left)} too.", width, "$quiet")
    if standing.told:
        rows += text(standing.told, width, "$quiet")
    return rows


def _meaning(told: Told, width: int, *, named: bool) -> Iterator[Row]:
    name = told.stands_for if told.stands_for and told.stands_for != told.term else told.term
    where = f" ({told.region})" if told.region else ""
    head = f"{name}{where}: " if named or where else ""
    yield from hanging(Content("  "), Content.assemble(said(head, "bold"), said(told.meaning)), width)
    lines = [("Ask", told.ask)] if told.ask else []
    lines += [(region, words) for region, words in told.regions]
    lines += [("Fair", told.fair)] if told.fair else []
    yield from labelled(lines, width, column=6)


def _title(told: ToldTitle, width: int) -> Iterator[Row]:
    yield from hanging(
        Content("  "),
        Content.assemble(said(f"For {told.role}: ", "bold"), said(f"{_relation(told)}. {told.why}".strip())),
        width,
    )
    lines = [(region, words) for region, words in told.regions]
    lines += [("Fair", told.fair)] if told.fair else []
    yield from labelled(lines, width, column=6)


def _relation(told: ToldTitle) -> str:
    return told.relation or "a title that nobody judged"
