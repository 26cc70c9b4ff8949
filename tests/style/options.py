"""Who answers by the place, the length or the wording of the options, and how far that is from chance."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from trainer.cards.card import Card, Form, Option, Question

from .features import absolutes, hedges

SEEDS = 8

Rule = Callable[[Sequence[Option]], Sequence[Option]]
"""Returns the options that somebody may take, all alike."""


class Gain(NamedTuple):
    """How much more often than by chance somebody is right."""

    value: float
    error: float
    size: int
    """Ways to ask a card: those of one are no more than one throw."""


def _most(key: Callable[[Option], int]) -> Rule:
    def take(options: Sequence[Option]) -> Sequence[Option]:
        best = max(map(key, options))
        return [option for option in options if key(option) == best]

    return take


RULES: Mapping[str, Rule] = {
    "the first option": lambda options: options[:1],
    "the last option": lambda options: options[-1:],
    "the longest option": _most(lambda option: len(option.text)),
    "the shortest option": _most(lambda option: -len(option.text)),
    "the most hedged option": _most(lambda option: hedges(option.text)),
    "the fewest absolutes": _most(lambda option: -absolutes(option.text)),
}


def gains(cards: Sequence[Card]) -> dict[str, Gain]:
    """Return by rule what it gains over chance on the cards that offer a choice."""
    asked = [questions for card in cards for questions in _asked(card)]
    found = {}
    for name, rule in RULES.items():
        throws = [fmean(_credit(rule, question) for question in questions) for questions in asked]
        found[name] = Gain(fmean(throws), stdev(throws) / sqrt(len(throws)), len(throws))
    return found


def _asked(card: Card) -> Iterator[list[Question]]:
    for way in card.ways():
        if way.form is Form.CHOOSE:
            seeds = (random.Random(f"{card.id} {way.key} {seed}") for seed in range(SEEDS))
            yield [card.ask(way, way.stages[-1], rng) for rng in seeds]


def _credit(rule: Rule, question: Question) -> float:
    chance = fmean(option.right for option in question.options)
    return fmean(option.right for option in rule(question.options)) - chance
