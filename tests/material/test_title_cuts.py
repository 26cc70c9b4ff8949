"""Titles that were cut wrongly are split and joined, and no fact is lost by it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.material.edits import with_changes
from trainer.clean import clean_line
from trainer.errors import EditError
from trainer.material.edit import edit_sheet
from trainer.material.fields import changes_of, fields_at
from trainer.material.files import read_sheet, sheet_from, sheet_of
from trainer.material.page import mend
from trainer.material.page.found import Found, FoundText
from trainer.material.title_cuts import join_titles, parted, split_title

from .edits import HOSTILE, RELAXED, TITLES, written


class TestCuts:
    def test_one_title_becomes_three(self, tmp_path: Path) -> None:
        path = written(tmp_path, TITLES)
        parts = ["Deputy Stage Manager", "Technical", " Stage  Manager "]
        sheet = edit_sheet(path, split_title(read_sheet(path), "deputy", parts))
        assert [title.id for title in sheet.titles] == [
            "deputy",
            "technical-2",
            "stage-manager",
            "technical",
            "theater-professional",
        ]
        assert sheet.titles[0].why == "why", "what was said of it stays with the first"
        assert (sheet.titles[1].search, sheet.titles[1].why) == (sheet.titles[0].search, None)
        new = "".join(
            f'\n[[titles]]\nid = "{id_}"\ntitle = "{title}"\nsearch = "filter"\nrelation = "same"\n'
            for id_, title in (("technical-2", "Technical"), ("stage-manager", "Stage Manager"))
        )
        expected = TITLES.replace("Deputy Stage Manager Stage Management Assistant", "Deputy Stage Manager")
        assert path.read_text("utf-8") == expected.replace("# a note\n", f"# a note\n{new}")

    def test_two_titles_become_one_and_the_comments_behind_them_stay(self, tmp_path: Path) -> None:
        path = written(tmp_path, TITLES)
        sheet = edit_sheet(path, join_titles(read_sheet(path), "technical"))
        assert [(title.id, title.title) for title in sheet.titles[1:]] == [
            ("technical", "Technical Theater Professional")
        ]
        gone = TITLES[TITLES.index('\n[[titles]]\nid = "theater') : TITLES.index("\n# ------")]
        expected = TITLES.replace(gone, "").replace('"Technical"', '"Technical Theater Professional"')
        assert path.read_text("utf-8") == expected

    def test_a_comment_above_the_title_that_is_joined_away_stays(self, tmp_path: Path) -> None:
        comment = '# Cut off by the page\n[[titles]]\nid = "theater'
        path = written(tmp_path, TITLES.replace('[[titles]]\nid = "theater', comment))
        edit_sheet(path, join_titles(read_sheet(path), "technical"))
        lines = path.read_text("utf-8").splitlines()
        place = lines.index("# Cut off by the page")
        assert lines[place - 1 : place + 3] == ["", "# Cut off by the page", "", "# ------"]

    def test_by_fields(self, tmp_path: Path) -> None:
        path = written(tmp_path, TITLES)
        sheet = read_sheet(path)
        fields = fields_at(sheet, ("titles", "technical"))
        assert [field.label for field in fields] == [
            "Title",
            "Why",
            "Join with the title before: Deputy Stage Manager Stage Management Assistant",
            "Join with the title behind: Theater Professional",
        ]
        values = [field.value for field in fields]
        both = [*values[:2], True, True]
        with pytest.raises(EditError, match="Joining goes alone"):
            changes_of(sheet, fields, both)
        with pytest.raises(EditError, match="Joining goes alone"):
            changes_of(sheet, fields, ["Other", "", False, True])
        joined = edit_sheet(path, changes_of(sheet, fields, [*values[:2], False, True]))
        assert [title.id for title in joined.titles] == ["deputy", "technical"]
        fields = fields_at(joined, ("titles", "technical"))
        split = edit_sheet(
            path, changes_of(joined, fields, ["Technical | Theater Professional |", "", False])
        )
        assert split.titles == sheet.titles

    def test_what_is_said_of_a_title_is_never_joined_away(self) -> None:
        sheet = sheet_of(TITLES.replace('"Theater Professional"', '"T"\nwhy = "w"').encode(), Path())
        labels = [field.label for field in fields_at(sheet, ("titles", "technical"))]
        assert not any("behind" in label for label in labels)
        labels = [field.label for field in fields_at(sheet, ("titles", "deputy"))]
        assert labels[-1] == "Join with the title behind: Technical"

    def test_a_title_of_signs_alone_is_refused(self) -> None:
        sheet = sheet_of(TITLES.encode(), Path())
        fields = fields_at(sheet, ("titles", "deputy"))
        values = [field.value for field in fields]
        with pytest.raises(EditError, match="Title: write something here"):
            changes_of(sheet, fields, [" | | ", *values[1:]])

    @given(
        texts=st.lists(HOSTILE.map(clean_line).filter(bool), min_size=2, max_size=2), words=st.integers(-1, 9)
    )
    @RELAXED
    def test_a_title_is_joined_and_split_alike_in_a_sheet_and_on_a_page(
        self, texts: list[str], words: int
    ) -> None:
        found = Found(text="", titles=tuple(FoundText(text, 1) for text in texts))
        raw = {"format": 1, "id": "s", "name": "S"}
        titles = [{"id": f"t{place}", "title": text} for place, text in enumerate(texts)]
        sheet = sheet_from({**raw, "titles": titles}, "s")
        joined = mend.join(found, "titles", 0)
        sheet = with_changes(sheet, join_titles(sheet, "t0"))
        assert [title.title for title in sheet.titles] == [item.text for item in joined.titles]
        text = joined.titles[0].text
        split = with_changes(sheet, split_title(sheet, "t0", parted(text, words)))
        assert [title.title for title in split.titles] == [
            item.text for item in mend.split(joined, "titles", 0, words).titles
        ]

    @given(parts=st.lists(HOSTILE.filter(lambda text: bool(clean_line(text))), min_size=1, max_size=4))
    @RELAXED
    def test_any_parts_make_a_sheet_that_can_be_read(self, parts: list[str]) -> None:
        sheet = sheet_of(TITLES.encode(), Path())
        split = with_changes(sheet, split_title(sheet, "deputy", parts))
        titles = [clean_line(part) for part in parts]
        assert [title.title for title in split.titles[: len(parts)]] == titles
        assert split.titles[0].id == "deputy"
        with TemporaryDirectory() as folder:
            path = written(Path(folder), TITLES)
            assert edit_sheet(path, split_title(sheet, "deputy", parts)) == split
