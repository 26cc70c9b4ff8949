"""What a person can mend in what was found, without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.material.pages import FLAT, FULL, THING, TITLES, changed
from trainer.app.importing.mending import Mending
from trainer.app.importing.rewording import Rewording
from trainer.material.fields import FieldError
from trainer.material.page.reading import read_page

DEEDS = ("merge", "split", "accept", "drop", "place", "edit")
RUN_ON = changed(FULL, (" ".join(TITLES), "Kit Runner Props Wrangling Head Props"))


def flat() -> Mending:
    return Mending(read_page(FLAT))


def full() -> Mending:
    return Mending(read_page(FULL))


def titles(mending: Mending) -> list[str]:
    return [item.text for item in mending.found.titles]


def can(mending: Mending, target: str) -> set[str]:
    return {deed for deed in DEEDS if mending.can(deed, target)}


class TestFindings:
    def test_all_of_a_page_each_with_its_line(self) -> None:
        mending = full()
        lines = FULL.split("\n")
        parts = [piece.part for piece in mending.pieces]
        assert parts[:5] == ["name", "industry", "meaning", "job_titles", "titles"]
        assert parts.count("indicators") == 9
        assert parts.count("questions") == 4
        for piece in mending.pieces:
            assert piece.text.split()[0] in lines[piece.line - 1], piece
        assert len({piece.target for piece in mending.pieces}) == len(parts)
        assert (mending.doubtful, mending.drafts) == (0, 13)

    def test_what_has_no_place_comes_first(self) -> None:
        mending = flat()
        assert [piece.part for piece in mending.pieces][:4] == ["unplaced"] * 3 + ["name"]
        assert mending.next_waiting("") == "unplaced.0"
        assert mending.next_waiting("unplaced.2") == "name.0"
        assert mending.doubtful == 7

    def test_the_next_in_doubt_goes_around_and_ends(self) -> None:
        mending = flat()
        assert mending.next_waiting("examples.2") == "unplaced.0"
        done = full().accept_all()
        assert done.next_waiting("titles.1") == "titles.1"

    def test_what_can_be_done_where(self) -> None:
        mending = flat()
        assert can(mending, "unplaced.0") == {"merge", "split", "drop", "place"}
        assert can(mending, "name.0") == {"accept", "edit"}
        assert can(mending, "industry.0") == {"edit"}
        assert can(mending, "questions.0") == {"accept", "edit"}
        assert can(mending, "levels.0") == set()
        assert can(mending, "indicators.0.1") == {"merge", "split", "drop", "place", "edit"}
        assert can(mending, "nothing.0") == set()
        assert can(full(), "titles.0") == {"merge", "split", "drop", "place", "edit"}
        assert can(full(), "titles.4") == {"split", "drop", "place", "edit"}

    def test_a_deed_has_to_be_known(self) -> None:
        with pytest.raises(ValueError, match="paint"):
            full().can("paint", "titles.0")


class TestMending:
    def test_titles(self) -> None:
        mending = full().merge("titles.1")
        assert titles(mending)[1] == "Props Technician Assistant Props Master"
        again = mending.split("titles.1", 2)
        assert titles(again) == TITLES
        assert titles(again.drop("titles.4")) == TITLES[:4]
        assert again.undo() is mending
        assert mending.undo().undo().found == read_page(FULL)

    @pytest.mark.parametrize("words", [0, -1, 2, 9])
    def test_no_cut_outside_of_the_words(self, words: int) -> None:
        mending = full()
        assert mending.split("titles.0", words) is mending

    def test_what_can_t_be_done_changes_nothing(self) -> None:
        mending = full()
        for same in (
            mending.merge("titles.4"),
            mending.merge("name.0"),
            mending.place("name.0", 0),
            mending.drop("name.0"),
            mending.accept("titles.0"),
            mending.edit("nothing.0", ["x"]),
        ):
            assert same is mending
            assert not same.changed

    def test_placing(self) -> None:
        mending = flat()
        assert [name for _, name in mending.places] == [
            "Red flag",
            "Junior",
            "Mid",
            "Senior",
            "Example",
            "Title",
            "Typical title",
        ]
        placed = mending.place("unplaced.0", 0).place("unplaced.0", 3)
        assert [item.text for item in placed.found.red_flags] == ["No idea what a preset is"]
        assert placed.found.levels[2].indicators[-1].text == "Poor record keeping"
        assert [line.text for line in placed.found.unplaced] == ["Works without gloves"]
        assert placed.place("unplaced.0", 7) is placed

    def test_taking_out_and_placing_elsewhere(self) -> None:
        mending = full().drop("indicators.1.2")
        assert mending.pieces[0].text == "Training a casual"
        back = mending.place("unplaced.0", 2)
        assert back.found.levels == full().found.levels

    def test_accepting(self) -> None:
        mending = flat().accept("name.0").accept("examples.0").accept("questions.1")
        assert mending.doubtful == 5
        assert [point.draft for point in mending.found.questions[1].points] == [False] * 3
        assert mending.found.questions[0].points[0].draft

    def test_accepting_all_leaves_what_has_no_place(self) -> None:
        mending = flat().accept_all()
        assert (mending.doubtful, mending.drafts) == (3, 0)

    def test_editing(self) -> None:
        mending = (
            full()
            .edit("titles.0", [" Kit  Carrier "])
            .edit("red_flags.1", ["Poor records"])
            .edit("indicators.0.0", ["Packs"])
            .edit("industry.0", ["Live Events"])
            .edit("meaning.0", ["The person with the kits."])
            .edit("name.0", ["Kit Person (KP)"])
            .edit("questions.0", ["A plan", "", "Early talks"])
        )
        sheet = mending.found.sheet
        assert sheet.name == "Kit Person (KP)"
        assert (sheet.terms[0].term, sheet.terms[0].stands_for) == ("KP", "Kit Person")
        assert sheet.terms[0].meaning == "The person with the kits."
        assert sheet.industry == "Live Events"
        assert sheet.titles[0].title == "Kit Carrier"
        assert sheet.red_flags[1].text == "Poor records"
        assert sheet.levels[0].indicators[0].text == "Packs"
        assert [point.text for point in sheet.questions[0].points] == ["A plan", "Early talks"]
        assert not any(point.draft for point in sheet.questions[0].points)

    def test_a_title_is_given_where_none_was_found(self) -> None:
        page = FLAT[FLAT.index("Q: How would") :]
        mending = Mending(read_page(page))
        assert mending.found.name is None
        assert can(mending, "name.0") == {"edit"}
        assert mending.accept_all().piece("name.0") == mending.piece("name.0")
        named = mending.edit("name.0", ["Scene Kit"])
        assert named.found.term == "Scene Kit"

    def test_of_two_levels_with_one_name_the_second_stays_as_it_is(self) -> None:
        mending = Mending(read_page(changed(FULL, ("Senior (5+ years)", "Junior (5+ years)"))))
        assert can(mending, "indicators.0.0") == {"merge", "split", "drop", "place", "edit"}
        assert can(mending, "indicators.2.0") == set()
        assert [name for _, name in mending.places].count("Junior") == 1


class TestWhereTheMarkGoes:
    def test_it_stays_by_place(self) -> None:
        assert full().drop("titles.1").near("titles.1") == "titles.1"
        assert full().drop("titles.4").near("titles.4") == "titles.3"

    def test_to_the_next_in_doubt_when_a_part_is_done(self) -> None:
        mending = flat()
        for _ in range(3):
            mending = mending.place("unplaced.0", 0)
        assert mending.near("unplaced.0") == "name.0"


class TestRewriting:
    def rewriting(self, mending: Mending, target: str) -> Rewording:
        piece = mending.piece(target)
        assert piece
        return Rewording(mending, piece)

    def test_points_and_an_empty_one(self) -> None:
        draft = self.rewriting(full(), "questions.3")
        assert [field.label for field in draft.fields] == ["Point 1", "Point 2", "Point 3", "Point 4"]
        assert draft.fields[-1].value == ""
        mending = draft.save(["Counts", "", "Tests", "Reports"])
        assert mending
        assert [point.text for point in mending.found.questions[3].points] == ["Counts", "Tests", "Reports"]

    @pytest.mark.parametrize("target", ["name.0", "titles.0", "questions.0", "examples.1"])
    def test_no_text_is_refused(self, target: str) -> None:
        draft = self.rewriting(full(), target)
        with pytest.raises(FieldError, match="no text"):
            draft.save([" "] * len(draft.fields))

    def test_an_industry_may_go(self) -> None:
        mending = self.rewriting(full(), "industry.0").save([""])
        assert mending
        assert mending.found.industry is None

    def test_nothing_new_is_no_correction(self) -> None:
        draft = self.rewriting(full(), "titles.0")
        assert draft.save(["Kit Runner"]) is None


@given(st.data())
def test_any_corrections_in_any_order_keep_a_sheet(data: st.DataObject) -> None:
    mending = Mending(read_page(data.draw(st.sampled_from([FULL, FLAT, THING, RUN_ON, FULL + FLAT]))))
    for _ in range(data.draw(st.integers(1, 8))):
        target = data.draw(st.sampled_from([piece.target for piece in mending.pieces]))
        deed = data.draw(st.sampled_from([*DEEDS, "accept_all", "undo"]))
        match deed:
            case "accept_all" | "undo":
                then = getattr(mending, deed)()
            case "split" | "place":
                then = getattr(mending, deed)(target, data.draw(st.integers(0, 9)))
            case "edit":
                then = mending.edit(
                    target,
                    [data.draw(st.sampled_from(["", " ", "[/x]", "Kit Runner", "A (B)", "\u202ex"])), "more"],
                )
            case _:
                then = getattr(mending, deed)(target)
        if deed in DEEDS and not mending.can(deed, target):
            assert then is mending
        mending = then
        assert mending.piece(mending.near(target)), "the mark is on a line"
        assert mending.found.sheet.format == 1


def test_what_it_means_on_a_resume_is_shown_and_mended_where_the_page_says_it() -> None:
    assert full().piece("signal.0") is None
    said = FULL.replace(
        "of the day alone.", "of the day alone. When you see SKT on a CV, ask about the store."
    )
    mending = Mending(read_page(said))
    piece = mending.piece("signal.0")
    assert piece is not None
    assert piece.text == "When you see SKT on a CV, ask about the store."
    assert mending.edit("signal.0", ["Ask"]).found.sheet.terms[0].signal == "Ask"
    assert mending.edit("signal.0", [""]).found.sheet.terms[0].signal is None
