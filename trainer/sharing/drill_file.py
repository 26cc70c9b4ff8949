"""The file of a drill: reading it, checking it, writing it."""

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import tomli
from msgspec import structs

from trainer import disk
from trainer.clean import clean_line
from trainer.errors import DrillError, SheetError
from trainer.humanize import count, short_date
from trainer.material.explain import explain
from trainer.material.files import parsed, sheet_from
from trainer.sharing.drill import FAR, FORMAT, LARGEST, RATED, Asked, Drill, Published, Share, fingerprint_of

_CHOICES: Mapping[str, Collection[str]] = {
    "kind": ("questions", "calibration"),
    "order": ("same", "drawn"),
    "feedback": ("at once", "at the end"),
    "share": get_args(Share),
    "region": ("UK", "US", "both"),
}
_KEYS = {*Drill.__struct_encode_fields__, *Asked.__struct_encode_fields__}
_SHEETS = re.compile(rb"^\[\[sheets\]\]", re.MULTILINE)


def read_published(path: Path) -> Published:
    """Return the drill in a file with its sheets. Raises DrillError, one line a problem."""
    data = read_data(path)
    return Published(drill_of(data, path), fingerprint_of(data), data)


def read_data(path: Path) -> bytes:
    """Return what a drill's file holds. Raises DrillError if it can't be read, or is too large."""
    try:
        return disk.read_whole(path, LARGEST)
    except OSError as error:
        raise DrillError(
            f"{clean_line(str(path))}: can't be read ({clean_line(error.strerror or '')})."
        ) from error


def drill_of(data: bytes, path: Path) -> Drill:
    """Return the drill that a file with this content holds. Raises DrillError."""
    raw = _parsed(data, path)
    sheets = raw.pop("sheets", [])
    drill = _converted(raw, path)
    if not isinstance(sheets, list) or not all(isinstance(each, dict) for each in sheets):
        raise DrillError(f'{path}: sheets: each begins with "[[sheets]]".')
    try:
        return structs.replace(
            drill, sheets=tuple(sheet_from(each, f"{path}: sheet {n}") for n, each in enumerate(sheets, 1))
        )
    except SheetError as error:
        raise DrillError(str(error)) from error


def head_of(data: bytes, path: Path) -> Drill:
    """Return a drill without its sheets, which is all that a list or a report wants. Raises DrillError."""
    return _head(data, path)[0]


def head_length(data: bytes, path: Path) -> int:
    """Return how many bytes of a drill's file are enough for `head_of`. Raises DrillError."""
    return _head(data, path)[1]


def _head(data: bytes, path: Path) -> tuple[Drill, int]:
    """Return a drill without its sheets, and how many bytes of its file tell it. Raises DrillError."""
    if begin := _SHEETS.search(data):
        try:
            return _converted(_parsed(data[: begin.start()], path), path), begin.start()
        except DrillError:
            pass  # what looks like the first sheet may stand within a text
    raw = _parsed(data, path)
    raw.pop("sheets", None)
    return _converted(raw, path), len(data)


def _parsed(data: bytes, path: Path) -> dict[str, Any]:
    try:
        return parsed(data, path, "a drill")
    except SheetError as error:
        raise DrillError(str(error)) from error


def _converted(raw: dict[str, Any], path: Path) -> Drill:
    written = raw.get("format")
    if isinstance(written, int) and written > FORMAT:
        raise DrillError(
            f"{path}: format: a newer version of trainer wrote this drill. Update trainer to take it."
        )
    try:
        return msgspec.convert(raw, Drill, str_keys=True)
    except msgspec.ValidationError as error:
        told = explain(str(error), raw, keys_known=_KEYS, choices=_CHOICES)
        raise DrillError(f"{path}: {told}") from error


def problems_of(drill: Drill, cards: Collection[str], today: date | None) -> Iterator[str]:
    """Yield what is wrong with a drill beyond its schema, each with its key.

    `cards` are the ids of the cards that there are: of its own sheets if it has some. Without `today` a due
    date may have passed.
    """
    if drill.count and drill.count > len(drill.questions):
        yield f"count: is {drill.count}, but there are {count(len(drill.questions), 'question')}."
    if drill.due and today and drill.due < today:
        yield f"due: {short_date(drill.due)} {drill.due.year} is over. Give a day from today on."
    if drill.due and today and drill.due - today > FAR:
        yield f"due: {short_date(drill.due)} {drill.due.year} is more than a year ahead. Give a nearer day."
    if drill.time_limit and drill.feedback == "at once":
        yield 'feedback: with a time_limit it is "at the end". Change one of the two.'
    if drill.calibrates:
        yield from _of_a_round(drill)
    yield from _of_questions(drill, cards)


def _of_a_round(drill: Drill) -> Iterator[str]:
    """Yield what a calibration round can't be: all rate the same answers once, and blind."""
    if drill.order == "drawn" or drill.asked < len(drill.questions):
        yield "order: in a calibration round all rate the same answers. Take out order and count."
    if drill.attempts > 1 or drill.delayed_check:
        yield "attempts: a calibration round is taken once. Set delayed_check = false, and take out attempts."
    if drill.feedback == "at once":
        yield "feedback: a calibration round is rated blind. Take out feedback."
    for number, asked in enumerate(drill.questions, 1):
        if not asked.card.endswith(RATED):
            yield f'question {number} › card: "{asked.card}" has no whole answers to rate. Take another.'


def _of_questions(drill: Drill, cards: Collection[str]) -> Iterator[str]:
    for id_, times in Counter(asked.card for asked in drill.questions).items():
        if times > 1:
            yield f'questions: the card "{id_}" stands {times} times. Name each once.'
    for sheet, times in Counter(sheet.id for sheet in drill.sheets).items():
        if times > 1:
            yield f'sheets: "{sheet}" stands {times} times.'
    for number, asked in enumerate(drill.questions, 1):
        if asked.card not in cards:
            near = difflib.get_close_matches(asked.card, cards, n=1, cutoff=0.7)
            advice = f' Did you mean "{near[0]}"?' if near else ""
            yield f'question {number} › card: there is no card "{asked.card}" here.{advice}'
        elif drill.sheets and not (asked.way and (asked.check_way or not drill.delayed_check)):
            yield f"question {number} › way: is missing. Take the sheets out, and publish the draft anew."


def written(drill: Drill) -> bytes:
    """Return the file of a drill, with a comment on each key that a lead may change."""
    import tomlkit  # noqa: PLC0415 — most only read drills

    from trainer.material.changes import raw_of  # noqa: PLC0415 — the same

    document = tomlkit.document()
    if not drill.sheets:
        for line in _advice(drill):
            document.add(tomlkit.comment(line))
    raw = msgspec.to_builtins(structs.replace(drill, questions=(), sheets=()), builtin_types=(date,))
    raw = {"format": FORMAT, **{key: raw[key] for key in Drill.__struct_encode_fields__ if key in raw}}
    raw.pop("questions", None)
    for key, value in raw.items():
        document.add(key, value)
    questions = tomlkit.aot()
    for asked in drill.questions:
        questions.append(tomlkit.item(msgspec.to_builtins(asked)))
    document.add("questions", questions)
    if drill.sheets:
        document.add("sheets", tomlkit.item([raw_of(sheet) for sheet in drill.sheets]))
    data = tomlkit.dumps(document).encode()
    assert tomli.loads(data.decode())["id"] == drill.id
    return data


def _advice(drill: Drill) -> Iterator[str]:
    """Yield what the lead may change in a draft, of a calibration round what fits one."""
    yield (
        "A calibration round: all rate the same answers once, and blind." if drill.calibrates else "A drill."
    )
    yield "Keys that may be added or changed above the questions:"
    yield from (words for key, words in _ADVICE.items() if not (drill.calibrates and key in _NOT_OF_A_ROUND))
    if drill.calibrates:
        yield "Take out or add answers: card is the question, way the answer."
    else:
        yield "Take out or add questions by the ids of their cards."
    yield '"trainer drill check" looks at it, "trainer drill publish" puts it into the team\'s folder.'


_NOT_OF_A_ROUND = frozenset({"count", "order", "pass_mark", "attempts", "feedback", "share", "delayed_check"})
"""A round says itself what it shares, and nobody passes or fails it."""
_ADVICE = {
    "count": "count = 10                 ask so many of the questions below; all of them without it",
    "order": 'order = "drawn"            each attempt draws; "same" for everyone without it',
    "time_limit": "time_limit = 15            minutes, pauses included",
    "pass_mark": "pass_mark = 80             per cent",
    "attempts": "attempts = 2               how often it may be tried",
    "due": "due = 2026-12-04           the last day on which it counts as in time",
    "feedback": 'feedback = "at the end"    or "at once"',
    "share": 'share = ["items"]          beside the score: "items", "chosen", "doubtful"; [] for none of it',
    "delayed_check": "delayed_check = false      no check after 5 to 7 days whether it stayed",
}
