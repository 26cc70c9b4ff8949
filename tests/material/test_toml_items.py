"""A sheet's file is edited in place: what changes is right, and all else stays as it was written."""

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.material.changes import Add, Change, Drop, Put, Way, apply, find
from trainer.material.rewrite import rewrite
from trainer.material.sections import LISTS
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import shipped_decks
from trainer.material.toml_blocks import items_with_comments
from trainer.material.toml_items import new_file

RELAXED = settings(max_examples=25)
SHIPPED = (shipped_decks() / "assistant-stage-manager.toml").read_text(encoding="utf-8")
SMALL = '''\
# At the head.
format = 1
id = "small"
name = "Small"  # behind a value

# ---- Titles ----

[[titles]]
id = "one"
title = "One"

# above two
[[titles]]
id = "two"
title = "Two"  # in two

# ---- Flags ----

[[red_flags]]
id = "late"
text = """
[[red_flags]]
# no comment
"""

[[red_flags]]
id = "loud"
text = "Loud"
evidence = [
    "one", # why
    "[[two]]",
]
# the last word
'''


def edit(text: str, changes: Sequence[Change]) -> str:
    edited = rewrite(text, changes)
    assert edited is not None
    return edited


def added(section: str, id_: str, after: str = "", **values: Any) -> Change:
    return Add((section, after), ({"id": id_, **values},))


def dropped(*way: str | int) -> Change:
    return Drop(way, {})


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


def test_an_item_is_put_behind_the_one_it_follows_and_before_the_comment_of_the_next() -> None:
    edited = edit(SMALL, [added("titles", "new", "one", title="New")])
    assert (
        'title = "One"\n\n[[titles]]\nid = "new"\ntitle = "New"\n\n# above two\n[[titles]]\nid = "two"'
        in edited
    )


def test_an_item_is_put_before_all_others_and_below_the_comment_on_the_section() -> None:
    edited = edit(SMALL, [added("titles", "new", title="New")])
    assert '# ---- Titles ----\n\n[[titles]]\nid = "new"\ntitle = "New"\n\n[[titles]]\nid = "one"' in edited


def test_several_items_in_one_place_stand_in_their_order() -> None:
    edited = edit(SMALL, [added("titles", name, "two", title=name) for name in ("a", "b", "c")])
    assert [title["id"] for title in tomli.loads(edited)["titles"]] == ["one", "two", "a", "b", "c"]
    assert edited.index('"c"') < edited.index("# ---- Flags")


def test_a_section_that_is_new_stands_in_the_order_of_a_sheet() -> None:
    level = added("levels", "junior", name="Junior", indicators=[{"id": "x", "text": "X"}])
    edited = edit(SMALL, [level])
    assert edited.index("in two") < edited.index("[[levels]]") < edited.index("[[levels.indicators]]")
    assert edited.index("[[levels.indicators]]") < edited.index("# ---- Flags")
    only_head = edit('format = 1\nid = "x"\nname = "X"', [added("titles", "a", title="A")])
    assert only_head == 'format = 1\nid = "x"\nname = "X"\n\n[[titles]]\nid = "a"\ntitle = "A"\n'


def test_an_item_goes_with_its_lines_alone() -> None:
    edited = edit(SMALL, [dropped("titles", "one")])
    assert edited == SMALL.replace('[[titles]]\nid = "one"\ntitle = "One"\n\n', "")
    both = [dropped("titles", "one"), added("titles", "new", title="New")]
    assert edit(SMALL, both) == SMALL.replace('id = "one"', 'id = "new"').replace("One", "New")
    edited = edit(SMALL, [dropped("red_flags", "late")])
    assert tomli.loads(edited)["red_flags"][0]["id"] == "loud"


def test_a_file_in_which_no_item_comes_or_goes_keeps_its_last_line_as_it_is() -> None:
    bare = SMALL.rstrip("\n")
    assert edit(bare, []) == bare
    assert edit(bare, [Put(("titles", "one", "title"), "One", "Un")]) == bare.replace("One", "Un")


def test_a_value_is_changed_and_the_comment_beside_it_stays() -> None:
    edited = edit(SMALL, [Put(("titles", "two", "title"), "Two", "Deux")])
    assert edited == SMALL.replace('"Two"  # in two', '"Deux"  # in two')
    edited = edit(SMALL, [Put(("name",), "Small", 'S "mall"')])
    assert tomli.loads(edited)["name"] == 'S "mall"'
    assert "# behind a value" in edited


def test_a_value_is_taken_out_and_put_in() -> None:
    changes = [
        Put(("titles", "one", "title"), "One", None),
        Put(("industry",), None, "Arts"),
        Put(("job_titles",), None, ["A", "B"]),
    ]
    assert tomli.loads(edit(SMALL, changes)) == apply(tomli.loads(SMALL), changes)
    assert comments(edit(SMALL, changes)) == comments(SMALL)


@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["Windows", "Unix"])
def test_line_ends_stay_of_one_kind(end: str) -> None:
    text = SMALL.replace("\n", end)
    edited = edit(text, [added("titles", "new", "one", title="New"), dropped("titles", "two")])
    assert edited.count("\n") == edited.count(end)


def test_a_file_without_a_last_line_end_is_edited() -> None:
    edited = edit(SMALL.rstrip("\n"), [added("red_flags", "new", "loud", text="New")])
    assert tomli.loads(edited)["red_flags"][-1] == {"id": "new", "text": "New"}


INLINE = 'format = 1\nid = "x"\nname = "X"\ntitles = [{ id = "one", title = "One" }]\n'
INTERLEAVED = """\
format = 1
id = "x"
name = "X"
[[titles]]
id = "one"
title = "One"
[[red_flags]]
id = "a"
text = "A"
[[titles]]
id = "two"
title = "Two"
"""


def test_a_file_that_cannot_be_edited_in_place_is_left_to_its_author() -> None:
    assert rewrite(INLINE, [added("titles", "new", "one", title="New")]) is None
    assert rewrite(INTERLEAVED, [Put(("titles", "one", "title"), "One", "Un")]) is None


def test_items_are_put_into_an_interleaved_file_all_the_same() -> None:
    edited = edit(INTERLEAVED, [added("titles", "new", "one", title="New")])
    assert [title["id"] for title in tomli.loads(edited)["titles"]] == ["one", "new", "two"]


def test_items_with_a_comment_are_known() -> None:
    assert items_with_comments(SMALL) == {("titles", "two"), ("red_flags", "loud")}
    nested = (
        '[[levels]]\nid = "a"\n[[levels.indicators]]\nid = "b"  # here\n[[levels.indicators]]\nid = "c"\n'
    )
    assert items_with_comments(nested) == {("levels", "a"), ("levels", "a", "indicators", "b")}
    assert ("levels", "junior", "indicators", "following-cues") not in items_with_comments(SHIPPED)


def ways(sheet: Any, kind: str = "", before: Way = ()) -> list[Way]:
    found = []
    for section in LISTS.get(kind, ()):
        for item in sheet.get(section, []):
            here = (*before, section, item["id"])
            found += [here, *ways(item, section, here)]
    return found


@pytest.mark.slow
@RELAXED
@given(st.integers(0, 10_000))
def test_any_changes_to_a_shipped_sheet_are_made_and_every_comment_stays(seed: int) -> None:
    chance = random.Random(seed)
    sheet = tomli.loads(SHIPPED)
    every = ways(sheet)
    removed = [way for way in chance.sample(every, 4) if way not in items_with_comments(SHIPPED)]
    removed = [
        way for way in removed if not any(way != other and way[: len(other)] == other for other in removed)
    ]
    left = [way for way in every if not any(way[: len(other)] == other for other in removed)]
    changes: list[Change] = [dropped(*way) for way in removed]
    for number, way in enumerate(chance.sample(left, 3)):
        item = {"id": f"new-{number}", "text": 'A "text" with \\ and é\nand a line'}
        changes.append(Add((*way[:-1], chance.choice([way[-1], ""])), (item,)))
    texts = [(*way, "text") for way in chance.sample(left, 3)]
    changes += [Put(way, find(sheet, way), "Changed") for way in texts]
    edited = edit(SHIPPED, changes)
    assert tomli.loads(edited) == apply(sheet, changes)
    assert comments(edited) == comments(SHIPPED)
    assert all(find(tomli.loads(edited), way) == "Changed" for way in texts)


def test_a_new_file_reads_like_one_that_a_person_wrote() -> None:
    sheet = {
        "format": 1,
        "id": "x",
        "name": 'X "y"',
        "job_titles": ["A", "B"],
        "titles": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
        "levels": [{"id": "l", "name": "L", "indicators": [{"id": "i", "text": "I"}]}],
    }
    text = new_file(msgspec.convert(sheet, Sheet), ["Head", "", "more"], {"titles": ["On titles."]})
    assert tomli.loads(text) == sheet
    assert text == (
        '# Head\n#\n# more\n\nformat = 1\nid = "x"\nname = "X \\"y\\""\njob_titles = ["A", "B"]\n\n\n'
        '# On titles.\n\n[[titles]]\nid = "a"\ntitle = "A"\n\n[[titles]]\nid = "b"\ntitle = "B"\n\n\n'
        '[[levels]]\nid = "l"\nname = "L"\n\n[[levels.indicators]]\nid = "i"\ntext = "I"\n'
    )
