"""A merged sheet, written into the text of the learner's copy."""

import re
from collections.abc import Mapping

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from trainer.material.changes import Put, Way, find
from trainer.material.copies.known_bases import FOLDER, corrections, likeliest_base, shipped_before
from trainer.material.copies.layout import written
from trainer.material.copies.pruning import pruned, without
from trainer.material.copies.text_merge import merge_texts
from trainer.material.copies.three_way import merge_sheets
from trainer.material.differences import Raw
from trainer.material.rewrite import rewrite
from trainer.material.sheet_files import shipped_decks, shipped_ids

from .edits import LISTS, PROPS, RELAXED, TITLES
from .sheets import DESIGN, HEAD

WAYS: tuple[Way, ...] = (
    ("terms", "asm", "meaning"),
    ("terms", "asm", "signal"),
    ("terms", "asm", "notes", 0, "text"),
    ("titles", "deputy-stage-manager", "title"),
    ("levels", "junior", "indicators", "basic-prop-management", "variants", 0),
    ("levels", "junior", "indicators", "basic-prop-management", "variants", 2),
    ("questions", "conflicting-requests", "anchors", "3"),
    ("questions", "conflicting-requests", "points", "calm", "shows"),
    ("questions", "conflicting-requests", "answers", "weak", "text"),
    ("red_flags", "no-live-performance", "evidence", 1),
    ("examples", "six-musicals", "concludes", 0),
)
ANSWER: Way = ("questions", "conflicting-requests", "answers", "weak")
EDITS = st.dictionaries(st.sampled_from(WAYS), st.sampled_from(["Rang the half", 'Said "go"', "a\nb"]))
NEW = """
# New of late
[[red_flags]]
id = "new-one"  # never change it
text = "New"
evidence = ["e"]
"""


def edited(text: str, edits: dict[Way, str]) -> str:
    raw = tomli.loads(text)
    found = rewrite(text, [Put(way, find(raw, way), value) for way, value in edits.items()])
    assert found is not None
    return found


def wanted_of(base: str, mine: str, shipped: str, corrected: Mapping[Way, str]) -> Raw:
    return merge_sheets(tomli.loads(base), tomli.loads(mine), tomli.loads(shipped), corrected).sheet


def merged(base: str, mine: str, shipped: str) -> str:
    wanted = wanted_of(base, mine, shipped, {})
    text = written(base, mine, shipped, wanted)
    assert text is not None
    assert tomli.loads(text) == wanted
    return text


def comments(text: str) -> set[str]:
    return set(re.findall(r"# [^\n\r]*", text))


@RELAXED
@given(EDITS, EDITS, st.booleans(), st.booleans())
def test_whatever_was_edited_it_says_what_it_should_and_keeps_all_comments(
    own: dict[Way, str], new: dict[Way, str], more: bool, windows: bool
) -> None:
    mine, shipped = edited(DESIGN, own), edited(DESIGN, new)
    shipped = shipped.replace("\n[[examples]]", f"{NEW}\n[[examples]]") if more else shipped
    mine = mine.replace("\n", "\r\n") if windows and not any("\n" in text for text in own.values()) else mine
    text = merged(DESIGN, mine, shipped)
    assert comments(mine) <= comments(text)
    assert comments(text) <= comments(mine) | comments(shipped)
    if "\r\n" in mine:
        assert text.count("\n") == text.count("\r\n")


def test_lines_that_stand_side_by_side_are_edits_of_their_own() -> None:
    found = merged(LISTS, LISTS.replace('"two"', '"my two"'), LISTS.replace('"three"', '"new three"'))
    assert found == LISTS.replace('"two"', '"my two"').replace('"three"', '"new three"')


def test_the_same_line_in_another_item_is_another_line() -> None:
    mine = TITLES.replace('why = "why"', 'why = "mine"')
    first = TITLES.index("# The next two")
    shipped = TITLES[:first] + TITLES[first:].replace('search = "yes"', 'search = "no"', 1)
    found = merged(TITLES, mine, shipped)
    assert found == shipped.replace('why = "why"', 'why = "mine"')


def test_where_both_changed_a_line_it_is_the_learner_s() -> None:
    mine, shipped = LISTS.replace('"one"', '"mine"'), LISTS.replace('"one"', '"new"')
    assert merge_texts(LISTS, mine, shipped) == mine


def test_a_clash_with_a_corrected_line_is_put_right_afterwards() -> None:
    mine, shipped = LISTS.replace('"one"', '"mine"'), LISTS.replace('"one"', '"new"')
    corrected: dict[Way, str] = {(*PROPS, "variants"): "corrected"}
    wanted = wanted_of(LISTS, mine, shipped, corrected)
    assert written(LISTS, mine, shipped, wanted) == shipped


def test_a_corrected_line_is_put_right_in_any_layout() -> None:
    """tomlkit can't write tables that stand interleaved; here it need not."""
    interleaved = (
        LISTS + '\n[[terms]]\nid = "a"\nterm = "A"\nmeaning = "m"\n\n[[levels]]\nid = "x"\nname = "X"\n'
    )
    mine, shipped = interleaved.replace('"one"', '"mine"'), interleaved.replace('"one"', '"new"')
    assert rewrite(mine, [Put((*PROPS, "variants", 0), "mine", "new")]) is None
    wanted = wanted_of(interleaved, mine, shipped, {(*PROPS, "variants"): "corrected"})
    assert written(interleaved, mine, shipped, wanted) == shipped


def test_what_has_no_place_is_not_forced() -> None:
    inline = HEAD + 'levels = [{ id = "l", name = "L" }]\n'
    more = tomli.loads(inline)
    more["levels"].insert(0, {"id": "k", "name": "K"})
    text = written(inline, inline, inline, more)
    assert text is None or tomli.loads(text) == more


class TestPruning:
    def test_a_sound_sheet_stays_as_it_is(self) -> None:
        for id_ in shipped_ids():
            raw = tomli.loads((shipped_decks() / f"{id_}.toml").read_text("utf-8"))
            assert pruned(raw) == raw

    @pytest.mark.parametrize(
        ("way", "left"),
        [
            (("red_flags", "no-live-performance", "evidence"), (ANSWER, "flags", [])),
            (("questions", "conflicting-requests", "points", "calm"), (ANSWER, "points", {})),
            (("levels", "senior"), (ANSWER[:2], "level", None)),
        ],
    )
    def test_what_names_a_removed_item_no_longer_does(self, way: Way, left: tuple[Way, str, object]) -> None:
        raw = without(tomli.loads(DESIGN), way)
        assert find(raw, way) is None
        assert find(raw, (*left[0], left[1]))
        assert find(pruned(raw), (*left[0], left[1])) == left[2]


class TestWhatIsKnown:
    def test_every_sheet_of_the_version_that_kept_no_base_is_there(self) -> None:
        assert {id_ for id_ in shipped_ids() if list(shipped_before(id_))} >= {
            "assistant-stage-manager",
            "company-manager",
            "deputy-stage-manager",
            "production-manager",
            "props",
            "stage-manager",
            "theatre-vocabulary",
            "wardrobe-supervisor",
        }

    def test_every_correction_is_of_something_that_is_or_was_in_the_sheet(self) -> None:
        assert corrections()
        for each in corrections():
            now = tomli.loads((shipped_decks() / f"{each.sheet}.toml").read_text("utf-8"))
            before = [tomli.loads(text) for text in shipped_before(each.sheet)]
            assert any(find(raw, each.steps) is not None for raw in (now, *before)), each.way
            assert each.reason == each.reason.strip(" .")
            assert each.reason[0].islower(), "it goes on behind a colon"

    def test_the_data_is_small(self) -> None:
        assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 400_000

    def test_a_copy_is_of_the_sheet_that_it_shares_most_with(self) -> None:
        (base,) = shipped_before("stage-manager")
        shipped = base.replace("Organises rehearsals", "Organizes rehearsals")
        assert likeliest_base(tomli.loads(base), [shipped, base]) == base
        assert likeliest_base(tomli.loads(shipped), [shipped, base]) == shipped

    def test_a_sheet_that_shares_but_names_with_another_is_no_copy(self) -> None:
        (base,) = shipped_before("stage-manager")
        names = [*re.findall(r'^(?:term|title|name) = "(.*)"$', base, re.MULTILINE)]
        own = {"id": "stage-manager", "terms": [{"id": str(n), "term": name} for n, name in enumerate(names)]}
        assert len(names) > 10
        assert (
            likeliest_base({**own, "source": "Our own words, all of them, and none of yours"}, [base]) is None
        )
        assert likeliest_base({"id": "stage-manager"}, [base]) is None
