"""A section is stated once, in the schema: all that reads, merges or writes sheets knows it from there."""

from msgspec import structs

from trainer.material.align import align
from trainer.material.changes import in_words
from trainer.material.fields import fields_at
from trainer.material.merge import merge
from trainer.material.sections import KINDS, LISTS, ONE_OF, TEXT_KEYS, stated
from trainer.material.sheet import Contrast, ContrastLine, Sheet
from trainer.material.toml_items import new_file

LINE = ContrastLine(id="l", text="PA on a panto", means="a", why="The panto tells.")
WORD = Contrast(
    id="pa", word="PA", sides={"a": "An assistant", "b": "A sound system"}, difference="Ask.", lines=(LINE,)
)
SHEET = Sheet(format=1, id="s", name="S", contrasts=(WORD,))


def test_every_list_of_items_in_the_schema_is_a_section() -> None:
    fields = {name for name in Sheet.__struct_fields__ if isinstance(getattr(SHEET, name), tuple)}
    assert set(LISTS[""]) == fields - {"job_titles", "same_words"}
    assert LISTS["questions"] == ("points", "answers")
    assert set(KINDS) == set(ONE_OF) == set(TEXT_KEYS)
    for section, kind in KINDS.items():
        assert kind.__struct_fields__[0] == "id", section
        assert TEXT_KEYS[section] in kind.__struct_encode_fields__
        assert in_words((section, "x")) == f'{ONE_OF[section]} "x"'


def test_what_is_in_a_section_may_be_edited() -> None:
    assert fields_at(SHEET, ("contrasts", "pa"))[0].value == "PA"


def test_a_section_that_no_page_fills_yet_is_aligned_merged_and_written() -> None:
    known = structs.replace(SHEET, contrasts=(structs.replace(WORD, id="old"),))
    assert [item.id for item in align(SHEET, known).contrasts] == ["old"]
    bare = structs.replace(SHEET, contrasts=())
    assert [str(each) for each in merge(bare, bare, SHEET)] == ["+ contrast: PA"]
    more = structs.replace(LINE, id="m", text="PA at a rock festival", means="b")
    longer = structs.replace(SHEET, contrasts=(structs.replace(WORD, lines=(LINE, more)),))
    assert [str(each) for each in merge(SHEET, SHEET, longer)] == ["+ line: PA at a rock festival"]
    assert "[[contrasts.lines]]" in new_file(SHEET, (), {})


def test_only_what_is_said_counts_as_said() -> None:
    assert [key for key, _ in stated(SHEET)] == ["format", "id", "name", "contrasts"]
