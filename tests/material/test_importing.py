"""Importing a page makes a sheet; importing it again changes what the page changed and nothing else."""

from pathlib import Path

import pytest

from trainer.errors import PageError, SheetError
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.importing import Plan, plan_import, save
from trainer.material.page import mend
from trainer.material.page.reading import read_page
from trainer.material.sheet import Sheet

from .pages import FLAT, FULL, THING, TITLES, changed


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def bring(home: Home, page: str, folder: Path | None = None) -> Plan:
    plan = plan_import(read_page(page), home, folder, {"assistant-stage-manager"})
    save(plan)
    return plan


def sheet(home: Home, name: str = "skt") -> Sheet:
    return read_sheet(home.decks / f"{name}.toml")


def by_hand(home: Home, *changes: tuple[str, str], name: str = "skt") -> None:
    path = home.decks / f"{name}.toml"
    path.write_text(changed(path.read_text(encoding="utf-8"), *changes), encoding="utf-8")


def told(plan: Plan) -> list[str]:
    return [str(change) for change in plan.changes]


def again(home: Home, *changes: tuple[str, str]) -> list[str]:
    """Import the page once more with passages changed; return what is told."""
    return told(bring(home, changed(FULL, *changes)))


def test_a_first_import_writes_a_sheet_and_keeps_the_page(home: Home) -> None:
    plan = plan_import(read_page(FULL), home)
    assert not home.root.exists(), "looking changes nothing"
    assert (plan.sheet.id, plan.is_new, plan.changes) == ("skt", True, ())
    assert save(plan) == home.decks / "skt.toml"
    assert sheet(home).name == "SKT (Scene Kit Technician)"
    assert [title.title for title in sheet(home).titles] == TITLES
    assert (home.pages / "skt.txt").read_text(encoding="utf-8") == FULL
    assert {path.name for path in home.decks.iterdir()} == {"skt.toml"}, "no file is left behind"
    assert plan.sheet == sheet(home)


def test_the_same_page_again_changes_nothing(home: Home) -> None:
    bring(home, FULL)
    before = (home.decks / "skt.toml").read_bytes()
    plan = bring(home, FULL)
    assert (plan.is_new, plan.changes_something, plan.changes) == (False, False, ())
    assert (home.decks / "skt.toml").read_bytes() == before


def test_what_the_page_adds_removes_and_changes_is_taken_over_and_ids_stay(home: Home) -> None:
    bring(home, FULL)
    ids = {indicator.text: indicator.id for _, indicator in sheet(home).indicators()}
    assert again(
        home,
        ("Head of Props", "Head of Props Show Caller"),
        ("  • Tidy shelves\n", ""),
        ("Counting pieces", "Counting the pieces"),
        ("Senior (5+ years)", "Senior (6+ years)"),
        ("  • Works without gloves\n", "  • Works without gloves\n  • Late\n"),
        ('"Scene Kit Technicians"', '"Scene Kit Technicians" and "Kit Runners"'),
        ("They answer to the head of props", "They answer to the props master"),
    ) == [
        "~ sheet, job titles: “Scene Kit Technicians” → “Scene Kit Technicians”, “Kit Runners”",
        f"~ term, meaning: “{read_page(FULL).meaning.text}” → “{sheet(home).terms[0].meaning}”",  # type: ignore[union-attr]  # it is there
        "+ title: Show Caller",
        "~ indicator: “Counting pieces” → “Counting the pieces”",
        "? indicator: Tidy shelves – the page no longer has it. It stays.",
        "~ level, years: “5+” → “6+”",
        "+ red flag: Late",
    ]
    now = sheet(home)
    assert [title.title for title in now.titles] == [*TITLES, "Show Caller"]
    assert {i.text: i.id for _, i in now.indicators()}["Counting the pieces"] == ids["Counting pieces"]
    assert now.levels[2].years == "6+"
    assert [flag.text for flag in now.red_flags][-1] == "Late"
    assert again(home, ("Counting pieces", "Counting all pieces"))[-1].startswith(
        "! red flag: “Late” – yours"
    )
    assert sheet(home).levels[0].indicators[1].id == ids["Counting pieces"], "at every later import too"


def test_what_was_edited_by_hand_is_kept(home: Home) -> None:
    bring(home, FULL)
    by_hand(
        home,
        ('text = "Tidy shelves"', 'text = "Keeps shelves tidy"  # clearer\nvariants = ["Swept the store"]'),
        ('title = "Kit Runner"', 'title = "Kit Runner"\nsearch = "yes"'),
        ('text = "a packing plan"\ndraft = true\n', 'text = "a packing plan"\n'),
        ("# What tells a level.", "# My own words.\n# What tells a level."),
    )
    mine = (home.decks / "skt.toml").read_text(encoding="utf-8")
    assert again(home, ("Poor record keeping", "Bad record keeping")) == [
        "~ red flag: “Poor record keeping” → “Bad record keeping”"
    ]
    assert (home.decks / "skt.toml").read_text(encoding="utf-8") == mine.replace("Poor record", "Bad record")


def test_where_both_changed_the_same_yours_stays_and_it_is_told_once(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('text = "Tidy shelves"', 'text = "Neat shelves"'), ('years = "2-5"', 'years = "2-4"'))
    page = (("Tidy shelves", "Clean shelves"), ("2-5 years", "3-5 years"))
    assert again(home, *page) == [
        "! indicator: “Neat shelves” – yours stays. The page has “Clean shelves”.",
        "! level, years: “2-4” – yours stays. The page has “3-5”.",
    ]
    assert sheet(home).levels[0].indicators[2].text == "Neat shelves"
    assert again(home, *page) == []


def test_what_the_page_removes_and_you_edited_is_kept(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('text = "Poor record keeping"', 'text = "Poor record keeping"  # seen in May'))
    [only] = again(home, ("  • Poor record keeping\n", ""))
    assert only.startswith("! red flag: “Poor record keeping” – yours stays. You edited it")
    assert [flag.text for flag in sheet(home).red_flags][1] == "Poor record keeping"


def test_what_you_took_out_stays_out(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('[[red_flags]]\nid = "poor-record-keeping"\ntext = "Poor record keeping"\n\n', ""))
    assert again(home, ("Tidy shelves", "Tidy shelves only")) == [
        "~ indicator: “Tidy shelves” → “Tidy shelves only”"
    ]
    [_, told_of] = again(home, ("Poor record keeping", "Poor record keeping, or none"))
    assert told_of.startswith("! red flag: “Poor record keeping, or none” – yours stays. You took it out")
    assert len(sheet(home).red_flags) == 2


def test_what_another_item_names_is_not_removed(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('text = "Leading the team"', 'text = "Leading the team"\ntwins = ["tidy-shelves"]'))
    [only] = again(home, ("  • Tidy shelves\n", ""))
    assert only.startswith("! indicator: “Tidy shelves” – yours stays.")


def test_a_section_that_is_not_found_removes_nothing(home: Home) -> None:
    bring(home, FULL)
    before = sheet(home)
    plan = bring(home, FLAT)
    assert [change for change in plan.changes if change.kind != "kept"] == []
    assert sheet(home).titles == before.titles
    assert sheet(home).red_flags == before.red_flags
    assert sheet(home).industry == "Performing Arts"
    assert sheet(home).questions == before.questions


def test_what_was_placed_by_hand_stays_when_the_page_is_mended(home: Home) -> None:
    found = read_page(FLAT)
    for _ in range(3):
        found = mend.place_line(found, 0, "red_flags")
    save(plan_import(found, home))
    assert len(sheet(home).red_flags) == 3
    assert bring(home, FLAT).changes == (), "the flat page again takes nothing back"
    plan = bring(home, changed(FLAT, ("  • No idea", "Red Flags to Watch For\n  • No idea")))
    assert plan.changes == ()
    assert len(sheet(home).red_flags) == 3


def test_a_line_placed_under_a_level_is_not_added_to_the_red_flags(home: Home) -> None:
    found = read_page(FLAT)
    save(plan_import(mend.place_line(found, 0, "Senior"), home))
    plan = bring(home, changed(FLAT, ("  • No idea", "Red Flags to Watch For\n  • No idea")))
    assert "! red flag: “No idea what a preset is” – yours stays. You have put it in another place." in told(
        plan
    )
    assert [flag.text for flag in sheet(home).red_flags] == ["Poor record keeping", "Works without gloves"]


def test_titles_cut_by_hand_stay_cut(home: Home) -> None:
    wrong = changed(FULL, ("Kit Runner Props", "Kit Runner Sound No. 2 Props"))
    save(plan_import(mend.split(read_page(wrong), "titles", 1, 3), home))
    right = ["Kit Runner", "Sound No. 2", *TITLES[1:]]
    assert [title.title for title in sheet(home).titles] == right
    assert bring(home, wrong).changes == ()
    plan = bring(home, changed(wrong, ("Head of Props", "Head of Props Show Caller")))
    assert told(plan) == ["+ title: Show Caller"]
    assert [title.title for title in sheet(home).titles] == [*right, "Show Caller"]


def test_points_confirmed_in_the_file_or_on_the_screen_stay_confirmed(home: Home) -> None:
    bring(home, FULL)
    plan = plan_import(mend.confirm_points(read_page(FULL), 0), home)
    assert told(plan) == ["~ point, draft: true → nothing"] * 4
    save(plan)
    assert {point.draft for point in sheet(home).questions[0].points} == {False}
    assert bring(home, FULL).changes == ()
    [change] = again(home, ("a packing plan", "the packing plan"))
    assert change == "! point: “a packing plan” – yours stays. The page has “the packing plan”."


def test_an_indicator_that_moves_to_another_level_keeps_its_id(home: Home) -> None:
    bring(home, FULL)
    moved = (
        ("  • Tidy shelves\n", ""),
        ("  • Running a kit store\n", "  • Tidy shelves\n  • Running a kit store\n"),
    )
    assert again(home, *moved) == ["- indicator: Tidy shelves", "+ indicator: Tidy shelves"]
    assert sheet(home).levels[1].indicators[0].id == "tidy-shelves"


def test_an_indicator_that_you_edited_does_not_move(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('text = "Tidy shelves"', 'text = "Tidy shelves"\nwhy = "A chore."'))
    moved = (
        ("  • Tidy shelves\n", ""),
        ("  • Running a kit store\n", "  • Tidy shelves\n  • Running a kit store\n"),
    )
    assert [each[:26] for each in again(home, *moved)] == ["! indicator: “Tidy shelves"] * 2
    assert sheet(home).levels[0].indicators[2].why == "A chore."


def test_a_level_that_is_renamed_keeps_its_id_and_what_hangs_on_it(home: Home) -> None:
    bring(home, FULL)
    assert again(
        home, ("Mid (2-5 years)", "Intermediate (2-5 years)"), ("Mid Level", "Intermediate Level")
    ) == ["~ level: “Mid” → “Intermediate”"]
    assert [level.id for level in sheet(home).levels] == ["junior", "mid", "senior"]
    assert sheet(home).questions[2].level == "mid"


def test_a_level_and_a_question_are_added_with_all_they_hold_and_removed_when_it_is_said(home: Home) -> None:
    bring(home, FULL)
    level = "Lead (8+ years)\n\n  • Runs three stores\n  • Hires\n\nRed Flags"
    question = "Q: Whom do you call first?\n\nExpected Answer: Should mention the desk, and why.\n\nMid Level"
    assert again(home, ("Red Flags", level), ("Mid Level", question)) == [
        "+ level: Lead",
        "+ question: Whom do you call first?",
    ]
    assert [level.name for level in sheet(home).levels][-1] == "Lead"
    assert [point.text for point in sheet(home).questions[2].points] == ["the desk", "why"]
    stays = "– the page no longer has it. It stays."
    assert again(home) == [f"? level: Lead {stays}", f"? question: Whom do you call first? {stays}"]
    assert [level.name for level in sheet(home).levels][-1] == "Lead"
    plan = plan_import(read_page(FULL), home, removing=True)
    assert told(plan) == ["- level: Lead", "- question: Whom do you call first?"]
    save(plan)
    assert [level.name for level in sheet(home).levels] == ["Junior", "Mid", "Senior"]


@pytest.mark.parametrize(
    "end",
    [
        "Q: How do you keep",
        "Mid Level Questions",
        "Experience Level",
        "  • Running",
        "Red Flags",
        "  • Poor",
    ],
)
def test_a_copy_that_was_cut_short_takes_nothing_out(home: Home, end: str) -> None:
    bring(home, FULL)
    before = sheet(home)
    bring(home, FULL[: FULL.index(end)])
    now = sheet(home)
    assert (now.levels, now.questions, now.red_flags) == (before.levels, before.questions, before.red_flags)
    assert bring(home, FULL).changes == ()


def test_the_same_term_in_two_industries_is_two_sheets(home: Home) -> None:
    bring(home, FULL)
    other = changed(FULL, ("Performing Arts", "Film & TV"), ("Tidy shelves", "Neat shelves"))
    assert bring(home, other).sheet.id == "skt-film-tv"
    assert sheet(home).levels[0].indicators[2].text == "Tidy shelves"
    assert bring(home, other).changes_something is False
    assert bring(home, FULL).changes_something is False
    with pytest.raises(PageError, match=r"skt-film-tv\.toml.*skt\.toml"):
        plan_import(read_page(FLAT), home)


def test_two_terms_with_the_same_letters_are_two_sheets(home: Home) -> None:
    bring(home, FULL)
    other = changed(FULL, ("Scene Kit Technician", "Sound Kit Tester"))
    assert bring(home, other).sheet.id == "skt-performing-arts"
    assert (
        bring(home, changed(other, ("Sound Kit Tester", "Screen Kit Trainee"))).sheet.id
        == "skt-performing-arts-2"
    )


def test_the_order_of_title_and_letters_does_not_matter(home: Home) -> None:
    bring(home, FULL)
    plan = bring(home, changed(FULL, ("SKT (Scene Kit Technician)", "Scene Kit Technician (SKT)")))
    assert told(plan) == ["~ sheet, name: “SKT (Scene Kit Technician)” → “Scene Kit Technician (SKT)”"]


def test_the_id_of_a_shipped_sheet_is_never_taken(home: Home) -> None:
    page = changed(FULL, ("SKT (Scene Kit Technician)", "Assistant Stage Manager"))
    assert bring(home, page).sheet.id == "assistant-stage-manager-performing-arts"
    assert bring(home, page).changes_something is False


def test_a_sheet_that_was_renamed_or_retitled_is_found_again(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('term = "SKT"', 'term = "S.K.T."'), ('name = "SKT (Scene', 'name = "The SKT (Scene'))
    assert bring(home, FULL).changes == ()
    (home.decks / "skt.toml").rename(home.decks / "my-kit.toml")
    assert bring(home, FULL).path == home.decks / "my-kit.toml"


def test_a_sheet_without_its_page_counts_as_yours(home: Home) -> None:
    bring(home, FULL)
    by_hand(home, ('text = "Tidy shelves"', 'text = "Neat shelves"'))
    (home.pages / "skt.txt").unlink()
    assert again(
        home, ("  • Works without gloves\n", ""), ("Head of Props", "Head of Props Show Caller")
    ) == [
        "+ title: Show Caller",
        "! indicator: “Neat shelves” – yours stays. The page has “Tidy shelves”.",
    ]


def test_another_folder_has_its_own_sheets_and_the_pages_stay_with_the_user(
    home: Home, tmp_path: Path
) -> None:
    bring(home, FULL)
    folder = tmp_path / "deep" / "shared"
    plan = bring(home, FULL, folder)
    assert (plan.is_new, plan.path) == (True, folder / "skt.toml")
    assert {path.name for path in folder.iterdir()} == {"skt.toml"}
    assert len(list(home.pages.iterdir())) == 2
    assert bring(home, FULL, folder).changes == ()


def test_a_page_without_a_name_says_what_to_add(home: Home) -> None:
    found = read_page(FULL[FULL.index("Example Interview") :])
    with pytest.raises(PageError, match="Term from"):
        plan_import(found, home)
    save(plan_import(mend.rename(found, "Kit Hand"), home))
    assert sheet(home, "kit-hand").name == "Kit Hand"


def test_a_broken_sheet_in_the_place_is_told_and_left(home: Home) -> None:
    home.decks.mkdir(parents=True)
    path = home.decks / "skt.toml"
    path.write_text("format =", encoding="utf-8")
    with pytest.raises(SheetError, match=r"skt\.toml: not valid TOML"):
        plan_import(read_page(FULL), home)
    assert path.read_text(encoding="utf-8") == "format ="
    (home.decks / "other.toml").write_bytes(b"\xff")
    assert plan_import(read_page(THING), home).is_new


def test_a_file_of_the_name_on_something_else_is_left(home: Home) -> None:
    home.decks.mkdir(parents=True)
    other = 'format = 1\nid = "mine"\nname = "Mine"\n'
    (home.decks / "skt.toml").write_text(other, encoding="utf-8")
    assert bring(home, FULL).path == home.decks / "skt-performing-arts.toml"
    assert (home.decks / "skt.toml").read_text(encoding="utf-8") == other


def test_a_sheet_that_changed_since_it_was_looked_at_is_left(home: Home) -> None:
    bring(home, FULL)
    plan = plan_import(read_page(changed(FULL, ("Tidy", "Neat"))), home)
    by_hand(home, ("Counting pieces", "Counting"))
    before = (home.decks / "skt.toml").read_bytes()
    with pytest.raises(SheetError, match="changed in the meantime"):
        save(plan)
    assert (home.decks / "skt.toml").read_bytes() == before
    first = plan_import(read_page(THING), home)
    first.path.write_text("x", encoding="utf-8")
    with pytest.raises(SheetError, match="changed in the meantime"):
        save(first)


def blocked_by_a_file(home: Home) -> None:
    home.root.mkdir()
    home.decks.write_text("a file", encoding="utf-8")


def test_a_target_that_cannot_be_written_is_told_and_nothing_is_left(home: Home) -> None:
    blocked_by_a_file(home)
    with pytest.raises(SheetError, match=r"skt\.toml: can't be (read|written)"):
        bring(home, FULL)
    assert not home.pages.exists()


def test_a_page_that_cannot_be_kept_is_told(home: Home) -> None:
    home.root.mkdir()
    home.pages.write_text("a file", encoding="utf-8")
    with pytest.raises(SheetError, match="its page could not be kept"):
        bring(home, FULL)
    assert sheet(home).id == "skt"


def test_a_merge_that_gives_no_sound_sheet_is_told_and_nothing_is_written(home: Home) -> None:
    bring(home, FULL)
    first = '[[questions]]\nid = "plan'
    by_hand(home, (first, f'[[questions]]\nid = "own"\nlevel = "mid"\nask = "Why?"\n\n{first}'))
    before = (home.decks / "skt.toml").read_bytes()
    head, _, rest = FULL.partition("Mid (2-5 years)")
    page = (head + rest[rest.index("Senior (5+") :]).replace("Mid Level Questions", "")
    with pytest.raises(SheetError, match=r'no level "mid"(.|\n)*Nothing was written'):
        plan_import(read_page(page), home, removing=True)
    assert (home.decks / "skt.toml").read_bytes() == before
    assert {path.name for path in home.decks.iterdir()} == {"skt.toml"}


def test_a_link_stays_a_link_and_a_mode_stays(home: Home, tmp_path: Path) -> None:
    bring(home, FULL)
    real = tmp_path / "real.toml"
    (home.decks / "skt.toml").rename(real)
    real.chmod(0o640)
    (home.decks / "skt.toml").symlink_to(real)
    bring(home, changed(FULL, ("Tidy shelves", "Tidy shelves only")))
    assert (home.decks / "skt.toml").is_symlink()
    assert "Tidy shelves only" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640
