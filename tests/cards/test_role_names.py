"""Sheets as people name them."""

from pathlib import Path

import pytest

from tests.material.sheets import read
from trainer.cards.library import Library
from trainer.cards.role_names import find_role, find_sheet, near_names, told_apart
from trainer.errors import TrainerError, UnknownDeckError
from trainer.material.sheet import Sheet

from .shipped import LIBRARY, ROLES

SHEETS = LIBRARY.sheets

ASM_PAGE = """
format = 1
id = "asm"
name = "ASM (Assistant Stage Manager)"
industry = "Theatre"
job_titles = ["Assistant Stage Manager"]

[[terms]]
id = "asm"
term = "ASM"
stands_for = "Assistant Stage Manager"
meaning = "Helps the stage manager."
"""


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_each_shipped_role_is_found_by_all_that_it_is_called(role: Sheet) -> None:
    own = role.terms[0]
    for name in (role.id, role.name, role.name.upper(), *role.job_titles, own.term, *own.aliases):
        assert find_role(name, SHEETS) is role, name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("stage manager", "stage-manager"),
        ("  Stage   Managers ", "stage-manager"),
        ("stagemanager", "stage-manager"),
        ("Props", "props"),
        ("prop master", "props"),
        ("Props Supervisor", "props"),
        ("ASM", "assistant-stage-manager"),
        ("a.s.m.", "assistant-stage-manager"),
        ("DSM", "deputy-stage-manager"),
        ("Head of Wardrobe", "wardrobe-supervisor"),
        ("calling stage manager", "deputy-stage-manager"),
        ("wardr", "wardrobe-supervisor"),
        ("prod man", "production-manager"),
        ("Assistant", "assistant-stage-manager"),
    ],
)
def test_a_role_is_found_as_people_write_it(written: str, meant: str) -> None:
    assert find_role(written, SHEETS).id == meant


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("supervisor", '"Wardrobe Supervisor" or "Wigs and Make-up Supervisor". Say which.'),
        ("manager", '"Assistant Stage Manager", "Company Manager"'),
        ("wardrobe supervizer", 'Did you mean "Wardrobe Supervisor"'),
        ("lion tamer", "trainer roles"),
        ("", "trainer roles"),
        ("/", "trainer roles"),
        ("x" * 10_000, "x…"),
        ("theatre vocabulary", "goes with every role"),
        ("vocab", "goes with every role"),
    ],
)
def test_what_may_mean_several_or_none_is_told_with_what_there_is(written: str, told: str) -> None:
    with pytest.raises(UnknownDeckError) as error:
        find_role(written, SHEETS)
    assert told in str(error.value)
    assert len(str(error.value)) < 300


def test_a_vocabulary_is_a_sheet_and_no_role() -> None:
    found = find_sheet("Theater Vocabulary", SHEETS)
    assert found is not None
    assert not found.is_role
    assert [sheet.id for sheet in SHEETS.values() if not sheet.is_role] == ["theatre-vocabulary"]


def test_a_slip_is_met_with_the_nearest_names() -> None:
    assert near_names("stage manger", SHEETS)[0] == "Stage Manager"
    assert near_names("qqqq", SHEETS) == []


@pytest.mark.parametrize("name", ["props", "Prop Master", "PROPS/levels", "prop master/level indicators"])
def test_decks_are_selected_by_the_same_names(name: str) -> None:
    cards = LIBRARY.select([name])
    assert {card.sheet.id for card in cards} == {"props"}
    assert {card.deck for card in cards} == ({"levels"} if "/" in name else set(LIBRARY_DECKS))


LIBRARY_DECKS = ("meanings", "synonyms", "levels", "answers")


@pytest.mark.parametrize("name", ["manager", "lion tamer/levels", "props/lions", "supervisor/levels"])
def test_a_deck_that_may_mean_several_or_none_is_told(name: str) -> None:
    with pytest.raises(UnknownDeckError):
        LIBRARY.select([name])


def test_what_is_asked_of_some_sheets_is_asked_in_their_order() -> None:
    own = ["props", "assistant-stage-manager", "gone"]
    assert list(dict.fromkeys(card.sheet.id for card in LIBRARY.select([], own))) == own[:2]
    levels = LIBRARY.select(["Levels"], own)
    assert list(dict.fromkeys(card.sheet.id for card in levels)) == own[:2]
    assert {card.deck for card in levels} == {"levels"}
    others = LIBRARY.select(["levels", "wardrobe"], own)
    assert list(dict.fromkeys(card.sheet.id for card in others)) == [*own[:2], "wardrobe-supervisor"]
    assert LIBRARY.select(["levels"], []) == []


def test_a_library_of_one_small_sheet_is_searched_too(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'format = 1\nid = "gobo"\nname = "Gobo [red]"\njob_titles = ["Gobo Hands"]\n')
    assert sheet.is_role
    library = Library({"gobo": sheet})
    assert find_role("gobo hand", library.sheets) is sheet
    with pytest.raises(TrainerError, match="nothing to ask"):
        library.select(["Gobo"])


def imported(tmp_path: Path, text: str) -> dict[str, Sheet]:
    """Return the shipped sheets with another beside them."""
    sheet = read(tmp_path, text)
    return {**SHEETS, sheet.id: sheet}


def test_a_full_name_wins_over_what_also_stands_for_it(tmp_path: Path) -> None:
    """As a page on the ASM is imported: its term has the shipped role's name for an alias."""
    sheets = imported(tmp_path, ASM_PAGE)
    for written in ("Assistant Stage Manager", "assistant stage manager", "assistant-stage-manager"):
        assert find_role(written, sheets).id == "assistant-stage-manager", written
    for written in ("asm", "ASM", "Asm", "ASM (Assistant Stage Manager)"):
        assert find_role(written, sheets).id == "asm", written


@pytest.mark.parametrize("name", ["Assistant Stage Manager", "Props", "Stage-Manager"])
@pytest.mark.parametrize("industry", ["", 'industry = "Theatre"', 'industry = "Film"'])
def test_what_a_sheet_is_called_to_tell_it_apart_finds_it(tmp_path: Path, name: str, industry: str) -> None:
    page = ASM_PAGE.replace("ASM (Assistant Stage Manager)", name).replace('industry = "Theatre"', industry)
    for id_ in ("asm", "stage-managers", "new"):
        sheets = imported(tmp_path, page.replace('id = "asm"', f'id = "{id_}"', 1))
        for called, told in told_apart(sheets).items():
            found = find_sheet(told, sheets)
            assert found
            assert found.id == called, told
