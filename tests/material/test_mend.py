"""What a person mends in what was found gives another value, and the sheet follows."""

from dataclasses import replace

import pytest

from trainer.material.page import mend
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page
from trainer.material.questions import Point

from .pages import FLAT, FULL, THING, TITLES, changed

FOUND = read_page(FULL)
WRONG = read_page(changed(FULL, ("Kit Runner Props", "Kit Runner Sound No. 2 Props")))


def titles(found: Found) -> list[str]:
    return [title.title for title in found.sheet.titles]


def test_titles_are_split_and_joined() -> None:
    place = next(i for i, item in enumerate(WRONG.titles) if item.doubt)
    wrong = WRONG.titles[place]
    assert wrong.text == "Sound No. 2 Props Technician"
    assert [each.text for each in WRONG.unsure] == [wrong.text]
    split = mend.split(WRONG, "titles", place, 3)
    assert titles(split) == ["Kit Runner", "Sound No. 2", *TITLES[1:]]
    assert split.unsure == ()
    assert {item.line for item in split.titles} == {wrong.line}
    assert titles(mend.join(split, "titles", place)) == titles(WRONG)


@pytest.mark.parametrize("words", [0, 5, -1])
def test_a_split_outside_the_words_changes_nothing(words: int) -> None:
    assert mend.split(WRONG, "titles", 1, words) == WRONG


def test_the_last_title_has_none_to_be_joined_to() -> None:
    assert mend.join(FOUND, "titles", len(FOUND.titles) - 1) == FOUND


def test_a_title_is_confirmed_and_left_out() -> None:
    assert mend.confirm(WRONG, "titles", 1).unsure == ()
    assert titles(mend.drop_title(FOUND, 0)) == TITLES[1:]


def test_lines_without_a_place_are_placed_in_the_order_of_the_page() -> None:
    found = read_page(FLAT)
    placed = mend.place_line(found, 2, "red_flags")
    placed = mend.place_line(placed, 0, "red_flags")
    placed = mend.place_line(placed, 0, "Senior")
    assert placed.unplaced == ()
    assert [flag.text for flag in placed.sheet.red_flags] == [
        "No idea what a preset is",
        "Works without gloves",
    ]
    assert placed.sheet.levels[2].indicators[-1].text == "Poor record keeping"
    assert "red flags" not in placed.missing
    for target in ("titles", "examples", "job_titles"):
        assert getattr(mend.place_line(found, 0, target).sheet, target)


def test_a_line_is_taken_out_of_its_section_again_and_left_out() -> None:
    found = mend.take_back(FOUND, "red_flags", 1)
    [line] = found.unplaced
    assert (line.text, FULL.split("\n")[line.line - 1].strip(" •")) == ("Poor record keeping",) * 2
    assert mend.place_line(found, 0, "red_flags") == FOUND
    assert mend.drop_line(found, 0).unplaced == ()
    assert len(mend.take_back(FOUND, "Senior", 0).levels[2].indicators) == 2


def test_a_place_that_is_not_there_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="Chief"):
        mend.place_line(read_page(FLAT), 0, "Chief")


def test_what_stands_in_the_section_already_is_not_put_there_twice() -> None:
    page = FLAT.replace("Poor record keeping", "No idea what a preset is")
    placed = mend.place_line(mend.place_line(read_page(page), 0, "red_flags"), 0, "red_flags")
    assert [item.text for item in placed.red_flags] == ["No idea what a preset is"]


def test_points_are_confirmed_and_cut_otherwise() -> None:
    confirmed = mend.confirm_points(FOUND, 1)
    points = [question.points for question in confirmed.sheet.questions]
    assert [all(point.draft for point in each) for each in points] == [True, False, True, True]
    other = mend.set_points(FOUND, 0, ["a packing plan, early talks", " ", "ability to train others"])
    assert other.sheet.questions[0].points == (
        Point(id="a-packing-plan-early-talks", text="a packing plan, early talks"),
        Point(id="ability-to-train-others", text="ability to train others"),
    )


def test_a_page_without_a_title_is_named() -> None:
    found = mend.rename(read_page(FLAT), " Kit  Hand (KH) ")
    assert "title" not in found.missing
    assert (found.sheet.name, found.sheet.terms[0].term) == ("Kit Hand (KH)", "KH")
    assert mend.set_single(found, "industry", "Live Events").sheet.industry == "Live Events"
    assert mend.set_single(FOUND, "industry", " ").sheet.industry is None


def test_all_doubts_are_accepted_at_once_but_for_lines_without_a_place() -> None:
    found = mend.accept(
        read_page(changed(FLAT, ("Also try searching for:", "Also try searching for: Backstage")))
    )
    assert [each.text for each in found.unsure] == [line.text for line in found.unplaced]
    assert mend.accept(read_page(THING)) == read_page(THING)


def test_one_thing_in_doubt_is_confirmed() -> None:
    flat = read_page(FLAT)
    assert mend.confirm(flat, "name").name == replace(flat.name, doubt="")  # type: ignore[type-var] # it is there
    examples = mend.confirm(flat, "examples", 1).examples
    assert [bool(item.doubt) for item in examples] == [True, False, True]
    bare = read_page(changed(FULL, ("Mid (2-5 years)", "Mid")))
    assert [level.doubt for level in mend.confirm(bare, "levels", 1).levels] == ["", "", ""]
    assert not any(point.draft for point in mend.confirm(FOUND, "questions", 2).questions[2].points)
    with pytest.raises(ValueError, match="Expert"):
        mend.confirm(FOUND, "Expert")


def test_a_text_is_written_anew() -> None:
    found = mend.set_text(mend.set_text(FOUND, "Mid", 0, " Runs  a store "), "titles", 4, "Props Head")
    assert found.levels[1].indicators[0].text == "Runs a store"
    assert found.titles[4].text == "Props Head"
    assert mend.set_text(FOUND, "titles", 0, "  ") is FOUND
    assert mend.set_single(FOUND, "meaning", "One who packs.").sheet.terms[0].meaning == "One who packs."
    assert "definition" in mend.set_single(FOUND, "meaning", " ").missing


def flags(found: Found) -> list[str]:
    return [flag.text for flag in found.red_flags]


def test_any_lines_can_be_joined_and_cut_again() -> None:
    joined = mend.join(FOUND, "red_flags", 0)
    assert flags(joined)[0] == f"{flags(FOUND)[0]} {flags(FOUND)[1]}"
    words = len(flags(FOUND)[0].split())
    assert flags(mend.split(joined, "red_flags", 0, words)) == flags(FOUND)
    assert mend.join(FOUND, "red_flags", len(FOUND.red_flags) - 1) == FOUND
    assert mend.split(FOUND, "red_flags", 0, 0) == FOUND


def test_lines_without_a_place_can_be_joined_and_cut() -> None:
    loose = mend.take_back(mend.take_back(FOUND, "red_flags", 0), "red_flags", 0)
    texts = [line.text for line in loose.unplaced]
    joined = mend.join(loose, "unplaced", 0)
    assert [line.text for line in joined.unplaced] == [" ".join(texts)]
    cut = mend.split(joined, "unplaced", 0, len(texts[0].split()))
    assert [line.text for line in cut.unplaced] == texts


def test_a_line_is_cut_wherever_a_sign_stands() -> None:
    listed = mend.set_text(FOUND, "red_flags", 0, "late; rude ; , alone;")
    assert flags(mend.split_at(listed, "red_flags", 0, ";"))[:3] == ["late", "rude", ", alone"]
    assert mend.split_at(FOUND, "red_flags", 0, ";") == FOUND


def test_an_item_is_moved_to_another_section_and_is_sure_there() -> None:
    moved = mend.move(FOUND, "red_flags", 1, "examples")
    assert flags(FOUND)[1] not in flags(moved)
    assert flags(FOUND)[1] in [example.text for example in moved.examples]
    assert moved.unplaced == FOUND.unplaced
    with pytest.raises(ValueError, match="no section"):
        mend.move(FOUND, "red_flags", 0, "nowhere")
