"""The levels deck: what a line proves at least, and the lines that prove nothing."""

import random
from collections.abc import Sequence

from trainer.cards.card import Question, choose_way
from trainer.cards.levels import NOTHING, IndicatorCard, UnclearCard, cards
from trainer.cards.sheets import Sheets
from trainer.material.ids import hash_of
from trainer.material.sheet import Indicator, Level, ResumeLine, Sheet, Term, UnclearLine

KIND = UnclearLine(id="wish", text="Keen to learn", variants=("Calm", "Quick"), why="Wishes.")


def sheet_of(
    each: int, unclear: Sequence[UnclearLine], name: str = "ASM", stands_for: str = "Crane"
) -> Sheet:
    """Return a role with three levels of as many indicators each."""
    levels = tuple(
        Level(
            id=level,
            name=level.title(),
            rule="does it",
            indicators=tuple(
                Indicator(id=f"{level}-{i}", text=f"T{i}", variants=(f"{level} {i}", f"{level} again {i}"))
                for i in range(each)
            ),
        )
        for level in ("junior", "mid", "senior")
    )
    terms = (Term(id="role", term=name, stands_for=stands_for, meaning="M"),)
    return Sheet(format=1, id="s", name="Crane", terms=terms, levels=levels, unclear=tuple(unclear))


def deck(sheet: Sheet) -> list[IndicatorCard | UnclearCard]:
    return [
        card
        for card in cards(sheet, Sheets.of({"s": sheet}))
        if isinstance(card, IndicatorCard | UnclearCard)
    ]


def asked(sheet: Sheet, item: str) -> Question:
    card = next(card for card in deck(sheet) if card.item == item)
    return card.ask(card.ways()[0], 0, random.Random(1))


def test_the_prompt_names_the_role_as_people_say_it() -> None:
    for name, stands_for, said in (
        ("ASM", "Crane", "For an ASM,"),
        ("Props Master", "Crane", "For a Props Master,"),
        ("Cue", "Something else", "For a Crane,"),
    ):
        prompt = asked(sheet_of(1, [KIND], name, stands_for), "wish").prompt
        assert prompt == f"{said} what does this line prove at least?"


def test_nothing_stands_last_and_is_right_of_a_line_without_work_of_their_own() -> None:
    sheet = sheet_of(1, [KIND])
    for item, right in (("wish", NOTHING), ("mid-0", "Mid")):
        options = asked(sheet, item).options
        assert [option.text for option in options] == ["Junior", "Mid", "Senior", NOTHING]
        assert [option.text for option in options if option.right] == [right]
        assert all(option.why for option in options if not option.right)


def test_a_kind_of_line_that_proves_nothing_is_asked_by_another_line_each_time() -> None:
    card = next(card for card in deck(sheet_of(1, [KIND])) if card.item == "wish")
    seen: dict[str, bool] = {}
    texts = []
    for _ in range(3):
        way = choose_way(card, 2, seen)
        texts.append(card.ask(way, 2, random.Random(1)).text)
        seen[way.key] = True
    assert texts == ["“Keen to learn”", "“Calm”", "“Quick”"]
    assert [way.held for way in card.ways()] == [False, False, True]
    missed = {way.key: way.key != hash_of("Calm") for way in card.ways()[:2]}
    assert not choose_way(card, 2, missed).held


def test_the_first_line_of_a_kind_keeps_the_id_that_it_had_alone() -> None:
    alone = UnclearLine(id="wish", text="Keen to learn", why="Wishes.")
    assert [line.id for line in alone.lines] == [KIND.lines[0].id] == [hash_of("Keen to learn")]
    mended = UnclearLine(
        id="wish",
        text=ResumeLine(id=hash_of("Calm"), text="Calmer"),
        variants=("Calm", "Quick"),
        why="Wishes.",
    )
    assert [line.text for line in mended.lines] == ["Calmer", "Quick"]


def test_lines_that_prove_nothing_stand_evenly_among_the_others() -> None:
    kinds = [UnclearLine(id=f"u{i}", text=f"U{i}", why="W") for i in range(6)]
    order = deck(sheet_of(4, kinds))
    told = [card.level.id for card in order if isinstance(card, IndicatorCard)]
    assert told == ["junior", "mid", "senior"] * 4
    nothing = [isinstance(card, UnclearCard) for card in order]
    assert [sum(nothing[start : start + 3]) for start in range(0, 18, 3)] == [1] * 6
