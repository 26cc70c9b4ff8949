"""From a card to the texts behind it, and back with what was written."""

from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import right, shipped
from trainer.cards.editing import Draft, Saved, fields_of, open_draft
from trainer.cards.library import Library, load_library
from trainer.engine.engine import Engine
from trainer.errors import ChangedMeanwhileError, EditError, SheetError
from trainer.home import Home
from trainer.material import sheet_files
from trainer.material.changes import find, raw_of
from trainer.material.fields import Kind
from trainer.material.sheet_files import shipped_decks

ASM = "assistant-stage-manager"
CUE = """
format = 1
id = "mine"
name = "Mine"

[[terms]]  # the first
id = "cue"
term = "Cue"
meaning = "A signl."   # mend it
signal = "Ask who gave it."
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def with_own(home: Home, text: str = CUE, name: str = "mine.toml") -> Path:
    home.decks.mkdir(parents=True)
    path = home.decks / name
    path.write_text(text, encoding="utf-8")
    return path


def draft_of(home: Home, card: str) -> Draft:
    library = load_library(home)
    return open_draft(home, library, library.cards[card])


def save(draft: Draft, **texts: str) -> Saved:
    """Save texts by the names of their fields, with an underscore for a space."""
    values = [texts.get(field.label.replace(" ", "_"), field.value) for field in draft.fields]
    saved = draft.save(values)
    assert saved
    return saved


class TestFields:
    def test_every_card_has_fields_that_say_what_the_sheet_says(self) -> None:
        raw = {sheet.id: raw_of(sheet) for sheet in shipped().sheets.values()}
        for card in shipped().cards.values():
            fields = fields_of(card, card.sheet)
            assert fields, card.id
            assert fields[0].value, card.id
            assert all(field.label for field in fields), card.id
            texts = [field for field in fields if field.kind is not Kind.JOIN]
            for field in texts:
                assert (find(raw[card.sheet.id], field.way) or "") == field.value, (card.id, field.way)
            assert len({field.way for field in texts}) == len(texts), card.id

    @pytest.mark.parametrize(
        ("card", "labels"),
        [
            (
                "theatre-vocabulary/meanings/dsm",
                [
                    "Term",
                    "Stands for",
                    "Meaning",
                    "On a résumé",
                    "Fair hiring",
                    "Also called, none yet",
                    "Note, UK",
                    "Note, US",
                ],
            ),
            (f"{ASM}/synonyms/equity-deputy", ["Title", "Why", "Fair hiring"]),
            (f"{ASM}/synonyms/house-manager", ["Title", "Why"]),
            (
                f"{ASM}/answers/no-live-performance-experience",
                [
                    "Red flag",
                    "Looks like this 1",
                    "Looks like this 2",
                    "Looks like this, one more",
                    "Only looks like it 1",
                    "Only looks like it 2",
                    "Only looks like it, one more",
                    "Why",
                    "What to ask next",
                    "Fair hiring",
                ],
            ),
        ],
    )
    def test_which(self, card: str, labels: list[str]) -> None:
        found = shipped().cards[card]
        assert [field.label for field in fields_of(found, found.sheet)] == labels

    def test_a_point_brings_its_question_and_a_question_all_its_points(self) -> None:
        cards = shipped().cards
        point = next(card for card in cards.values() if card.deck == "answers" and card.aspect)
        labels = [field.label for field in fields_of(point, point.sheet)]
        assert (labels[0], labels.count("Point")) == ("Question", 1)
        whole = cards[point.family]
        asked = next(each for each in whole.sheet.questions if each.id == whole.item)
        labels = [field.label for field in fields_of(whole, whole.sheet)]
        assert (labels[0], labels.count("Point")) == ("Question", len(asked.points))

    def test_the_card_of_all_titles_brings_them_all(self) -> None:
        card = shipped().cards[f"{ASM}/synonyms/all.search"]
        labels = [field.label for field in fields_of(card, card.sheet)]
        assert labels.count("Title") == len(card.sheet.titles)


class TestOwnSheet:
    def test_it_is_edited_in_place(self, home: Home) -> None:
        path = with_own(home)
        draft = draft_of(home, "mine/meanings/cue")
        assert (draft.copies, draft.target) == (False, path)
        saved = save(draft, Meaning="A signal.")
        assert (saved.path, saved.copied) == (path, False)
        assert path.read_text("utf-8") == CUE.replace("A signl.", "A signal.")
        assert saved.library.sheets["mine"].terms[0].meaning == "A signal."
        assert saved.library.cards["mine/meanings/cue"].sheet is saved.library.sheets["mine"]

    def test_nothing_new_is_not_saved(self, home: Home) -> None:
        path = with_own(home)
        draft = draft_of(home, "mine/meanings/cue")
        before = path.stat()
        assert draft.save([field.value for field in draft.fields]) is None
        assert path.stat().st_mtime_ns == before.st_mtime_ns

    def test_it_opens_what_the_file_says_now(self, home: Home) -> None:
        path = with_own(home)
        library = load_library(home)
        path.write_text(CUE.replace("signl", "sign"), encoding="utf-8")
        draft = open_draft(home, library, library.cards["mine/meanings/cue"])
        assert [field.value for field in draft.fields if field.label == "Meaning"] == ["A sign."]

    def test_a_card_that_is_gone_from_the_file_says_so(self, home: Home) -> None:
        path = with_own(home)
        library = load_library(home)
        for text, told in (
            (CUE.replace('"cue"', '"call"'), "is not in the file any more"),
            (CUE.replace('"mine"', '"other"'), "is not in the file any more"),
            ("[", "not valid TOML"),
        ):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(SheetError, match=told):
                open_draft(home, library, library.cards["mine/meanings/cue"])

    def test_who_was_told_of_another_text_may_write_over_it(self, home: Home) -> None:
        path = with_own(home)
        draft = draft_of(home, "mine/meanings/cue")
        by_hand = CUE.replace("A signl.", "By hand.").replace("Ask who", "Find out who")
        path.write_text(by_hand, encoding="utf-8")
        with pytest.raises(ChangedMeanwhileError) as caught:
            save(draft, Meaning="A signal.")
        assert path.read_text("utf-8") == by_hand
        again = draft.knowing(caught.value.present)
        values = ["A signal." if field.label == "Meaning" else field.value for field in draft.fields]
        assert again.save(values)
        assert path.read_text("utf-8") == by_hand.replace("By hand.", "A signal."), "the rest stays by hand"


class TestShippedSheet:
    def test_the_first_edit_copies_it_and_the_next_edits_the_copy(self, home: Home) -> None:
        shipped_text = (shipped_decks() / f"{ASM}.toml").read_text("utf-8")
        draft = draft_of(home, f"{ASM}/meanings/asm")
        assert draft.copies
        saved = save(draft, Term="A.S.M")
        assert (saved.path, saved.copied) == (home.decks / f"{ASM}.toml", True)
        assert saved.path.read_text("utf-8") == shipped_text.replace('term = "ASM"', 'term = "A.S.M"', 1)
        assert (shipped_decks() / f"{ASM}.toml").read_text("utf-8") == shipped_text
        assert load_library(home).files[ASM] == saved.path
        again = open_draft(home, saved.library, saved.library.cards[f"{ASM}/meanings/asm"])
        assert not again.copies
        assert not save(again, Term="ASM").copied
        assert saved.path.read_text("utf-8") == shipped_text

    def test_a_copy_of_ones_own_that_can_t_be_read_is_not_written_over(self, home: Home) -> None:
        path = with_own(home, "[broken", f"{ASM}.toml")
        with pytest.raises(EditError, match=r"where its copy would go.*Move it.*not valid TOML"):
            draft_of(home, f"{ASM}/meanings/asm")
        path.unlink()
        draft = draft_of(home, f"{ASM}/meanings/asm")
        for text in ("[broken", CUE):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(EditError, match="a file already where its copy would go"):
                save(draft, Term="A.S.M")
            assert path.read_text("utf-8") == text

    def test_a_folder_that_can_t_be_made(self, home: Home) -> None:
        draft = draft_of(home, f"{ASM}/meanings/asm")
        home.root.write_text("a file is in the way", encoding="utf-8")
        with pytest.raises(EditError, match="can't be made"):
            save(draft, Term="A.S.M")

    def test_an_edit_in_vain_leaves_no_copy(self, home: Home) -> None:
        draft = draft_of(home, f"{ASM}/meanings/asm")
        with pytest.raises(EditError, match="Meaning: write something here"):
            save(draft, Meaning=" ")
        assert not home.decks.exists()


def test_progress_stays_with_an_edited_card(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: home.root / "none")
    with_own(home)
    clock, deck = FakeClock(), "mine/meanings/cue"
    with Engine.open(home, "anna", clock=clock) as training:
        session = training.study()
        assert session.question
        session.answer(right(session.question))
        state = training.progress.state(deck)
        saved = save(training.edit(training.library.cards[deck]), Term="CUE", Meaning="A signal.")
    with Engine.open(home, "anna", clock=clock) as training:
        assert training.progress.state(deck) == state
        assert len(training.progress.history()) == 1
        assert training.library.sheets["mine"] == saved.library.sheets["mine"]
        clock.forward(days=2000)
        again = training.study().question
        assert again
        assert again.card.id in {deck, f"{deck}.signal"}


def test_a_sheet_takes_the_place_of_its_namesake_alone() -> None:
    library = shipped()
    sheet = library.sheets["theatre-vocabulary"]
    changed = Library(library.sheets, ("a problem",), library.files).with_sheet(sheet, Path("mine.toml"))
    assert list(changed.sheets) == list(library.sheets)
    assert changed.files == {**library.files, sheet.id: Path("mine.toml")}
    assert changed.problems == ("a problem",)
