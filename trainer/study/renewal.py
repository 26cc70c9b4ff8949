"""What is asked and told once more, after cards were edited."""

from collections.abc import Callable

from msgspec.structs import replace

from trainer.cards.card import Card, Question, Way
from trainer.cards.marking import mark
from trainer.memory.state import CardState
from trainer.study.asking import question_in
from trainer.study.turns import Answered, Place, Turn


def asked_anew(
    place: Place,
    card: Card,
    queue: tuple[Turn, ...],
    ask: Callable[[Turn], Question],
    state: CardState | None,
) -> Place:
    """Return a place with an edited card, in the same way if there is one, else as `ask` would put it."""
    turn, way = replace(place.turn, card=card), _same_way(place.question, card)
    return Place(turn, queue, question_in(way, turn, state) if way else ask(turn))


def answered_anew(last: Answered, place: Place, card: Card) -> Answered | None:
    """Return an answer with an edited card; None where what was answered has to stand as it was asked."""
    turn, way = replace(place.turn, card=card), _same_way(place.question, card)
    if way is None:
        return None
    question = question_in(way, turn, last.attempt.before)
    return _told_anew(last, turn, question) if _keeps_places(last.feedback.question, question) else None


def _same_way(question: Question, card: Card) -> Way | None:
    """Return the way of an edited card in which a question was asked of it before.

    A line of a résumé is named by its wording: where that was edited, it is the one in the same place.
    None if there is no telling.
    """
    before, now = question.card.ways(), card.ways()
    if alike := [way for way in now if way.key == question.way.key]:
        return alike[0]
    there = len(before) == len(now) and question.way in before
    return now[before.index(question.way)] if there else None


def _keeps_places(before: Question, now: Question) -> bool:
    """Return whether what is right stands where it stood, or an option has gone and the others can be found.

    An edit may bring other rivals, in another order: what was chosen would be another answer there.
    """
    rights = [[option.right for option in question.options] for question in (before, now)]
    return len(before.options) != len(now.options) or rights[0] == rights[1]


def _told_anew(last: Answered, turn: Turn, question: Question) -> Answered:
    """Return an answer with the texts of an edited card. What it was worth stays."""
    attempt, feedback = last.attempt, last.feedback
    place = Place(turn, attempt.place.queue, question)
    answer = replace(attempt.answer, chosen=_moved(attempt.answer.chosen, feedback.question, question))
    lines = mark(question, answer).lines if feedback.mark.lines else ()
    return replace(
        last,
        attempt=replace(attempt, place=place, answer=answer),
        feedback=replace(
            feedback, question=question, answer=answer, mark=replace(feedback.mark, lines=lines)
        ),
    )


def _moved(chosen: frozenset[int], before: Question, now: Question) -> frozenset[int]:
    """Return where the options that were chosen stand now: by their ids, else in the same place."""
    places = {option.id: place for place, option in enumerate(now.options)}
    moved = {places.get(before.options[place].id, place) for place in chosen}
    return frozenset(place for place in moved if place < len(now.options))
