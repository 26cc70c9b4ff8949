"""Choosing the questions of a drill, and freezing them as they are now."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from trainer.cards.card import Card, Form, Question, Way, choose_way
from trainer.cards.decks import DECKS
from trainer.cards.library import Library
from trainer.errors import DrillError
from trainer.humanize import count, listed
from trainer.material.sheet import Sheet, trade_of
from trainer.memory.learner import Region
from trainer.sharing.drill import RATED, ROUND, Drill

STAGE = 2
"""How far a card has come for which a drill asks: four options, and near ones."""
_MARKED_BY_TRAINER = frozenset({Form.CHOOSE, Form.TICK, Form.TYPE, Form.RATE})
"""The forms of which the learner does not mark the answer themselves."""
_LONGEST_SUBJECT = 90


class Posed(Struct, frozen=True):
    """A question of an attempt, as it is asked."""

    card: Card
    question: Question


def way_of(card: Card, region: Region | None, after: str = "") -> Way | None:
    """Return the way in which a drill asks a card, another than the one before; None where none can be.

    A way that learners mark themselves is none.
    """
    fit = [way for way in card.ways_in(region) if way.form in _MARKED_BY_TRAINER]
    if not fit:
        return None
    seen = {after: True} if after else {}
    way = choose_way(card, STAGE, seen, after, region)
    if way in fit:
        return way
    return next((each for each in fit if each.key != after), fit[0])


def drawn_cards(cards: Sequence[Card], number: int, seed: int, region: Region | None) -> list[Card]:
    """Return so many cards by chance, from each deck in turn and no two of one item. Raises DrillError."""
    by_deck: dict[str, list[Card]] = defaultdict(list)
    chance = random.Random(seed)
    for card in chance.sample(list(cards), len(cards)):
        if way_of(card, region):
            by_deck[f"{card.sheet.id}/{card.deck}"].append(card)
    found: list[Card] = []
    families: set[str] = set()
    while len(found) < number and any(by_deck.values()):
        for deck in by_deck.values():
            while deck and deck[-1].family in families:
                deck.pop()
            if deck and len(found) < number:
                families.add(deck[-1].family)
                found.append(deck.pop())
    if not found:
        raise DrillError("There is nothing here that a drill can ask.")
    return found


def subject_of(card: Card, region: Region | None) -> str:
    """Return what a drill asks of a card, in a line."""
    way = way_of(card, region)
    if way is None:
        return card.topic
    question = card.ask(way, STAGE, random.Random(card.id))
    told = " ".join((question.name or f"{question.prompt} {question.text}").split())
    return told if len(told) <= _LONGEST_SUBJECT else f"{told[: _LONGEST_SUBJECT - 1].rstrip()}…"


def frozen(drill: Drill, library: Library) -> Drill:
    """Return a draft with its questions as the library has them now; a frozen one as it is.

    Raises DrillError for a card that can't be asked in a drill.
    """
    if drill.sheets:
        return drill
    sheets = tuple(_frozen_sheets([asked.card for asked in drill.questions], library.sheets))
    cards = Library({sheet.id: sheet for sheet in sheets}).cards
    questions = []
    for number, asked in enumerate(drill.questions, 1):
        card = cards[asked.card]
        way = _answer_of(card, asked.way, number) if drill.calibrates else way_of(card, drill.region)
        if way is None:
            raise DrillError(
                f'question {number} › card: "{asked.card}" is only asked in ways that people mark '
                "themselves. Take another."
            )
        later = way if drill.calibrates else way_of(card, drill.region, way.key) or way
        says = asked.says or subject_of(card, drill.region)
        questions.append(structs.replace(asked, says=says, way=way.key, check_way=later.key))
    return structs.replace(drill, questions=tuple(questions), sheets=sheets)


def _answer_of(card: Card, wanted: str, number: int) -> Way:
    """Return the way of a card that has one answer rated. Raises DrillError for one that is not there."""
    ways = {way.key: way for way in card.ways()}
    if wanted not in ways:
        told = listed(f'"{key}"' for key in ways)
        raise DrillError(f'question {number} › way: there is no answer "{wanted}" here. There are {told}.')
    return ways[wanted]


def drawn_answers(cards: Sequence[Card], seed: int) -> list[tuple[Card, Way]]:
    """Return the answers of a calibration round by chance: of five questions, weak ones and strong ones.

    Raises DrillError where there are not so many questions with answers to rate.
    """
    chance = random.Random(seed)
    rated = [card for card in cards if card.id.endswith(RATED)]
    if len(rated) < ROUND:
        there = count(len(rated), "question has", "questions have") if rated else "none has"
        raise DrillError(
            f"A calibration round needs {ROUND} questions with whole answers to rate; here {there} some."
        )
    bands = chance.sample(range(ROUND), ROUND)
    found = []
    for card, wanted in zip(chance.sample(rated, ROUND), bands, strict=True):
        ways = chance.sample(card.ways(), len(card.ways()))
        found.append((card, min(ways, key=lambda way: abs(_worth(card, way) - 1 - wanted))))
    return found


def _worth(card: Card, way: Way) -> int:
    sample = card.ask(way, STAGE, random.Random(0)).sample
    return sample.score if sample else 0


def _frozen_sheets(cards: Iterable[str], sheets: Mapping[str, Sheet]) -> Iterator[Sheet]:
    """Yield the sheets of cards, and of others of their trade what wrong options are taken from."""
    own, decks = zip(*(card.split("/")[:2] for card in cards), strict=True)
    trades = {trade_of(sheets[id_]) for id_ in own}
    read = {field for deck in decks for field in DECKS[deck].reads or ()}
    kept = {"format", "id", "name", "industry", *read}
    for id_, sheet in sheets.items():
        if id_ in own:
            yield sheet
        elif read and trade_of(sheet) in trades:
            fields = {field: getattr(sheet, field) for field in Sheet.__struct_fields__ if field in kept}
            yield Sheet(**fields)


def cards_of(drill: Drill) -> Mapping[str, Card]:
    """Return the cards of a drill's own sheets, by id."""
    return Library({sheet.id: sheet for sheet in drill.sheets}).cards


def posed(
    drill: Drill, chance: str, *, check: bool = False, own: str = "", cards: Mapping[str, Card] | None = None
) -> list[Posed]:
    """Return the questions of an attempt in order.

    `chance` tells this attempt from others, `own` whose it is: for a drill that is the same for all it is not
    looked at. `cards` are those of the drill, where they are known already. Raises DrillError for a way that
    this version does not know.
    """
    drawn = drill.order == "drawn"
    key = f"{chance}#{drill.seed}#{own if drawn else ''}"
    asked = list(drill.questions)
    if drawn or check or drill.asked < len(asked):
        asked = random.Random(key).sample(asked, drill.asked)
    known = cards_of(drill) if cards is None else cards
    found = []
    for each in asked:
        card = known[each.card]
        wanted = each.check_way if check else each.way
        way = next((way for way in card.ways() if way.key == wanted), None)
        if way is None or way.form not in _MARKED_BY_TRAINER:
            raise DrillError(
                f'The question "{each.card}" can\'t be asked as it was set: this version of trainer does '
                "not know how. Update trainer, or ask your lead to publish the drill anew."
            )
        found.append(Posed(card, card.ask(way, STAGE, random.Random(f"{key}#{each.card}"))))
    return found
