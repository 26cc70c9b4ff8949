"""What a sheet's items say of one another, followed."""

from collections.abc import Iterator, Mapping

from trainer.material.questions import InterviewQuestion, SampleAnswer
from trainer.material.sections import ONE_OF
from trainer.material.sheet import Contrast, Sheet


def dangling(sheet: Sheet, sheets: Mapping[str, Sheet], *, own_only: bool = False) -> Iterator[str]:
    """Yield a message for each reference in `sheet` to something that is not there.

    With `own_only`, references to other sheets are passed over.
    """
    known = {f"{question.id}.{point.id}" for question in sheet.questions for point in question.points}
    for question in sheet.questions:
        for way in set(question.also_fits) - known:
            yield f'question "{question.id}" › also_fits: there is no point "{way}". Mend it, or remove it.'
        for answer in question.answers:
            yield from _of_answer(question, answer)
    for contrast in sheet.contrasts:
        yield from _of_contrast(contrast)
    ids: dict[tuple[str, str], set[str]] = {}
    for way, section, reference in _references(sheet):
        home, _, item = reference.rpartition("#")
        if own_only and home not in {"", sheet.id}:
            continue
        target = sheets.get(home or sheet.id)
        if target is None:
            yield f'{way}: there is no sheet "{home}" ("{reference}"). Add it, or mend the reference.'
            continue
        if (target.id, section) not in ids:
            ids[target.id, section] = _ids_in(target, section)
        if item not in ids[target.id, section]:
            yield f'{way}: sheet "{target.id}" has no {ONE_OF[section]} "{item}". Mend the id, or add it.'


def _of_answer(question: InterviewQuestion, answer: SampleAnswer) -> Iterator[str]:
    way = f'question "{question.id}" › answer "{answer.id}"'
    for id_ in answer.points.keys() - {point.id for point in question.points}:
        yield (f'{way} › points: there is no point "{id_}" in this question. Mend the id, or add the point.')
    for id_, words in answer.words.items():
        if id_ not in {*answer.points, *answer.flags}:
            yield f'{way} › words: "{id_}" is neither a point nor a flag of this answer. Mend the id.'
        elif words not in answer.text:
            yield f'{way} › words › {id_}: "{words}" does not stand in the answer. Quote it letter by letter.'


def _of_contrast(contrast: Contrast) -> Iterator[str]:
    for line in contrast.lines:
        if line.means not in contrast.sides:
            way = f'contrast "{contrast.id}" › line "{line.id}" › means'
            yield f'{way}: there is no side "{line.means}". Use one of {", ".join(contrast.sides)}.'


def _references(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Yield the way to each reference, the section that it points into, and the reference."""
    for term in sheet.terms:
        for reference in term.confuse_with:
            yield f'term "{term.id}" › confuse_with', "terms", reference
    for level, indicator in sheet.indicators():
        way = f'level "{level.id}" › indicator "{indicator.id}"'
        for reference in indicator.twins:
            yield f"{way} › twins", "indicators", reference
        for reference in indicator.why_not:
            yield f"{way} › why_not", "levels", reference
    for question in sheet.questions:
        yield from _references_of(question)
    for flag in sheet.red_flags:
        for reference in flag.also_fits:
            yield f'red flag "{flag.id}" › also_fits', "red_flags", reference


def _references_of(question: InterviewQuestion) -> Iterator[tuple[str, str, str]]:
    way = f'question "{question.id}"'
    if question.level:
        yield f"{way} › level", "levels", question.level
    for reference in question.flags:
        yield f"{way} › flags", "red_flags", reference
    for answer in question.answers:
        for reference in answer.flags:
            yield f'{way} › answer "{answer.id}" › flags', "red_flags", reference


def _ids_in(sheet: Sheet, section: str) -> set[str]:
    if section == "indicators":
        return {indicator.id for _, indicator in sheet.indicators()}
    return {item.id for item in getattr(sheet, section)}
