"""Decks and cards in print: for the command, and for proofreading."""

import random
from collections.abc import Iterator, Sequence

import msgspec

from trainer.cards.card import Card, Question
from trainer.cards.library import Library
from trainer.cards.sample import Sample, compare
from trainer.clean import printable_json
from trainer.engine.engine import Engine
from trainer.plain.wrapping import wrapped

WIDTH = 90
_ORIGINS = {"page": "from the page", "trade": "added from the trade"}


class DeckRow(msgspec.Struct, frozen=True):
    """A deck with its cards, counted."""

    id: str
    name: str
    cards: int
    new: int
    due: int
    learned: int
    yours: bool
    """Whether it is of a role that the learner learns, or of a vocabulary; of others nothing is due."""


def deck_rows(library: Library, engine: Engine) -> list[DeckRow]:
    """Return a row for each deck, as a learner's record has it today; what they learn first."""
    rows = {sheet.choice: sheet for sheet in engine.sheets() if not sheet.whole}
    names = {deck.id: deck.name for deck in library.decks}
    return [
        DeckRow(
            id_,
            names[id_],
            cards=row.tally.cards,
            new=row.tally.new,
            due=row.tally.due,
            learned=row.tally.learned,
            yours=row.asked,
        )
        for id_, row in rows.items()
    ]


def as_json(rows: Sequence[DeckRow]) -> str:
    """Return the rows as a JSON list."""
    return printable_json(msgspec.json.format(msgspec.json.encode(rows)).decode())


def as_table(rows: Sequence[DeckRow]) -> str:
    """Return the rows as a table."""
    width = max((len(row.id) for row in rows), default=4)
    head = f"{'deck':<{width}}  cards    new  review  learned"
    lines = [
        (row.yours, f"{row.id:<{width}}  {row.cards:>5}  {row.new:>5}  {row.due:>6}  {row.learned:>7}")
        for row in rows
    ]
    library = [line for yours, line in lines if not yours]
    between = ["", 'In the library ("trainer roles add ROLE" learns it):'] if library else []
    return "\n".join([head, *(line for yours, line in lines if yours), *between, *library])


def proofs(cards: Sequence[Card]) -> Iterator[str]:
    """Yield all that cards can ask and say, and what a sheet's page says without its being asked."""
    for card in cards:
        yield proof(card)
    for sheet, unasked in dict.fromkeys((card.sheet.id, card.unasked) for card in cards):
        if unasked:
            yield f"── {sheet}\n{_fill(unasked, '   ')}"


def proof(card: Card) -> str:
    """Return all that a card can ask and say."""
    head = f"── {card.id}   ({_ORIGINS[card.origin]})"
    return "\n".join(
        [
            head,
            *(line for way in card.ways() for line in _asked(card.ask(way, max(way.stages), _chance(card)))),
        ]
    )


def _asked(question: Question) -> Iterator[str]:
    yield ""
    for text in (question.intro, question.text, question.prompt):
        if text:
            yield _fill(text, "   ")
    if question.sample:
        yield from _reference(question.sample)
    for option in question.options:
        sign = "✓" if option.right else "✗"
        note = f"   ({option.note})" if option.note else ""
        yield _fill(f"{option.text}{note}", f"     {sign} ")
        for reason in (option.why, option.compare and f"compare {option.compare}"):
            if reason:
                yield _fill(reason, "         – ")
    yield _fill(question.answer, "   = ")
    if question.cues:
        yield _fill(", ".join(f"“{cue}”" for cue in question.cues), "     Cue words: ")
    for line in question.lines:
        yield _fill(line.text, f"     {line.label}: ")
    if question.hint:
        yield _fill(question.hint, "     Hint: ")


def _reference(sample: Sample) -> Iterator[str]:
    for each in compare(sample, None):
        yield _fill(f"{each.text}{f' “{each.words}”' if each.words else ''}", f"     {each.said:<6} ")
    if sample.flags:
        yield _fill("; ".join(flag.text for flag in sample.flags), "     flags to look for: ")


def _fill(text: str, indent: str) -> str:
    return wrapped(text, WIDTH, indent=indent)


def _chance(card: Card) -> random.Random:
    return random.Random(card.id)
