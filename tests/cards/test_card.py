"""Which way a card is asked next, and on which stage it stands."""

import random
from datetime import date

import pytest
from msgspec.structs import replace

from trainer.cards.card import Form, Way, choose_way, pick_rivals
from trainer.cards.levels import IndicatorCard
from trainer.cards.stage import STAGES, stage_of
from trainer.memory.state import CardState

from .shipped import CARDS, ROLES, questions

WITH_HELD = [card for card in CARDS if any(way.held for way in card.ways())]


LINES = [card for card in WITH_HELD if isinstance(card, IndicatorCard)]


def test_every_card_of_several_lines_holds_one_back() -> None:
    assert len(LINES) >= 12 * len(ROLES)
    assert all(sum(way.held for way in card.ways()) == 1 for card in LINES)


def test_what_a_page_claims_and_a_region_denies_is_held_back_and_nothing_else_is() -> None:
    claims = {card.item for card in WITH_HELD if card.deck == "synonyms"}
    assert claims == {"deputy-stage-manager", "stage-management-assistant"}
    assert {card.deck for card in WITH_HELD} == {"levels", "synonyms"}


def test_who_is_always_right_sees_every_line_once_and_the_held_one_last() -> None:
    for card in LINES:
        seen: dict[str, bool] = {}
        asked: list[Way] = []
        for stage in (0, 2, 3, 3, 3):
            way = choose_way(card, stage, seen, avoid=asked[-1].key if asked else "")
            asked.append(way)
            seen = {key: right for key, right in seen.items() if key != way.key} | {way.key: True}
        assert [way.key for way in asked] == [way.key for way in card.ways()], card.id
        assert [way.held for way in asked] == [False] * 4 + [True], card.id


@pytest.mark.parametrize("seed", range(30))
def test_the_held_line_waits_until_all_others_were_right(seed: int) -> None:
    chance = random.Random(seed)
    card = chance.choice(WITH_HELD)
    seen: dict[str, bool] = {}
    last, held = "", 0
    for _ in range(60):
        way = choose_way(card, chance.choice(STAGES), seen, avoid=last)
        if way.held:
            assert all(seen[other.key] for other in card.ways() if not other.held)
            held += 1
        assert way.key != last
        last = way.key
        seen = {key: right for key, right in seen.items() if key != last} | {last: chance.random() < 0.8}
    assert held > 0


def test_every_way_of_a_stage_gets_its_turn() -> None:
    for card in CARDS:
        for stage in STAGES:
            seen: dict[str, bool] = {}
            for _ in range(2 * len(card.ways()) + 2):
                key = choose_way(card, stage, seen).key
                seen = {each: right for each, right in seen.items() if each != key} | {key: True}
            assert set(seen) == {way.key for way in card.ways_in(None) if stage in way.stages}, (
                card.id,
                stage,
            )


def test_a_card_in_one_way_only_is_asked_in_it_again() -> None:
    several = next(card for card in CARDS if isinstance(card, IndicatorCard))
    card = replace(several, indicator=replace(several.indicator, variants=several.indicator.variants[:1]))
    [way] = card.ways()
    assert choose_way(card, 0, {way.key: False}, avoid=way.key) == way


def test_a_way_that_no_longer_exists_does_no_harm() -> None:
    card = WITH_HELD[0]
    assert choose_way(card, 1, {"gone": True, "gone-too": False}, avoid="gone") == card.ways()[0]


def _state(right_days: int) -> CardState:
    day = date(2026, 3, 4)
    return CardState(
        stability=3.0, difficulty=5.0, last=day, due=day, reps=9, lapses=0, right_days=right_days
    )


def test_the_stage_follows_the_days_of_a_right_first_try() -> None:
    assert stage_of(None) == 0
    assert [stage_of(_state(days)) for days in range(5)] == [1, 2, 3, 3, 3]


@pytest.mark.parametrize("count", range(8))
def test_rivals_are_different_and_as_many_as_there_are(count: int) -> None:
    for stage, wanted in zip(STAGES, (2, 2, 3, 4), strict=True):
        picked = pick_rivals(list(range(count)), stage, random.Random(stage))
        assert len(set(picked)) == len(picked) == min(count, wanted)


def test_a_mature_card_gets_the_nearest_rivals_and_a_new_one_is_spared_the_two_nearest() -> None:
    for seed in range(20):
        assert min(pick_rivals(list(range(10)), 0, random.Random(seed))) >= 2
        assert max(pick_rivals(list(range(10)), 3, random.Random(seed))) <= 5


def test_the_same_dice_give_the_same_question() -> None:
    for card in CARDS:
        for way in card.ways():
            stage = way.stages[-1]
            assert card.ask(way, stage, random.Random(5)) == card.ask(way, stage, random.Random(5))


@pytest.mark.slow
def test_levels_and_relations_keep_their_order() -> None:
    orders: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for question in questions(Form.CHOOSE):
        kind = question.way.key.partition(".")[0].replace("claim", "relation")
        if question.card.deck == "synonyms" or question.unseen_counts:
            key = (question.card.deck, kind if question.card.deck == "synonyms" else "line")
            orders.setdefault(key, set()).add(tuple(option.id for option in question.options))
    full = {
        "relation": ("same", "senior", "junior", "different", "search-word"),
        "search": ("yes", "filter", "no"),
        "line": ("junior", "mid", "senior", "unclear"),
    }
    assert {kind for _, kind in orders} == set(full)
    for (_, kind), found in orders.items():
        for order in found:
            assert order == tuple(id_ for id_ in full[kind] if id_ in order)


def test_siblings_share_a_family_and_nothing_else() -> None:
    for card in CARDS:
        assert card.id.startswith(f"{card.sheet.id}/{card.deck}/{card.item}")
        assert card.family == card.id.removesuffix(f".{card.aspect}")
        assert card.topic


def test_what_comes_first_is_a_card_too() -> None:
    ids = {card.id for card in CARDS}
    waiting = [card for card in CARDS if card.after]
    assert {card.id.rpartition("/")[2] for card in waiting} >= {"all.search", "conflicting-requests"}
    assert all(set(card.after) < ids - {card.id} for card in waiting)
