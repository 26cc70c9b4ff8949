"""What would make the decks of a sheet better: what a page can't give, and a person may add."""

from collections.abc import Iterator

from trainer.material.sheet import Sheet


def improvements(sheet: Sheet) -> list[str]:
    """Return a sentence on each thing that the sheet lacks; none when it lacks nothing."""
    return [
        f"{count} {thing if count == 1 else f'{thing}s'} {advice}"
        for count, thing, advice in _counted(sheet)
        if count
    ]


def _counted(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    points = [point for question in sheet.questions for point in question.points]
    yield (
        sum(point.draft for point in points),
        "point",
        "of an answer cut by the import (draft): confirm the cut, or mend it.",
    )
    yield (
        sum(not (title.search or title.relation) for title in sheet.titles),
        "title",
        "without a judgement: say whether to search it (search) and what a hit is (relation).",
    )
    yield (
        sum(not indicator.variants for _, indicator in sheet.indicators()),
        "indicator",
        "without résumé lines (variants): with some, lines are judged as you meet them.",
    )
    yield (
        sum(not (point.shows and point.claims) for point in points),
        "point",
        "without spoken examples (shows, claims): with both, pieces of answers are judged.",
    )
    yield (
        sum(not (flag.evidence and flag.look_alikes) for flag in sheet.red_flags),
        "red flag",
        "without what it looks like (evidence) and what only seems so (look_alike).",
    )
    yield (
        sum(not (example.concludes or example.does_not) for example in sheet.examples),
        "résumé line",
        "without what may be concluded (concludes) and what not (does_not).",
    )
    yield (
        sum(not term.signal for term in sheet.terms),
        "term",
        "without what to conclude from it on a résumé (signal).",
    )
