"""Naming a file: what is typed, pasted or dropped, and what is offered."""

import os
from pathlib import Path

import pytest

from tests.material.pages import FULL
from trainer.app.importing.page_files import MOST, files_like, where_files_lie
from trainer.app.kit.typed_path import path_of
from trainer.errors import PageError

LIST = "Gel – a sheet of colour\nBoom – a pole for lamps\nGobo – a shape in the light\n"


class TestPath:
    def test_as_it_is_typed_pasted_or_dropped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        page = tmp_path / "my page.txt"
        page.write_text("x", encoding="utf-8")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        for typed in (
            str(page),
            f" {page} ",
            f"'{page}'",
            f'"{page}"',
            "~/my page.txt",
            "my page.txt",
            f"file://{str(page).replace(' ', '%20')}",
        ):
            assert path_of(typed) == page, typed

    def test_standard_input_is_a_file_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert path_of("-") == tmp_path / "-"

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("", "No file is named"),
            ("''", "No file is named"),
            ("~nobody-of-this-name/x", "can't be the name of a file"),
            ("x\0y", "can't be the name of a file"),
            ("file:///tmp/x%00y", "can't be the name of a file"),
            ("y" * 5000, "can't be the name of a file"),
            (".", "a folder"),
        ],
    )
    def test_what_can_t_be_a_file(self, typed: str, told: str) -> None:
        with pytest.raises(PageError, match=told):
            path_of(typed)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
    def test_a_pipe_would_wait_for_ever(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(PageError, match="no ordinary file"):
            path_of(str(tmp_path / "pipe"))


def test_without_a_home_or_in_a_folder_that_is_gone_nothing_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    def unknown() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "cwd", gone)
    assert where_files_lie()[1] == Path.home()
    monkeypatch.setattr(Path, "home", unknown)
    assert files_like("", *where_files_lie()) == []
    assert files_like("p", *where_files_lie()) == []


class TestOffers:
    @pytest.fixture
    def here(self, tmp_path: Path) -> Path:
        here = tmp_path / "here"
        for folder in (here / "pages", here / ".git", tmp_path / "Downloads"):
            folder.mkdir(parents=True)
        for age, name in enumerate(("here/old.txt", "here/new.HTML", "here/tool.py", "Downloads/page.htm")):
            (tmp_path / name).write_text(LIST, encoding="utf-8")
            os.utime(tmp_path / name, (1000 + age, 1000 + age))
        (here / "pages" / "Prop.txt").write_text("x", encoding="utf-8")
        return here

    def test_the_newest_that_lie_about(self, here: Path) -> None:
        found = files_like("", here, here.parent)
        assert [(file.name, file.where) for file in found] == [
            ("page.htm", str(here.parent / "Downloads")),
            ("new.HTML", str(here)),
            ("old.txt", str(here)),
        ]
        assert path_of(found[0].path).is_file()

    def test_only_what_reads_like_a_page_or_a_list(self, here: Path) -> None:
        (here / "README.md").write_text("# Tool\n\nRun it. It has options: many.\n", encoding="utf-8")
        (here / "notes.txt").write_text("x", encoding="utf-8")
        (here / "page.txt").write_text(FULL, encoding="utf-8")
        (here / "table.xlsx").write_bytes(b"not looked into")
        (here / "large.txt").write_text("x" * 400_000, encoding="utf-8")
        names = {file.name for file in files_like("", here, here)}
        assert names == {"page.txt", "table.xlsx", "new.HTML", "old.txt"}

    def test_what_goes_on_as_it_was_begun(self, here: Path) -> None:
        assert [(file.path, file.is_folder) for file in files_like("p", here, here)] == [("pages/", True)]
        assert [file.path for file in files_like("pages/p", here, here)] == ["pages/Prop.txt"]
        assert [file.path for file in files_like(f"{here}/o", here, here)] == [f"{here}/old.txt"]
        assert files_like("old.txt", here, here) == [], "it is named already"

    @pytest.mark.parametrize("typed", ["nowhere/x", "~nobody-of-this-name/x", "a\0b/c", "y" * 5000 + "/"])
    def test_nothing_there(self, here: Path, typed: str) -> None:
        assert files_like(typed, here, here) == []

    def test_not_too_many(self, here: Path) -> None:
        for number in range(MOST + 5):
            (here / f"{number}.txt").write_text(LIST, encoding="utf-8")
        assert len(files_like("", here, here)) == MOST
        assert len(files_like(f"{here}/", here, here)) == MOST
