"""A learner's edits and a new shipped sheet, brought together as data."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trainer.material.changes import Way, find
from trainer.material.copies.three_way import Merged, merge_sheets, only_corrected
from trainer.material.differences import Raw

from .edits import RELAXED

A = "We had to replace her in week two, she was expecting"
B = "If you get him for an interview, ask about the party"
A2 = "I told the producer what she had told me alone"
B2 = "Ask him yourself about what he did that night"
EVIDENCE: Way = ("red_flags", "tells", "evidence")
CORRECTED: dict[Way, str] = {EVIDENCE: "corrected for law"}


def sheet(**sections: list[Raw]) -> Raw:
    return {"id": "sm", **sections}


def term(id_: str, meaning: str = "what it means", **more: Any) -> Raw:
    return {"id": id_, "meaning": meaning, **more}


def terms(*items: Raw) -> Raw:
    return sheet(terms=list(items))


def flag(*evidence: str, id_: str = "tells", **more: Any) -> Raw:
    return sheet(red_flags=[{"id": id_, "text": "Tells", "evidence": list(evidence), **more}])


def merged(base: Raw, mine: Raw, shipped: Raw) -> Merged:
    return merge_sheets(base, mine, shipped, CORRECTED)


def evidence(base: Raw, mine: Raw, shipped: Raw) -> list[str] | None:
    found: list[str] | None = find(merged(base, mine, shipped).sheet, EVIDENCE)
    return found


class TestBothSides:
    def test_what_only_one_side_changed_is_taken_from_it(self) -> None:
        found = merged(
            terms(term("a"), term("b"), term("c")),
            terms(term("a", "mine"), term("b"), term("c")),
            terms(term("a"), term("b", "shipped"), term("c")),
        )
        assert found.sheet == terms(term("a", "mine"), term("b", "shipped"), term("c"))
        assert not found.told

    def test_two_keys_of_one_item(self) -> None:
        found = merged(
            terms(term("a", signal="s")),
            terms(term("a", "mine", signal="s")),
            terms(term("a", signal="new", fair="also new")),
        )
        assert found.sheet == terms(term("a", "mine", signal="new", fair="also new"))

    def test_in_a_clash_the_learner_s_stands_and_it_is_told(self) -> None:
        found = merged(terms(term("a")), terms(term("a", "mine")), terms(term("a", "shipped")))
        assert found.sheet == terms(term("a", "mine"))
        (told,) = found.told
        assert (told.way, told.yours, told.shipped) == (("terms", "a", "meaning"), "mine", "shipped")
        assert not told.reason

    def test_the_same_change_on_both_sides_is_no_clash(self) -> None:
        found = merged(terms(term("a")), terms(term("a", "new")), terms(term("a", "new")))
        assert (found.sheet, found.told) == (terms(term("a", "new")), ())

    def test_a_key_that_is_gone_goes_unless_it_was_edited(self) -> None:
        base = terms(term("a", signal="s"), term("b", signal="s"))
        mine = terms(term("a", signal="s"), term("b", signal="mine"))
        found = merged(base, mine, terms(term("a"), term("b")))
        assert found.sheet == terms(term("a"), term("b", signal="mine"))
        assert [told.way for told in found.told] == [("terms", "b", "signal")]

    def test_a_key_that_the_learner_took_out_stays_out(self) -> None:
        found = merged(terms(term("a", signal="s")), terms(term("a")), terms(term("a", signal="new")))
        assert found.sheet == terms(term("a"))


class TestItems:
    def test_a_new_one_comes_behind_the_one_that_it_follows(self) -> None:
        found = merged(
            terms(term("a"), term("b")),
            terms(term("a"), term("own"), term("b")),
            terms(term("a"), term("b"), term("new"), term("last")),
        )
        assert [item["id"] for item in found.sheet["terms"]] == ["a", "own", "b", "new", "last"]

    def test_one_that_is_gone_goes_unless_it_was_edited(self) -> None:
        base = terms(term("a"), term("b"), term("c"))
        found = merged(base, terms(term("a"), term("b", "mine"), term("c")), terms(term("a")))
        assert found.sheet == terms(term("a"), term("b", "mine"))
        assert [told.way for told in found.told] == [("terms", "b")]

    def test_one_that_the_learner_took_out_stays_out(self) -> None:
        found = merged(terms(term("a"), term("b")), terms(term("a")), terms(term("a"), term("b", "new")))
        assert found.sheet == terms(term("a"))

    def test_a_section_that_the_learner_took_out_gets_nothing_new(self) -> None:
        found = merged(terms(term("a")), sheet(), terms(term("a"), term("b")))
        assert found.sheet == sheet()

    def test_items_within_items(self) -> None:
        def level(*indicators: Raw) -> Raw:
            return sheet(levels=[{"id": "l", "name": "L", "indicators": list(indicators)}])

        found = merged(
            level(term("a"), term("b")),
            level(term("a", "mine"), term("b")),
            level(term("a"), term("b", "new"), term("c")),
        )
        assert found.sheet == level(term("a", "mine"), term("b", "new"), term("c"))

    def test_the_order_of_the_learner_stays(self) -> None:
        found = merged(
            terms(term("a"), term("b"), term("c")),
            terms(term("c"), term("a"), term("b")),
            terms(term("a"), term("b"), term("new"), term("c", "new")),
        )
        assert found.sheet == terms(term("c", "new"), term("a"), term("b"), term("new"))


class TestLists:
    def test_each_side_another_line(self) -> None:
        assert evidence(flag("one", "two"), flag("one", "my two"), flag("a new one", "two")) == [
            "a new one",
            "my two",
        ]

    def test_a_line_more_on_both_sides(self) -> None:
        assert evidence(flag("one"), flag("one", "mine of another kind"), flag("one", "new")) == [
            "one",
            "mine of another kind",
            "new",
        ]

    def test_a_line_that_is_gone_goes_wherever_the_learner_put_it(self) -> None:
        assert evidence(flag("one", "two", "three"), flag("three", "two", "one"), flag("two", "three")) == [
            "three",
            "two",
        ]

    def test_notes_have_no_ids(self) -> None:
        def notes(uk: str, us: str) -> Raw:
            return terms(
                term("a", notes=[{"region": "UK", "text": uk}, {"region": "US", "text": us}]), term("b")
            )

        found = merged(notes("uk", "us"), notes("my uk", "us"), notes("uk", "new us"))
        assert found.sheet == notes("my uk", "new us")

    def test_a_line_that_becomes_a_table_keeps_its_place(self) -> None:
        table = {"id": "hash", "text": "Two, mended"}
        base, mine = terms(term("a", variants=["One", "Two, mendd"])), terms(term("a", variants=["My", "x"]))
        mine["terms"][0]["variants"][1] = "Two, mendd"
        shipped = terms(term("a", variants=["One", table]))
        assert merged(base, mine, shipped).sheet == terms(term("a", variants=["My", table]))


class TestCorrected:
    def test_a_line_that_was_corrected_is_replaced_and_the_edit_of_the_other_stays(self) -> None:
        found = merged(flag(A, B), flag(A, "My own line"), flag(A2, B))
        assert find(found.sheet, EVIDENCE) == [A2, "My own line"]
        (told,) = found.replaced
        assert (told.way, told.yours, told.shipped) == ((*EVIDENCE, 0), A, A2)
        assert told.reason == "corrected for law"

    def test_even_where_the_learner_edited_it(self) -> None:
        assert evidence(flag(A, B), flag(f"{A}, and so", B), flag(A2, B)) == [A2, B]

    def test_even_where_it_is_another_line_altogether(self) -> None:
        assert evidence(flag(A, B), flag("zzz", B), flag(A2, B)) == [A2, B]

    def test_a_line_that_is_gone_goes_even_if_it_was_edited(self) -> None:
        found = merged(flag(A, B), flag(A.upper(), "My own line"), flag(B))
        assert find(found.sheet, EVIDENCE) == ["My own line"]
        assert [told.shipped for told in found.replaced] == [None]

    def test_the_old_words_go_from_another_line_and_another_place(self) -> None:
        assert evidence(flag(A, B), flag(B, A), flag(A2, B)) == [B, A2]
        assert evidence(flag(A, B), flag(A, B, f"He said: {A}."), flag(A2, B)) == [A2, B]
        assert evidence(flag(A, B), flag(A, f"{B}. {A.upper()}"), flag(A2, B)) == [A2, B]

    def test_the_old_words_go_from_another_item(self) -> None:
        base = {**flag(A, B), **terms(term("a"))}
        mine = {**flag(B, why=f"She said: {A}"), **terms(term("a", examples=[A, "x"], meaning=A.upper()))}
        found = merged(base, mine, {**flag(A2, B), **terms(term("a"))})
        assert found.sheet == {**flag(B, why=A2), **terms(term("a", examples=[A2, "x"], meaning=A2))}
        assert {told.way for told in found.replaced} == {
            ("red_flags", "tells", "why"),
            ("terms", "a", "examples", 0),
            ("terms", "a", "meaning"),
        }

    def test_what_the_shipped_sheet_says_elsewhere_may_be_said(self) -> None:
        base = {**flag(A, B), **terms(term("a", A), term("b"))}
        mine = {**flag(A, B), **terms(term("a", A), term("b", A))}
        shipped = {**flag(A2, B), **terms(term("a", A), term("b"))}
        assert merged(base, mine, shipped).sheet == {**flag(A2, B), **terms(term("a", A), term("b", A))}

    def test_a_line_that_the_learner_took_out_stays_out(self) -> None:
        assert evidence(flag(A, B), flag(B), flag(A2, B)) == [B]
        assert evidence(flag(A, B), sheet(red_flags=[]), flag(A2, B)) is None

    def test_what_was_not_corrected_is_the_learner_s(self) -> None:
        mine = flag(A, B, why="mine")
        found = merged(flag(A, B, why="old"), mine, flag(A2, B, why="new"))
        assert find(found.sheet, ("red_flags", "tells", "why")) == "mine"
        assert len(found.replaced) == 1
        assert len(found.told) == 2

    def test_an_item_that_is_gone_goes_even_if_it_was_edited(self) -> None:
        found = merged(flag(A, B), flag(A, "My own line"), sheet())
        assert found.sheet == sheet()
        assert [told.shipped for told in found.replaced] == [None]

    def test_a_copy_of_the_corrected_sheet_may_be_edited_as_ever(self) -> None:
        assert evidence(flag(A2, B), flag("My own line", B), flag(A2, B)) == ["My own line", B]

    def test_it_can_be_all_that_is_taken(self) -> None:
        base, mine = {**flag(A, B), **terms(term("a"))}, {**flag(A, B), **terms(term("a"))}
        shipped = {**flag(A2, B2), **terms(term("a", "new"), term("b"))}
        found = only_corrected(base, mine, shipped, {**CORRECTED, ("terms", "none"): "never there"})
        assert found.sheet == {**flag(A2, B2), **terms(term("a"))}
        assert len(found.replaced) == 2


_IDS = ("a", "b", "c", "d")
_WORDS = st.sampled_from(["Rang the half", "Set the props", "Set all the props", "Called the show", A, A2, B])
_LINES = st.lists(_WORDS, min_size=1, max_size=4)


def _items(*, depth: int) -> st.SearchStrategy[list[Raw]]:
    keys: dict[str, st.SearchStrategy[Any]] = {
        "text": _WORDS,
        "why": _WORDS,
        "evidence": _LINES,
        "notes": st.lists(
            st.fixed_dictionaries({"region": st.sampled_from(["UK", "US"]), "text": _WORDS}), min_size=1
        ),
        "anchors": st.dictionaries(st.sampled_from("135"), _WORDS, min_size=1),
    }
    if depth:
        keys["points"] = _items(depth=depth - 1)
    items = st.fixed_dictionaries({"id": st.sampled_from(_IDS)}, optional=keys)
    return st.lists(items, min_size=1, max_size=4, unique_by=lambda item: str(item["id"]))


SHEETS = st.fixed_dictionaries(
    {"id": st.just("sm")}, optional={"name": _WORDS, "terms": _items(depth=1), "red_flags": _items(depth=0)}
)


def ways(value: Any, way: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Return every text that stands at a way of keys and ids alone."""
    if isinstance(value, str):
        return {way: value}
    parts: dict[str, Any] = {}
    if isinstance(value, dict):
        parts = value
    elif isinstance(value, list):
        parts = {item["id"]: item for item in value if isinstance(item, dict) and "id" in item}
    return {at: text for key, part in parts.items() for at, text in ways(part, (*way, key)).items()}


def lines(item: Raw) -> set[str]:
    return {line for flag in item.get("red_flags", []) for line in flag.get("evidence", [])}


class TestAlways:
    @RELAXED
    @given(SHEETS, SHEETS, SHEETS)
    def test_every_edit_of_the_learner_stays(self, base: Raw, mine: Raw, shipped: Raw) -> None:
        found = merge_sheets(base, mine, shipped, {})
        old, new = ways(base), ways(found.sheet)
        for way, text in ways(mine).items():
            if old.get(way) != text:
                assert new[way] == text
        assert lines(mine) - lines(base) <= lines(found.sheet)
        assert not found.replaced

    @RELAXED
    @given(SHEETS, SHEETS, SHEETS)
    def test_what_stands_at_a_corrected_way_is_the_shipped_text(
        self, base: Raw, mine: Raw, shipped: Raw
    ) -> None:
        corrected: dict[Way, str] = {("red_flags", id_, "evidence"): "corrected" for id_ in _IDS}
        found = merge_sheets(base, mine, shipped, corrected)
        for id_ in _IDS:
            way = ("red_flags", id_, "evidence")
            gone = {*(find(base, way) or [])} - {*(find(shipped, way) or [])}
            assert not gone & {*(find(found.sheet, way) or [])}

    @RELAXED
    @given(SHEETS, SHEETS, SHEETS)
    def test_twice_is_once(self, base: Raw, mine: Raw, shipped: Raw) -> None:
        once = merge_sheets(base, mine, shipped, CORRECTED).sheet
        assert merge_sheets(shipped, once, shipped, CORRECTED) == Merged(once, ())
        assert ways(merge_sheets(base, once, shipped, CORRECTED).sheet) == ways(once)

    @RELAXED
    @given(SHEETS, SHEETS)
    def test_an_untouched_copy_becomes_the_shipped_sheet(self, base: Raw, shipped: Raw) -> None:
        assert merge_sheets(base, base, shipped, CORRECTED).sheet == shipped
        assert merge_sheets(base, shipped, base, {}).sheet == shipped
