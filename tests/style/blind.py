"""The items of a sheet without their key, for somebody who did not write it; and how many answers are right.

`python -m tests.style.blind SHEET… --into FOLDER` writes for each sheet `NAME.items.md` and `NAME.key.tsv`.
Who answers keeps a file with a line "number<TAB>answer" for each; `--score ANSWERS KEY` tells how much is
right, by kind and by what is right.
"""

import argparse
import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.cards.levels import asked_levels
from trainer.cards.role_names import role_called
from trainer.humanize import with_article
from trainer.material.files import read_sheet
from trainer.material.questions import InterviewQuestion, Point, SampleAnswer
from trainer.material.sheet import Sheet

NOTHING, FLAG, NO_FLAG = "nothing", "flag", "none"


class Item(NamedTuple):
    """Something to answer, and what is right."""

    kind: str
    text: str
    right: str
    place: str
    """Where it stands in the sheet, for who has the key."""


KINDS = {
    "line": "Levels. What does the line prove at least? Answer with one of: {levels}, nothing.",
    "snippet": "Points. Is the point shown (a deed or a way of working), claimed or missing?",
    "flag": "Red flags. Is it this flag, or none? Answer: flag, none.",
    "answer": "Whole answers. Answer with the score, 1 to 5, and behind it the ids of its red flags: 2 lies",
}


def items(sheet: Sheet) -> Iterator[Item]:
    """Yield all that is judged of a sheet, kind by kind."""
    for level, indicator in sheet.indicators():
        yield from (Item("line", line.text, level.id, indicator.id) for line in indicator.lines)
    for unclear in sheet.unclear:
        yield from (Item("line", line.text, NOTHING, unclear.id) for line in unclear.lines)
    for question in sheet.questions:
        for point in question.points:
            yield from _snippets(question, point)
    for flag in sheet.red_flags:
        head = f"Flag: {flag.text}\n   "
        yield from (Item("flag", head + text, FLAG, flag.id) for text in flag.evidence)
        yield from (Item("flag", head + text, NO_FLAG, flag.id) for text in flag.look_alikes)
    for question in sheet.questions:
        yield from (_whole(sheet, question, answer) for answer in question.answers)


def _snippets(question: InterviewQuestion, point: Point) -> Iterator[Item]:
    head = f"{question.ask}\n   Point: {point.text}\n   "
    for right, text in (("shown", point.shows), ("claimed", point.claims), ("missing", point.misses)):
        if text:
            yield Item("snippet", head + text, right, f"{question.id}.{point.id}")


def _whole(sheet: Sheet, question: InterviewQuestion, answer: SampleAnswer) -> Item:
    offered = question.flags or {flag for each in question.answers for flag in each.flags}
    rows = [
        question.ask,
        *(f"Worth {score}: {text}" for score, text in sorted(question.anchors.items(), reverse=True)),
        *(f"Flag {flag.id}: {flag.text}" for flag in sheet.red_flags if flag.id in offered),
        f"Answer: {answer.text}",
    ]
    right = " ".join([str(answer.score), *sorted(answer.flags)])
    return Item("answer", "\n   ".join(rows), right, f"{question.id}.{answer.id}")


def shuffled(sheet: Sheet) -> list[Item]:
    """Return the items of a sheet, the kinds in turn, each in an order that chance gives: always the same."""
    found = list(items(sheet))
    random.Random(sheet.id).shuffle(found)
    return sorted(found, key=lambda item: list(KINDS).index(item.kind))


def page(sheet: Sheet, asked: Sequence[Item]) -> str:
    """Return what is given to who answers."""
    levels = asked_levels(sheet)
    rows = [f"# {sheet.name}", "", f"You are hiring {with_article(role_called(sheet))}."]
    kind = ""
    for number, item in enumerate(asked, start=1):
        if item.kind != kind:
            kind = item.kind
            rows += ["", f"## {KINDS[kind].format(levels=', '.join(level.id for level in levels))}", ""]
            if kind == "line":
                rows += [f"- {level.id}: {level.rule}" for level in levels]
                rows += [f"- {NOTHING}: no work of their own is in it", ""]
        rows.append(f"{number}. {item.text}")
    return "\n".join([*rows, ""])


def score(answers: Path, key: Path) -> Iterator[str]:
    """Yield how much is right: in all, by kind, and by what is right; then each that is not."""
    given = {row[0].strip(): " ".join(row[1:]).split() for row in _rows(answers)}
    hits: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for number, kind, right, place in _rows(key):
        said = given.get(number, [])
        wanted = right.split()
        for name, fits in _judged(kind, wanted, said):
            hits[name].append(fits)
        if said[:1] != wanted[:1] or set(said) != set(wanted):
            missed.append(f"{number}\t{place}\tright: {right}\tsaid: {' '.join(said) or '-'}")
    for name, found in hits.items():
        yield f"{sum(found) / len(found):.2f}  {sum(found)} of {len(found)}  {name}"
    yield from missed


def _judged(kind: str, right: Sequence[str], said: Sequence[str]) -> Iterator[tuple[str, bool]]:
    first = said[:1] == right[:1]
    yield "all", first
    yield kind, first
    yield f"{kind}: {right[0]}", first
    if kind == "answer":
        near = bool(said) and said[0].isdigit() and abs(int(said[0]) - int(right[0])) <= 1
        yield "answer: within one", near
        yield "answer: red flags", set(said[1:]) == set(right[1:])


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def main(arguments: list[str]) -> int:
    """Write what is to be answered, or tell what is right of what was."""
    parser = argparse.ArgumentParser(prog="python -m tests.style.blind", description=__doc__)
    parser.add_argument("sheets", type=Path, nargs="*")
    parser.add_argument("--into", type=Path, default=Path())
    parser.add_argument("--score", type=Path, nargs=2, metavar=("ANSWERS", "KEY"))
    asked = parser.parse_args(arguments)
    for path in asked.sheets:
        sheet = read_sheet(path)
        found = shuffled(sheet)
        rows = [
            "\t".join([str(i), item.kind, item.right, item.place]) for i, item in enumerate(found, start=1)
        ]
        (asked.into / f"{path.stem}.items.md").write_text(page(sheet, found), encoding="utf-8")
        (asked.into / f"{path.stem}.key.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    if asked.score:
        sys.stdout.writelines(f"{line}\n" for line in score(*asked.score))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
