"""The order in which cards are met: words before what uses them, and a role's decks in turn."""

import pytest
from msgspec import Struct

from trainer.study.teaching import teaching_order


class Outlined(Struct, frozen=True):
    """A card as the order of teaching sees it."""

    id: str
    deck: str
    after: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    basic: bool = False


def word(id_: str, *uses: str, sheet: str = "words", basic: bool = False) -> Outlined:
    return Outlined(
        f"{sheet}/meanings/{id_}",
        "meanings",
        uses=tuple(f"words/meanings/{each}" for each in uses),
        basic=basic,
    )


def card(id_: str, *uses: str, after: tuple[str, ...] = (), sheet: str = "role") -> Outlined:
    return Outlined(
        f"{sheet}/{id_}",
        id_.partition("/")[0],
        after=tuple(f"{sheet}/{each}" for each in after),
        uses=tuple(f"words/meanings/{each}" for each in uses),
    )


def order(*cards: Outlined, met: tuple[str, ...] = (), roles: tuple[str, ...] = ("role",)) -> list[str]:
    return [found.id for found in teaching_order(cards, lambda id_: id_ in met, roles)]


def test_the_basic_words_come_first_in_the_order_of_their_sheet() -> None:
    found = order(card("levels/l"), word("rare"), word("set", basic=True), word("cue", basic=True))
    assert found == [*(f"words/meanings/{id_}" for id_ in ("set", "cue", "rare")), "role/levels/l"]


def test_a_word_that_a_card_uses_comes_right_before_it_and_its_own_words_before_that() -> None:
    found = order(card("levels/l", "cans"), word("other"), word("cans", "cue"), word("cue"))
    assert found[:3] == ["words/meanings/other", "words/meanings/cue", "words/meanings/cans"]
    assert found[3] == "role/levels/l"


def test_words_that_use_each_other_are_met_all_the_same() -> None:
    assert order(word("a", "b"), word("b", "c"), word("c", "a"), roles=()) == [
        "words/meanings/c",
        "words/meanings/b",
        "words/meanings/a",
    ]


def test_the_decks_of_a_role_take_turns_with_answers_between_them() -> None:
    decks = [card(f"{deck}/{n}") for deck in ("answers", "levels", "synonyms", "meanings") for n in range(4)]
    assert [id_.split("/")[1] for id_ in order(*decks)[:10]] == [
        *("meanings", "answers", "synonyms", "answers", "levels", "answers"),
        *("meanings", "answers", "synonyms", "levels"),
    ]


def test_roles_come_in_the_learners_order_and_the_others_behind() -> None:
    decks = [card("levels/l", sheet=sheet) for sheet in ("a", "b", "c")]
    assert order(*decks, roles=("c", "gone", "b", "c")) == ["c/levels/l", "b/levels/l", "a/levels/l"]


def test_the_words_of_a_vocabulary_take_the_turn_of_the_roles_own() -> None:
    found = order(
        word("one"), word("two"), word("own", sheet="role"), *(card(f"levels/{n}") for n in range(3))
    )
    assert found == [
        *("role/meanings/own", "role/levels/0"),
        *("words/meanings/one", "role/levels/1"),
        *("words/meanings/two", "role/levels/2"),
    ]


def test_a_card_follows_what_it_is_after_and_keeps_its_place_in_the_deck() -> None:
    first, second = card("answers/p"), card("answers/q")
    whole = card("answers/whole", after=("answers/p", "answers/q"))
    later = card("answers/z")
    assert order(whole, first, second, later) == [first.id, second.id, whole.id, later.id]
    assert order(whole, later, met=(first.id, second.id)) == [whole.id, later.id]
    assert order(whole, first, later) == [first.id, later.id], (
        "what can't be met is not waited for, nor asked"
    )


def test_what_was_met_is_left_out_and_waits_for_nothing() -> None:
    cue = word("cue")
    assert order(cue, card("levels/l", "cue"), met=(cue.id,)) == ["role/levels/l"]


@pytest.mark.parametrize("a_day", [1, 2, 3, 5])
def test_the_order_is_the_same_however_few_cards_a_day_takes(a_day: int) -> None:
    """Else the turns of the decks would begin anew each day, and who has time for two meet only words."""
    decks = ("answers", "levels", "synonyms", "meanings")
    cards = [
        *(card(f"{deck}/{n}", f"used {deck} {n}") for deck in decks for n in range(4)),
        card("answers/whole", after=("answers/0", "levels/3")),
        *(word(f"used {deck} {n}") for deck in decks for n in range(4)),
        *(word(f"w{n}") for n in range(30)),
        card("levels/l", sheet="other"),
    ]
    whole = order(*cards)
    met: list[str] = []
    while rest := order(*cards, met=tuple(met)):
        assert rest == whole[len(met) :]
        met += rest[:a_day]


def test_a_card_waits_for_none_that_was_met_though_that_was_out_of_its_turn() -> None:
    second, third = card("answers/b", after=("answers/gone",)), card("answers/c", after=("answers/b",))
    assert order(second, third, met=(second.id,)) == [third.id]


def test_what_was_starred_before_it_was_met_comes_first_with_the_words_that_it_uses() -> None:
    cards = [
        word("basic", basic=True),
        word("used"),
        word("wanted", "used"),
        card("levels/one"),
        card("levels/late", after=("levels/one",)),
    ]
    starred = {"words/meanings/wanted", "role/levels/late", "words/meanings/gone"}
    found = [
        each.id for each in teaching_order(cards, lambda _: False, ("role",), wanted=starred.__contains__)
    ]
    assert found[:3] == [
        "words/meanings/used",
        "words/meanings/wanted",
        "words/meanings/basic",
    ]
    assert found.index("role/levels/one") < found.index("role/levels/late")
