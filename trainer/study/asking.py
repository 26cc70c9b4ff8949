"""Which question a turn asks, and in which way: by what was asked before, the region, and what was read."""

from collections.abc import Iterable, Mapping

from trainer.cards.card import Card, Question, Quote, Way, chance_of, choose_way
from trainer.cards.stage import stage_of
from trainer.memory.learner import Region
from trainer.memory.state import CardState
from trainer.study.recorder import Recorder
from trainer.study.turns import Turn

_GLOSSES = 3
"""Words of a card that are explained at most."""


class Asking:
    """Makes the questions of a session."""

    def __init__(self, recorder: Recorder, region: Region | None) -> None:
        """Ask by a learner's record and for their region; None when they named none yet."""
        self._recorder = recorder
        self._region = region
        self._region_asked = region is not None
        self._quoted: set[Quote] = set()
        """What the feedback has shown of other questions: they are asked in other ways, if there are any."""

    def wants_region(self, question: Question) -> bool:
        """Return whether the learner is to be asked for their region first, as they were not yet."""
        return question.differs_by_region and not self._region_asked

    def use_region(self, region: Region | None) -> None:
        """Ask from now on for a region; as before with None, which is a learner who named none."""
        self._region_asked = True
        self._region = region or self._region

    def was_read(self, quotes: Iterable[Quote]) -> None:
        """Take note of what feedback has shown of other questions."""
        self._quoted.update(quotes)

    def question(self, turn: Turn) -> Question:
        """Return the question for a turn: the same one every time, for the same state."""
        state = self._recorder.state(turn.card.id)
        seen = state.seen if state else {}
        quoted = {way for card, way in self._quoted if card == turn.card.id}
        way = choose_way(turn.card, stage_of(state), seen, turn.asked, self._region, quoted=quoted)
        return question_in(way, turn, state)


def glosses_for(card: Card, cards: Mapping[str, Card]) -> list[str]:
    """Return words of the trade that a card uses, each with what it means: three at most.

    Those that everybody learns first give way.
    """
    words = [used for id_ in card.uses if (used := cards.get(id_)) and used.gloss]
    return [used.gloss for used in sorted(words, key=lambda used: used.basic)[:_GLOSSES]]


def question_in(way: Way, turn: Turn, state: CardState | None) -> Question:
    """Return the question for a turn in a way, as it is asked in a state of the card."""
    chance = chance_of(turn.card.id, state.reps if state else 0, turn.misses)
    return turn.card.ask(way, stage_of(state), chance)
