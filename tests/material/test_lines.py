"""A résumé line that is mended keeps its id, by which the record knows it, through edits and imports."""

import random
from pathlib import Path

import pytest

from trainer.errors import ChangedMeanwhileError, SheetError
from trainer.home import Home
from trainer.material.changes import Way, raw_of
from trainer.material.copies.three_way import Merged, merge_sheets
from trainer.material.differences import Raw
from trainer.material.edit import edit_sheet
from trainer.material.fields import Field, changes_of, fields_at
from trainer.material.files import read_sheet, sheet_from
from trainer.material.ids import hash_of
from trainer.material.importing import plan_import, save
from trainer.material.page.reading import read_page
from trainer.material.sheet import Indicator, ResumeLine, Sheet

from .edits import LISTS, PROPS, written
from .pages import FULL, changed
from .sheets import HEAD, complaint, read

ONE, TWO, THREE = map(hash_of, ("one", "two", "three"))
TABLES = (
    HEAD
    + """
[[levels]]
id = "junior"
name = "Junior"

[[levels.indicators]]
id = "props"
text = "Props"

[[levels.indicators.variants]]  # the first
id = "a"
text = "one"

[[levels.indicators.variants]]
id = "b"
text = "two"  # the second
"""
)


def props(sheet: Sheet) -> Indicator:
    return sheet.levels[0].indicators[0]


def mend(path: Path, way: Way = PROPS, **texts: str) -> Sheet:
    """Edit texts by the names of their fields, without what parts words."""
    sheet = read_sheet(path)
    fields = fields_at(sheet, way)
    names = ["".join(filter(str.isalnum, field.label)) for field in fields]
    assert texts.keys() <= set(names), names
    values = [texts.get(name, field.value) for name, field in zip(names, fields, strict=True)]
    return edit_sheet(path, changes_of(sheet, fields, values))


def with_variants(folder: Path, variants: str) -> str:
    return complaint(
        folder, LISTS.replace(LISTS[LISTS.index("[\n    ") : LISTS.index("]\n\n# Said") + 1], variants)
    )


class TestSchema:
    def test_a_text_is_known_by_its_hash_and_a_line_by_its_id(self, tmp_path: Path) -> None:
        sheet = read(tmp_path, LISTS.replace('"two"', '{ id = "second", text = "two" }'))
        assert [(line.id, line.text) for line in props(sheet).lines] == [
            (ONE, "one"),
            ("second", "two"),
            (THREE, "three"),
        ]
        assert props(sheet).variants == ("one", ResumeLine(id="second", text="two"), "three")
        assert raw_of(sheet)["levels"][0]["indicators"][0]["variants"][0] == "one"

    def test_a_sheet_of_before_opens_also_where_a_line_stands_twice(self, tmp_path: Path) -> None:
        sheet = read(tmp_path, LISTS.replace('"two"', '"one"'))
        assert [line.id for line in props(sheet).lines] == [ONE, ONE, THREE]

    @pytest.mark.parametrize(
        ("variants", "said"),
        [
            ('[{ id = "a", text = "x" }, { id = "a", text = "y" }]', 'variant "a": the id stands 2 times.'),
            (f'["one", {{ id = "{ONE}", text = "x" }}]', f'variant "{ONE}": the id stands 2 times.'),
            (f'["one", "one", {{ id = "{ONE}", text = "x" }}]', f'variant "{ONE}": the id stands 2 times.'),
            ('[{ id = "a" }]', '› variants 1: the key "text" is missing. Add it.'),
            ('[{ text = "a" }]', '› variants 1: the key "id" is missing. Add it.'),
            ('["a", { id = "b", text = "" }]', "› variants 2 › text"),
            ('[{ id = "No id", text = "a" }]', "an id has lower-case letters"),
            ('[{ id = "a", txt = "a" }]', 'unknown key "txt". Did you mean "text"?'),
            ("[3]", "› variants 1"),
        ],
    )
    def test_what_is_wrong_with_a_line_is_told_with_its_place(
        self, tmp_path: Path, variants: str, said: str
    ) -> None:
        told = with_variants(tmp_path, variants)
        assert told.startswith('level "junior" › indicator "props" › ')
        assert said in told


class TestEditing:
    def test_a_mended_line_keeps_its_id_however_often(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        assert props(mend(path, Résuméline2="two!")).lines[1] == ResumeLine(id=TWO, text="two!")
        assert path.read_text("utf-8") == LISTS.replace('"two"', f'{{id = "{TWO}", text = "two!"}}')
        path.write_text(path.read_text("utf-8").replace("{id", "{  id"), encoding="utf-8")
        assert props(mend(path, Résuméline2='two "?"')).lines[1] == ResumeLine(id=TWO, text='two "?"')
        assert path.read_text("utf-8") == LISTS.replace('"two"', f'{{  id = "{TWO}", text = "two \\"?\\""}}')

    def test_lines_come_and_go_beside_it(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        mend(path, Résuméline2="zwei")
        sheet = mend(path, Résuméline1="", Résuméline2="dos", Résumélineonemore="four")
        assert [line.text for line in props(sheet).lines] == ["dos", "three", "four"]
        assert [line.id for line in props(sheet).lines] == [TWO, THREE, hash_of("four")]
        assert [line.text for line in props(mend(path, Résuméline1="")).lines] == ["three", "four"]

    def test_a_new_line_is_never_taken_for_one_that_had_its_words(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        sheet = mend(path, Résuméline2="zwei", Résumélineonemore="two")
        assert props(sheet).lines[1:] == (
            ResumeLine(id=TWO, text="zwei"),
            ResumeLine(id=THREE, text="three"),
            ResumeLine(id=f"{TWO}-2", text="two"),
        )

    def test_lines_that_stand_in_tables(self, tmp_path: Path) -> None:
        path = written(tmp_path, TABLES)
        assert props(mend(path, Résuméline2="zwei")).lines[1] == ResumeLine(id="b", text="zwei")
        assert path.read_text("utf-8") == TABLES.replace('"two"', '"zwei"')

    def test_an_unclear_line_keeps_its_id_too(self, tmp_path: Path) -> None:
        path = written(tmp_path, f'{HEAD}\n[[unclear]]\nid = "u"\ntext = "one"  # odd\nwhy = "w"\n')
        for text in ("uno", "eins"):
            assert mend(path, ("unclear", "u"), Résuméline=text).unclear[0].lines == (
                ResumeLine(id=ONE, text=text),
            )
            assert f'text = {{id = "{ONE}", text = "{text}"}}  # odd' in path.read_text("utf-8")

    def test_more_lines_of_an_unclear_one_are_edited_as_those_of_an_indicator(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, f'{HEAD}\n[[unclear]]\nid = "u"\ntext = "one"\nvariants = ["two"]\nwhy = "w"\n'
        )
        sheet = mend(path, ("unclear", "u"), Anotherline1="zwei", Anotherlineonemore="three")
        lines = (
            ResumeLine(id=ONE, text="one"),
            ResumeLine(id=TWO, text="zwei"),
            ResumeLine(id=THREE, text="three"),
        )
        assert sheet.unclear[0].lines == lines
        sheet = mend(path, ("unclear", "u"), Résuméline="uno", Anotherline1="", Anotherlineonemore="one")
        assert [line.text for line in sheet.unclear[0].lines] == ["uno", "three", "one"]
        assert len({line.id for line in sheet.unclear[0].lines}) == 3

    def test_a_line_that_was_mended_meanwhile_is_told_and_can_be_written_over(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        opened = read_sheet(path)
        fields = fields_at(opened, PROPS)
        place = [field.label for field in fields].index("Résumé line 2")
        values = [
            *(field.value for field in fields[:place]),
            "due",
            *(field.value for field in fields[place + 1 :]),
        ]
        mend(path, Résuméline2="zwei")
        with pytest.raises(ChangedMeanwhileError, match="variants 2 is now “zwei”") as caught:
            edit_sheet(path, changes_of(opened, fields, values))
        known = [
            field.knowing(caught.value.present[field.way]) if field.way in caught.value.present else field
            for field in fields
        ]
        sheet = edit_sheet(path, changes_of(opened, known, values))
        assert props(sheet).variants == ("one", ResumeLine(id=TWO, text="due"), "three")

    def test_who_writes_over_a_line_that_was_mended_meanwhile_keeps_its_id(self) -> None:
        field = Field(way=(*PROPS, "variants", 0), label="", value="one", id=ONE)
        now = field.knowing({"id": "other", "text": "uno"})
        assert (now.value, now.id, now.entry) == ("uno", "other", {"id": "other", "text": "uno"})
        again = now.knowing("eins")
        assert (again.value, again.id, again.entry) == ("eins", "other", None)


def levels(*variants: str | Raw) -> Raw:
    props = {"id": "props", "text": "Props", "variants": list(variants)}
    return {"id": "s", "levels": [{"id": "junior", "name": "Junior", "indicators": [props]}]}


def is_sound(sheet: Raw) -> bool:
    try:
        sheet_from({"format": 1, "name": "S", **sheet}, "s")
    except SheetError:
        return False
    return True


def line(text: str, was: str = "") -> Raw:
    return {"id": hash_of(was or text), "text": text}


A, B, C = "Set 40 props from the list", "Called sixty shows", "Swept the stage before each show"


class TestCopies:
    @pytest.mark.parametrize(
        ("mine", "shipped", "wanted"),
        [
            ([line("Set 41", A), B], [A, B, C], [line("Set 41", A), B, C]),
            ([A, B], [line("Set 41", A), B], [line("Set 41", A), B]),
            ([line("Set 41", A), B], [B, A], [B, line("Set 41", A)]),
            ([line("Set 41", A), B], ["Set 41", B], [line("Set 41", A), B]),
            (
                ["Set 41 props from the list", B],
                [line("Set 41 props from the list", A), B],
                [line("Set 41 props from the list", A), B],
            ),
            ([line("My own words", A), B], [B], None),
            ([A, B, C], [A, B, line(C)], [A, B, line(C)]),
            ([A, B, line("Mopped it", C)], [A, B, C], None),
            ([B], [line("Set 41", A), B], [B]),
        ],
    )
    def test_a_line_is_the_same_by_its_id_whatever_it_says(
        self, mine: list[str | Raw], shipped: list[str | Raw], wanted: list[str | Raw] | None
    ) -> None:
        found = merge_sheets(levels(A, B), levels(*mine), levels(*shipped), {})
        if wanted is None:
            assert len(found.told) == 1
        else:
            assert found == Merged(levels(*wanted), ())

    def test_no_two_lines_have_one_id_afterwards(self) -> None:
        base, mine = levels(A, B, C), levels(B, B, "Called seventy shows")
        found = merge_sheets(base, mine, levels(line(A, B), A, C), {}).sheet
        merged = found["levels"][0]["indicators"][0]["variants"]
        sheet = sheet_from({"format": 1, "name": "S", **found}, "s")
        assert len({each.id for each in props(sheet).lines}) == len(merged)
        assert {"id": f"{hash_of(B)}-2", "text": B} in merged, "no line is lost by it"

    def test_whatever_was_mended_on_both_sides_the_sheet_is_sound(self) -> None:
        words = [A, B, C, "Set 41 props from the list", "Called seventy shows", "Mopped the stage"]
        for seed in range(1000):
            chance = random.Random(seed)

            def edited(lines: list[str], chance: random.Random = chance) -> list[str | Raw]:
                now: list[str | Raw] = []
                for each in lines:
                    other = chance.choice(words)
                    now += [chance.choice([each, other]) if chance.random() < 0.6 else line(other, each)]
                chance.shuffle(now)
                return now[: chance.randint(1, len(now))]

            base = chance.sample(words, 4)
            sides = [levels(*base), levels(*edited(base)), levels(*edited(base))]
            if all(is_sound(side) for side in sides):
                assert is_sound(merge_sheets(sides[0], sides[1], sides[2], {}).sheet), seed

    def test_where_both_mended_a_line_the_learners_words_stand_and_it_is_told(self) -> None:
        found = merge_sheets(levels(A), levels(line("Mine", A)), levels(line("Shipped", A)), {})
        assert found.sheet == levels(line("Mine", A))
        [told] = found.told
        assert (told.way, told.yours, told.shipped) == (
            ("levels", "junior", "indicators", "props", "variants", 0, "text"),
            "Mine",
            "Shipped",
        )

    def test_what_was_corrected_for_law_takes_the_place_of_a_mended_line(self) -> None:
        long = "We had to replace her in week two, she was expecting"
        way: Way = ("levels", "junior", "indicators", "props", "variants")
        mine = levels(line(f"{long}!", long), B)
        found = merge_sheets(levels(long, B), mine, levels("Somebody left in week two", B), {way: "for law"})
        assert "expecting" not in str(found.sheet)
        found = merge_sheets(levels(long, B), mine, levels(B), {way: "for law"})
        assert found.sheet == levels(B)


def test_an_import_leaves_a_mended_line_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    path = save(plan_import(read_page(FULL), home))
    way: Way = ("levels", "junior", "indicators", "tidy-shelves")
    mend(path, way, Résumélinenoneyet="Swpt the store")
    mended = mend(path, way, Résuméline1="Swept the store")
    save(plan_import(read_page(changed(FULL, ("Tidy shelves", "Tidy all shelves"))), home))
    [before] = [each for _, each in mended.indicators() if each.id == "tidy-shelves"]
    [after] = [each for _, each in read_sheet(path).indicators() if each.id == "tidy-shelves"]
    assert after.text == "Tidy all shelves"
    assert after.lines == before.lines == (ResumeLine(id=hash_of("Swpt the store"), text="Swept the store"),)
