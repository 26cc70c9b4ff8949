"""What can't be edited leaves the file as it was, and says why."""

from pathlib import Path

import pytest

from tests.progress.faults import FaultyOs, PowerCut
from trainer import disk as the_disk
from trainer.errors import ChangedMeanwhileError, EditError, SheetError
from trainer.material import rewrite
from trainer.material.changes import Change, Way
from trainer.material.edit import edit_sheet
from trainer.material.fields import changes_of, fields_at
from trainer.material.files import read_sheet, sheet_of
from trainer.material.title_cuts import join_titles, split_title

from .edits import LISTS, PROPS, TITLES, put, written
from .sheets import DESIGN, HEAD

INTERLEAVED = (
    HEAD
    + """[[terms]]
id = "a"
term = "A"
meaning = "m"
[[titles]]
id = "t"
title = "T"
search = "no"
relation = "same"
[[terms]]
id = "b"
term = "B"
meaning = "m"
"""
)


class TestRefused:
    def test_a_layout_that_would_not_survive(self, tmp_path: Path) -> None:
        path = written(tmp_path, INTERLEAVED)
        with pytest.raises(EditError) as caught:
            edit_sheet(path, put(("terms", "b", "meaning"), "m", "new"))
        assert str(caught.value).startswith(
            f'{path}, line 14: term "b" › meaning can\'t be changed from here'
        )
        assert "by hand" in str(caught.value)
        assert path.read_text("utf-8") == INTERLEAVED

    def test_the_line_is_that_of_the_item_and_not_of_its_namesake(self, tmp_path: Path) -> None:
        text = INTERLEAVED.replace('id = "t"', 'id = "b"')
        path = written(tmp_path, text)
        with pytest.raises(EditError, match=r"sheet\.toml, line 14: "):
            edit_sheet(path, put(("terms", "b", "meaning"), "m", "new"))

    def test_what_comes_out_is_read_once_more(self, tmp_path: Path) -> None:
        text = LISTS.replace('"Props"', '"Props"\nwhy_not.senior = "w"')
        path = written(tmp_path, text)
        with pytest.raises(EditError, match="by hand"):
            edit_sheet(path, put((*PROPS, "why_not", "junior"), None, "in a place that means something else"))
        assert path.read_text("utf-8") == text

    def test_titles_in_one_line_are_cut_by_hand(self, tmp_path: Path) -> None:
        text = HEAD + 'titles = [{ id = "a", title = "A B", search = "no", relation = "same" }]\n'
        path = written(tmp_path, text)
        with pytest.raises(EditError, match="by hand"):
            edit_sheet(path, split_title(read_sheet(path), "a", ["A", "B"]))
        assert path.read_text("utf-8") == text
        assert edit_sheet(path, put(("titles", "a", "title"), "A B", "A")).titles[0].title == "A"

    def test_another_text_stands_there_by_now(self, tmp_path: Path) -> None:
        path = written(tmp_path, DESIGN.replace('"ASM"', '"By hand [x]"'))
        with pytest.raises(ChangedMeanwhileError) as caught:
            edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
        assert 'term "asm" › term is now “By hand [x]”' in str(caught.value)
        assert caught.value.present == {("terms", "asm", "term"): "By hand [x]"}
        assert read_sheet(path).terms[0].term == "By hand [x]"

    def test_the_item_is_gone_by_now(self, tmp_path: Path) -> None:
        path = written(tmp_path, HEAD)
        with pytest.raises(EditError, match=r'term "asm" › term is another now'):
            edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
        with pytest.raises(EditError, match=r'term "asm": it is not there any more'):
            edit_sheet(path, put(("terms", "asm", "signal"), None, "s"))

    def test_what_was_changed_elsewhere_in_the_file_meanwhile_is_kept(self, tmp_path: Path) -> None:
        path = written(tmp_path, DESIGN.replace('name = "Junior"', 'name = "Beginner"  # by hand'))
        edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
        assert 'name = "Beginner"  # by hand' in path.read_text("utf-8")

    def test_a_title_that_was_enriched_meanwhile_is_not_dropped(self, tmp_path: Path) -> None:
        changes = join_titles(sheet_of(TITLES.encode(), Path()), "technical")
        text = TITLES.replace('"Theater Professional"', '"Theater Professional"\nwhy = "by hand"')
        path = written(tmp_path, text)
        with pytest.raises(ChangedMeanwhileError):
            edit_sheet(path, changes)
        assert path.read_text("utf-8") == text

    def test_the_file_changes_while_it_is_saved(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = written(tmp_path, DESIGN)

        def slow(text: str, changes: list[Change]) -> str | None:
            path.write_text(DESIGN + "# by hand\n", encoding="utf-8")
            return text.replace('"ASM"', '"SM"')

        monkeypatch.setattr(rewrite, "rewrite", slow)
        with pytest.raises(EditError, match="was changed while it was being saved"):
            edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
        assert path.read_text("utf-8") == DESIGN + "# by hand\n"
        assert list(tmp_path.iterdir()) == [path]

    def test_what_would_be_no_sheet_is_not_saved(self, tmp_path: Path) -> None:
        text = DESIGN.replace("raters = 0", 'words = { calm = "…" }\nraters = 0')
        path = written(tmp_path, text)
        way: Way = ("questions", "conflicting-requests", "answers", "weak", "text")
        with pytest.raises(SheetError, match="does not stand in the answer"):
            edit_sheet(path, put(way, "…", "other"))
        with pytest.raises(SheetError, match='term "asm": the key "meaning" is missing'):
            edit_sheet(path, put(("terms", "asm", "meaning"), "…", None))
        assert path.read_text("utf-8") == text

    @pytest.mark.parametrize("typed", ["", "  \n ", "\x1b[31m\x00", "\u202e"])
    def test_an_empty_text_where_one_is_needed(self, typed: str) -> None:
        sheet = sheet_of(DESIGN.encode(), Path())
        fields = fields_at(sheet, ("terms", "asm"))
        values = [typed if field.label == "Meaning" else field.value for field in fields]
        with pytest.raises(EditError, match="Meaning: write something here") as caught:
            changes_of(sheet, fields, values)
        assert getattr(caught.value, "position", None) == 2

    def test_a_text_that_is_too_long(self) -> None:
        sheet = sheet_of(DESIGN.encode(), Path())
        fields = fields_at(sheet, ("unclear", "none"))
        assert fields == ()
        fields = fields_at(sheet, ("terms", "asm"))
        with pytest.raises(EditError, match="5,001 characters are too long"):
            changes_of(sheet, fields[:1], ["x" * 5_001])


class TestDisk:
    @pytest.fixture
    def disk(self, monkeypatch: pytest.MonkeyPatch) -> FaultyOs:
        faulty = FaultyOs()
        monkeypatch.setattr(the_disk, "os", faulty)
        return faulty

    @pytest.mark.parametrize("step", ["open", "write", "replace"])
    def test_a_write_that_fails_leaves_the_file_as_it_was(
        self, tmp_path: Path, disk: FaultyOs, step: str
    ) -> None:
        path = written(tmp_path, DESIGN)
        disk.fail(step, written=0.5)
        with pytest.raises(EditError, match=r"sheet\.toml: can't be written \(No space left"):
            edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
        assert path.read_text("utf-8") == DESIGN
        assert list(tmp_path.iterdir()) == [path], "no half-written file is left"
        disk.mend()
        assert edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM")).terms[0].term == "SM"

    def test_the_file_is_on_the_disk_before_it_takes_its_place(self, tmp_path: Path, disk: FaultyOs) -> None:
        edit_sheet(written(tmp_path, DESIGN), put(("terms", "asm", "term"), "ASM", "SM"))
        names = [step.split()[0] for step in disk.steps]
        assert names == ["open", "write", "fsync", "chmod", "replace", "open", "fsync"]
        assert disk.steps[4].split()[1].endswith(".tmp")
        assert disk.steps[6] == f"fsync {tmp_path.name}"

    def test_at_every_instant_one_whole_sheet_stands_there(self, tmp_path: Path, disk: FaultyOs) -> None:
        seen = set()
        for step in range(7):
            path = written(tmp_path, DESIGN)
            disk.cut_power_at(step, written=0.5)
            with pytest.raises(PowerCut):
                edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"))
            disk.die()
            seen.add(read_sheet(path).terms[0].term)
        assert seen == {"ASM", "SM"}

    def test_a_copy_never_takes_the_place_of_a_file(self, tmp_path: Path) -> None:
        path, target = written(tmp_path, DESIGN), written(tmp_path, "mine", "mine.toml")
        with pytest.raises(EditError, match=r"mine\.toml: there is a file of this name already"):
            edit_sheet(path, put(("terms", "asm", "term"), "ASM", "SM"), target=target)
        assert target.read_text("utf-8") == "mine"

    def test_saving_once_more_after_the_disk_did_not_confirm(self, tmp_path: Path, disk: FaultyOs) -> None:
        path = written(tmp_path, DESIGN)
        changes = put(("terms", "asm", "term"), "ASM", "SM")
        sync = disk.fsync

        def unsure(descriptor: int) -> None:
            if disk._descriptors.get(descriptor) == tmp_path:
                raise OSError(5, "Input/output error")
            sync(descriptor)

        disk.__dict__["fsync"] = unsure
        with pytest.raises(EditError, match="has not confirmed it"):
            edit_sheet(path, changes)
        del disk.__dict__["fsync"]
        assert edit_sheet(path, changes).terms[0].term == "SM"
