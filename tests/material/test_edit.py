"""An edit changes a text and nothing else in a sheet's file."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.clean import clean_line, clean_text
from trainer.material.changes import Put, Way, apply, find, raw_of
from trainer.material.edit import edit_sheet
from trainer.material.fields import Field, Kind, changes_of, fields_at
from trainer.material.files import read_sheet, sheet_of
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import shipped_decks

from .edits import HOSTILE, LISTS, ODD, PROPS, RELAXED, put, written
from .sheets import DESIGN, HEAD

SHEETS = {
    "design": DESIGN,
    "odd": ODD,
    **{path.stem: path.read_text("utf-8") for path in shipped_decks().glob("*.toml")},
}


def item_ways(sheet: Sheet) -> Iterator[Way]:
    """Yield the way to every item of a sheet."""
    for section in (
        "terms",
        "contrasts",
        "titles",
        "levels",
        "unclear",
        "questions",
        "red_flags",
        "examples",
    ):
        yield from ((section, item.id) for item in getattr(sheet, section))
    for level, indicator in sheet.indicators():
        yield "levels", level.id, "indicators", indicator.id
    for question in sheet.questions:
        yield from (("questions", question.id, "points", point.id) for point in question.points)


def texts_of(sheet: Sheet) -> list[Field]:
    """Return every text of a sheet that can be edited and is there."""
    fields = [field for way in item_ways(sheet) for field in fields_at(sheet, way)]
    return [field for field in fields if isinstance(field.value, str) and field.value]


TEXTS = {name: texts_of(sheet_of(text.encode(), Path(name))) for name, text in SHEETS.items()}


class TestOneText:
    @pytest.mark.slow
    @given(name=st.sampled_from(sorted(SHEETS)), pick=st.integers(0, 10_000), typed=HOSTILE)
    @example(name="design", pick=0, typed='"""\\')
    @RELAXED
    def test_it_is_the_new_one_and_all_else_is_as_it_was(self, name: str, pick: int, typed: str) -> None:
        field = TEXTS[name][pick % len(TEXTS[name])]
        assert isinstance(field.value, str)
        wanted = clean_text(typed).strip() if field.kind is Kind.TEXT else clean_line(typed)
        if not wanted or "|" in wanted:
            return
        with TemporaryDirectory() as folder:
            path = written(Path(folder), SHEETS[name])
            before = read_sheet(path)
            changes = changes_of(before, [field], [typed])
            after = edit_sheet(path, changes)
            text = path.read_bytes().decode()
        assert sheet_of(text.encode(), path) == after
        present = find(raw_of(after), field.way)
        kept_id = field.id and wanted != field.value
        assert present == ({"id": field.id, "text": wanted} if kept_id else wanted)
        assert apply(raw_of(after), put(field.way, present, field.value)) == raw_of(before)
        only_one_string_differs(SHEETS[name], without_id(text, field.id) if kept_id else text)

    @pytest.mark.parametrize("name", ["design", "odd"])
    def test_each_text_of_a_layout_by_itself(self, tmp_path: Path, name: str) -> None:
        for field in TEXTS[name]:
            path = written(tmp_path, SHEETS[name])
            sheet = edit_sheet(path, put(field.way, field.value, 'new "one" \\ # 😀'))
            assert find(raw_of(sheet), field.way) == 'new "one" \\ # 😀'
            only_one_string_differs(SHEETS[name], path.read_text("utf-8"))

    @pytest.mark.slow
    def test_every_text_of_every_sheet_can_be_edited(self, tmp_path: Path) -> None:
        for name, text in SHEETS.items():
            path = written(tmp_path, text)
            sheet = read_sheet(path)
            values = [f"{field.value}." for field in TEXTS[name]]
            edited = edit_sheet(path, changes_of(sheet, TEXTS[name], values))
            assert [field.value for field in texts_of(edited)] == values
            assert path.read_text("utf-8").count("#") == text.count("#")

    def test_nothing_typed_is_nothing_changed(self) -> None:
        for name, fields in TEXTS.items():
            sheet = sheet_of(SHEETS[name].encode(), Path(name))
            assert changes_of(sheet, fields, [field.value for field in fields]) == []

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_windows_files_stay_windows_files(self, tmp_path: Path, end: str, mark: bytes) -> None:
        data = mark + DESIGN.replace("\n", end).encode()
        path = written(tmp_path, data)
        edit_sheet(
            path, [Put(("terms", "asm", "term"), "ASM", "SM"), Put(("terms", "asm", "source"), None, "s")]
        )
        expected = data.replace(b'term = "ASM"', b'term = "SM"')
        notes = f'notes = [{{ region = "UK", text = "…" }}]{end}'.encode()
        assert path.read_bytes() == expected.replace(notes, notes + f'source = "s"{end}'.encode(), 1)

    def test_a_link_stays_a_link_and_the_rights_of_the_file_stay(self, tmp_path: Path) -> None:
        shared = written(tmp_path, DESIGN, "shared.toml")
        shared.chmod(0o640)
        link = tmp_path / "link.toml"
        link.symlink_to(shared)
        edit_sheet(link, put(("terms", "asm", "term"), "ASM", "SM"))
        assert link.is_symlink()
        assert read_sheet(shared).terms[0].term == "SM"
        assert stat.S_IMODE(shared.stat().st_mode) == 0o640

    def test_a_file_without_a_final_newline(self, tmp_path: Path) -> None:
        path = written(tmp_path, HEAD + '[[terms]]\nid = "a"\nterm = "A"\nmeaning = "m"')
        edit_sheet(path, put(("terms", "a", "signal"), None, "s"))
        assert path.read_text("utf-8").endswith('meaning = "m"\nsignal = "s"')


_PIECE = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[^"'\#]+""", re.DOTALL
)


def pieces(text: str) -> list[str]:
    """Return a TOML text cut into strings, comments and what stands between them."""
    found = _PIECE.findall(text)
    assert "".join(found) == text
    return found


def without_id(text: str, id_: str) -> str:
    """Return a TOML text with a résumé line that keeps its id written as a text alone."""
    before, start, line = text.partition(f'{{id = "{id_}", text = ')
    assert start
    words = _PIECE.match(line)
    assert words
    assert line[words.end()] == "}"
    return f"{before}{words[0]}{line[words.end() + 1 :]}"


def only_one_string_differs(before: str, after: str) -> None:
    old, new = pieces(before), pieces(after)
    assert len(old) == len(new)
    changed = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
    assert len(changed) <= 1
    assert all(was[0] in "\"'" and now[0] == '"' for was, now in changed)


class TestKeysAndLists:
    def test_an_entry_is_changed_taken_out_and_added(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        edit_sheet(
            path,
            [
                Put((*PROPS, "variants", 3), None, "four"),
                Put((*PROPS, "variants", 0), "one", None),
                Put((*PROPS, "variants", 1), "two", "zwei"),
            ],
        )
        assert path.read_text("utf-8") == LISTS.replace('    "one",  # first\n', "").replace(
            '"two"', '"zwei"'
        ).replace('    "three",\n', '    "three",\n    "four",\n')

    def test_all_entries_can_go_and_one_can_come_to_none(self, tmp_path: Path) -> None:
        path = written(tmp_path, LISTS)
        sheet = read_sheet(path)
        fields = fields_at(sheet, PROPS)
        emptied = ["" if field.label[-1].isdigit() else field.value for field in fields]
        sheet = edit_sheet(path, changes_of(sheet, fields, emptied))
        assert sheet.levels[0].indicators[0].variants == ()
        fields = fields_at(sheet, PROPS)
        filled = ["first" if field.label == "Résumé line, none yet" else field.value for field in fields]
        assert edit_sheet(path, changes_of(sheet, fields, filled)).levels[0].indicators[0].variants == (
            "first",
        )

    def test_a_new_key_stands_with_the_others_and_comments_stay_with_what_follows(
        self, tmp_path: Path
    ) -> None:
        path = written(tmp_path, LISTS)
        edit_sheet(path, [Put((*PROPS, "why"), None, "w"), Put((*PROPS, "cues", 0), None, "one")])
        assert path.read_text("utf-8") == LISTS.replace(
            "\n]\n\n# Said", '\n]\nwhy = "w"\ncues = ["one"]\n\n# Said'
        )

    def test_a_key_that_is_emptied_goes(self, tmp_path: Path) -> None:
        path = written(tmp_path, DESIGN)
        edit_sheet(path, put(("terms", "asm", "signal"), "…", None))
        lines = DESIGN.splitlines(keepends=True)
        gone = next(i for i, line in enumerate(lines) if line.startswith("signal"))
        assert path.read_text("utf-8") == "".join(lines[:gone] + lines[gone + 1 :])

    def test_a_draft_is_confirmed(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, DESIGN.replace('id = "calm"\n', 'id = "calm"\ndraft = true  # by the import\n')
        )
        sheet = read_sheet(path)
        fields = fields_at(sheet, ("questions", "conflicting-requests", "points", "calm"))
        values = [False if field.kind is Kind.TICK else field.value for field in fields]
        assert not edit_sheet(path, changes_of(sheet, fields, values)).questions[0].points[0].draft
        assert path.read_text("utf-8") == DESIGN

    def test_only_a_draft_has_a_tick(self) -> None:
        sheet = sheet_of(DESIGN.encode(), Path())
        fields = fields_at(sheet, ("questions", "conflicting-requests", "points", "calm"))
        assert Kind.TICK not in {field.kind for field in fields}

    def test_conclusions_with_a_reason_and_without(self, tmp_path: Path) -> None:
        text = HEAD + (
            '[[examples]]\nid = "x"\ntext = "t"\ndoes_not = [\n'
            '    { text = "boss",  why = "no" },   # said of many\n    "bare",\n]\n'
        )
        path = written(tmp_path, text)
        sheet = read_sheet(path)
        fields = fields_at(sheet, ("examples", "x"))
        assert [field.label for field in fields[1:]] == [
            "You may conclude, none yet",
            "You may not conclude 1",
            "Why 1",
            "You may not conclude 2",
            "You may not conclude, one more",
        ]
        edit_sheet(path, changes_of(sheet, fields, ["t", "yes", "boss", "NO", "", "more"]))
        assert path.read_text("utf-8") == text.replace('"no"', '"NO"').replace('"bare"', '"more"') + (
            'concludes = ["yes"]\n'
        )
