"""One rule makes every id, and an id that is there stays through every import, however it was made."""

import re
from pathlib import Path

import msgspec
import pytest
import tomli

from trainer.home import Home
from trainer.material.align import align
from trainer.material.differences import Raw
from trainer.material.edit import edit_sheet
from trainer.material.files import read_sheet
from trainer.material.ids import Ids, id_of
from trainer.material.importing import plan_import, save
from trainer.material.page import mend
from trainer.material.page.reading import read_page
from trainer.material.sheet import Sheet
from trainer.material.title_cuts import split_title

from .edits import TITLES, written
from .pages import FULL, changed

WORDS = {
    "L'été": "lete",
    "Maître d’art": "maitre-dart",
    "Große Bühne": "grosse-buhne",
    "衣装係": "xa6e2e0ac",
    "Tell me about a time you had to run a show without a stage manager": "run-show-without-stage-manager",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def bring(home: Home, page: str) -> Path:
    return save(plan_import(read_page(page), home))


def ids_by_text(path: Path) -> dict[tuple[str, str], str]:
    """Return the ids of a sheet's items by the level that they stand under, if any, and their text."""
    sheet = read_sheet(path)
    found = {("title", title.title): title.id for title in sheet.titles}
    found |= {("term", term.term): term.id for term in sheet.terms}
    found |= {("level", level.name): level.id for level in sheet.levels}
    found |= {(level.name, item.text): item.id for level, item in sheet.indicators()}
    found |= {("question", question.ask): question.id for question in sheet.questions}
    found |= {
        (question.ask, point.text): point.id for question in sheet.questions for point in question.points
    }
    found |= {("flag", flag.text): flag.id for flag in sheet.red_flags}
    return found | {("example", example.text): example.id for example in sheet.examples}


def test_the_import_and_the_editor_make_the_same_id_of_a_text(tmp_path: Path) -> None:
    title = "Kit Runner"
    for text, id_ in WORDS.items():
        page = read_page(changed(FULL, ("Tidy shelves", text))).sheet
        [of_page] = [item.id for item in page.levels[0].indicators if item.text == text]
        path = written(tmp_path, TITLES)
        sheet = edit_sheet(path, split_title(read_sheet(path), "deputy", [title, text]))
        assert (of_page, sheet.titles[1].id, id_of(text)) == (id_,) * 3


def test_an_id_that_is_taken_gets_a_number_and_no_two_are_the_same() -> None:
    ids = Ids(["a", "a-2"])
    assert [ids.of(text) for text in ("A", "a 4", "a!", "a", "B", "b")] == [
        "a-3",
        "a-4",
        "a-5",
        "a-6",
        "b",
        "b-2",
    ]


def test_a_sheet_whose_ids_were_made_by_another_rule_keeps_them_at_every_import(home: Home) -> None:
    path = bring(home, FULL)
    number = iter(range(1000))
    other = re.sub(
        r'(?m)^id = "(?!skt"$).*"$', lambda _: f'id = "made-before-{next(number)}"', path.read_text()
    )
    levels = {
        level["id"]: id_
        for level, id_ in zip(
            tomli.loads(path.read_text())["levels"],
            [level["id"] for level in tomli.loads(other)["levels"]],
            strict=True,
        )
    }
    other = re.sub(r'(?m)^level = "(.*)"$', lambda found: f'level = "{levels[found[1]]}"', other)
    path.write_text(other, encoding="utf-8")
    before = ids_by_text(path)
    assert len(before) > 30
    assert sum(id_.startswith("made-before-") for id_ in before.values()) >= len(before) - 1
    bring(home, FULL)
    assert path.read_text("utf-8") == other
    bring(home, changed(FULL, ("Tidy shelves", "Tidy all shelves"), ("  • Poor record keeping\n", "")))
    after = ids_by_text(path)
    assert after["Junior", "Tidy all shelves"] == before["Junior", "Tidy shelves"]
    assert {key: id_ for key, id_ in after.items() if key in before} == {
        key: id_ for key, id_ in before.items() if key[1] != "Tidy shelves"
    }


def test_a_title_that_an_editor_of_before_split_off_keeps_its_id(home: Home) -> None:
    page = changed(FULL, ("Stage Hand Head of Props", "Stage Hand Head of Props L'été"))
    path = bring(home, page)
    joined, other = (f'title = "{text}"\n' for text in ("Head of Props L'été", "L'été"))
    split = f'title = "Head of Props"\n\n[[titles]]\nid = "l-ete"\n{other}'
    path.write_text(changed(path.read_text("utf-8"), (joined, split)), "utf-8")
    before = ids_by_text(path)
    mended = mend.split(read_page(page), "titles", 4, 3)
    assert [title.id for title in mended.sheet.titles][-1] == "lete"
    save(plan_import(mended, home))
    assert ids_by_text(path) == before
    assert before["title", "L'été"] == "l-ete"


def levels(*texts: tuple[str, ...]) -> Raw:
    """Return a sheet of levels with indicators, each an id and a text."""
    items = [
        [dict(zip(("id", "text"), each.split("=", 1), strict=True)) for each in level] for level in texts
    ]
    return {"levels": [{"id": f"l{i}", "name": f"L{i}", "indicators": each} for i, each in enumerate(items)]}


@pytest.mark.parametrize(
    ("before", "page", "wanted"),
    [
        # What says nearly the same on a level before must not take the id of what says the same.
        (
            levels(("a=Cleans",), ("b=Prop tracking sheets",)),
            levels(("c=Cleans", "d=Prop tracking sheet"), ("e=Prop tracking sheets",)),
            [["a", "d"], ["b"]],
        ),
        # The same words on two levels are two items, and each level keeps its own.
        (
            levels(("a=Props", "x=Cleans"), ("b=Props", "y=Calls")),
            levels(("x=Cleans",), ("props=Props", "y=Calls")),
            [["x"], ["b", "y"]],
        ),
        (
            levels(("x=Cleans",), ("b=Props", "y=Calls")),
            levels(("n=Props", "x=Cleans"), ("m=Props", "y=Calls")),
            [["n", "x"], ["b", "y"]],
        ),
        # The same words before the same id.
        (
            levels(("props=Tidy shelves", "x=Props")),
            levels(("props=Props", "y=Tidy shelves")),
            [["x", "props"]],
        ),
    ],
)
def test_the_same_words_come_before_the_same_id_and_nearly_the_same_words(
    before: Raw, page: Raw, wanted: list[list[str]]
) -> None:
    head = {"format": 1, "id": "x", "name": "X"}
    aligned = align(*(msgspec.convert({**head, **raw}, Sheet) for raw in (page, before)))
    assert [[item.id for item in level.indicators] for level in aligned.levels] == wanted
