"""The cards that we ship, and every question that they can ask."""

import random
from collections.abc import Iterator
from functools import cache

from trainer.cards.card import Card, Form, Question, Way
from trainer.cards.library import Library, library_of
from trainer.material.sheet_files import shipped_decks

LIBRARY: Library = library_of(sorted(shipped_decks().glob("*.toml")))
CARDS: tuple[Card, ...] = tuple(LIBRARY.cards.values())
ASM = LIBRARY.sheets["assistant-stage-manager"]
ROLES = [sheet for sheet in LIBRARY.sheets.values() if sheet.levels]
"""The sheets with all four decks; the others are vocabularies."""
SEEDS = 4


def asked(card: Card, seeds: int = SEEDS) -> Iterator[Question]:
    """Ask a card in every way, on every stage of it, with several rolls of the dice."""
    for way in card.ways():
        for stage in way.stages:
            for seed in range(seeds):
                yield card.ask(way, stage, random.Random(f"{card.id} {way.key} {stage} {seed}"))


@cache
def every_question() -> tuple[Question, ...]:
    return tuple(question for card in CARDS for question in asked(card))


def questions(form: Form) -> list[Question]:
    return [question for question in every_question() if question.form is form]


def words(question: Question) -> str:
    """Return all that a question shows before and after the answer."""
    parts = [question.intro, question.text, question.prompt, question.answer, question.hint]
    for option in question.options:
        parts += [option.text, option.why, option.note, option.compare]
    parts += [f"{line.label}: {line.text}" for line in question.lines]
    return "\n".join(parts)


def told(question: Question) -> str:
    """Return the place of a question, for the message of a failing test."""
    return f"{question.card.id} asked by {question.way.key}"


def first_question(card: Card, way: Way | None = None) -> Question:
    return card.ask(way or card.ways()[0], 0, random.Random(0))
