"""From what was found on a page to a sheet."""

from collections.abc import Iterable, Iterator

from trainer.material.ids import Ids, id_of
from trainer.material.page.found import Found, FoundLevel, FoundQuestion, FoundText
from trainer.material.questions import InterviewQuestion, Point, RedFlag
from trainer.material.sheet import Example, Indicator, Level, Sheet, Term, Title


def build_sheet(found: Found) -> Sheet:
    """Return the sheet that a page gives. Every text in it stands on the page.

    A page that names nothing gives a sheet without a name, which is none to be saved.
    """
    name = _text(found.name)
    term_ids, title_ids, question_ids = Ids(), Ids(), Ids()
    levels = tuple(_levels(found))
    level_ids = {found_level.name: level.id for found_level, level in zip(found.levels, levels, strict=True)}
    return Sheet(
        format=1,
        id=id_of(found.term or name),
        name=name,
        industry=_text(found.industry) or None,
        job_titles=tuple(item.text for item in found.job_titles),
        terms=tuple(_terms(found, term_ids)),
        titles=tuple(
            Title(id=title_ids.of(item.text), title=item.text, origin="page") for item in found.titles
        ),
        levels=levels,
        questions=tuple(_question(question, question_ids, found, level_ids) for question in found.questions),
        red_flags=tuple(RedFlag(id=question_ids.of(item.text), text=item.text) for item in found.red_flags),
        examples=tuple(Example(id=term_ids.of(item.text, 5), text=item.text) for item in found.examples),
    )


def level_of(name: str, levels: Iterable[FoundLevel]) -> FoundLevel | None:
    """Return the level that a question's heading names, if it is among the levels.

    "Senior Riggers" is Senior, if no other level could be meant.
    """
    key = _level_key(name)
    keys = {level: _level_key(level.name) for level in levels}
    if exact := next((level for level, its in keys.items() if its == key), None):
        return exact
    near = [level for level, its in keys.items() if its and f"{key} ".startswith(f"{its} ")]
    near = near or [level for level, its in keys.items() if key and f"{its} ".startswith(f"{key} ")]
    return near[0] if len(near) == 1 else None


def _text(item: FoundText | None) -> str:
    return item.text if item else ""


def _terms(found: Found, ids: Ids) -> Iterator[Term]:
    if found.term and found.meaning:
        yield Term(
            id=ids.of(found.term),
            term=found.term,
            meaning=found.meaning.text,
            stands_for=found.stands_for or None,
            aliases=found.aliases,
            signal=_text(found.signal) or None,
            origin="page",
        )


def _levels(found: Found) -> Iterator[Level]:
    ids, level_ids = Ids(), Ids()
    for level in found.levels:
        yield Level(
            id=level_ids.of(_level_key(level.name) or level.name),
            name=level.name,
            years=level.years or None,
            indicators=tuple(Indicator(id=ids.of(item.text), text=item.text) for item in level.indicators),
        )


def _question(
    question: FoundQuestion, ids: Ids, found: Found, level_ids: dict[str, str]
) -> InterviewQuestion:
    point_ids = Ids()
    level = level_of(question.level, found.levels)
    return InterviewQuestion(
        id=ids.of(question.ask.text, 6),
        ask=question.ask.text,
        level=level_ids[level.name] if level else None,
        points=tuple(
            Point(id=point_ids.of(point.text, 5), text=point.text, draft=point.draft)
            for point in question.points
        ),
    )


def _level_key(name: str) -> str:
    """Return what counts of a level's name: "Mid-Level" and "Mid" are the same."""
    return " ".join(
        word.removesuffix("s")
        for word in name.casefold().replace("-", " ").split()
        if word not in {"level", "levels"}
    )
