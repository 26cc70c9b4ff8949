"""Several who look after the same sheets: nobody's edit is lost to another's."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from trainer.cards.editing import Draft
from trainer.engine.engine import Engine
from trainer.engine.restoring import changed_sheets, restore
from trainer.engine.rights import served_rights
from trainer.errors import ChangedMeanwhileError, EditError
from trainer.home import Home
from trainer.material import sheet_files

SHIPPED = """
format = 1
id = "calls"
name = "Calls"

[[terms]]
id = "cue"
term = "Cue"
meaning = "A signal."

[[terms]]
id = "half"
term = "The half"
meaning = "35 minutes before curtain up."
"""
CARD, OTHER = "calls/meanings/cue", "calls/meanings/half"


class Lead:
    """One who looks after the sheets."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def open(self, card: str = CARD) -> Draft:
        return self.engine.edit(self.engine.library.cards[card])

    def save(self, words: str, draft: Draft | None = None, card: str = CARD) -> None:
        draft = draft or self.open(card)
        saved = draft.save(
            [f"{each.value}{words}" if each.label == "Meaning" else each.value for each in draft.fields]
        )
        assert saved
        self.engine.use(saved.library)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    return tmp_path / "server"


@pytest.fixture
def leads(tmp_path: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Lead, Lead]]:
    """Return two who have both read the sheets as they are shipped."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "calls.toml").write_text(SHIPPED, encoding="utf-8")
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: shipped)
    with ExitStack() as stack:
        anna, ben = (
            Lead(
                stack.enter_context(
                    Engine.open(
                        Home(tmp_path / name, shared=server),
                        name,
                        rights=served_rights(lead=True),
                        clock=FakeClock(),
                    )
                )
            )
            for name in ("anna", "ben")
        )
        assert anna.engine.library.cards.keys() == ben.engine.library.cards.keys()
        yield anna, ben


def file_of(server: Path) -> Path:
    return server / "decks" / "calls.toml"


def versions(server: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((server / "imports").glob("*.json"))]


def test_who_has_an_older_library_edits_the_copy_that_another_made(
    leads: tuple[Lead, Lead], server: Path
) -> None:
    anna, ben = leads
    for words in (" One.", " Two.", " Three."):
        anna.save(words)
    ben.save(" Ben.")
    assert " One. Two. Three. Ben." in file_of(server).read_text("utf-8")
    (changed,) = changed_sheets(ben.engine)
    assert not changed.goes
    restore(ben.engine, changed)
    assert " One. Two. Three." in (text := file_of(server).read_text("utf-8"))
    assert " Ben." not in text


def test_a_copy_that_was_made_after_a_card_was_opened(leads: tuple[Lead, Lead], server: Path) -> None:
    anna, ben = leads
    same, other = ben.open(), ben.open(OTHER)
    anna.save(" Anna.")
    before = versions(server)
    ben.save(" Ben.", other)
    assert len(versions(server)) == 2
    with pytest.raises(ChangedMeanwhileError) as caught:
        ben.save(" Ben.", same)
    assert versions(server)[0] == before[0]
    assert len(versions(server)) == 2, "what was refused leaves nothing to bring back"
    ben.save(" Ben.", same.knowing(caught.value.present))
    text = file_of(server).read_text("utf-8")
    assert " Anna. Ben." in text
    assert text.count(" Ben.") == 2


def test_a_copy_that_was_taken_away_after_a_card_was_opened(leads: tuple[Lead, Lead], server: Path) -> None:
    anna, ben = leads
    anna.save(" Anna.")
    ben.save(" Ben.", card=OTHER)
    draft = ben.open()
    for _ in range(2):
        restore(anna.engine, changed_sheets(anna.engine)[0])
    assert not file_of(server).exists()
    with pytest.raises(ChangedMeanwhileError):  # it says “… Anna.” no longer
        ben.save(" Ben.", draft)
    ben.save(" anew.")
    assert " anew." in (text := file_of(server).read_text("utf-8"))
    assert " Anna." not in text


def test_an_edit_that_fails_leaves_the_versions_as_they_were(
    leads: tuple[Lead, Lead], server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = leads
    for turn in range(7):
        anna.save(f" Turn {turn}.")
    before = versions(server)
    assert len(before) == 5

    def refuse(*_: object, **__: object) -> None:
        raise EditError("no room")

    with monkeypatch.context() as patch:
        patch.setattr("trainer.material.edit.put_in_place", refuse)
        for _ in range(3):
            with pytest.raises(EditError, match="no room"):
                anna.save(" In vain.")
    assert versions(server) == before
    anna.save(" Turn 7.")
    assert versions(server)[:-1] == before[1:]


def test_a_file_in_the_way_is_a_matter_of_who_runs_the_server(leads: tuple[Lead, Lead], server: Path) -> None:
    anna, _ = leads
    file_of(server).parent.mkdir(parents=True)
    file_of(server).write_text("[broken", encoding="utf-8")
    with pytest.raises(EditError, match="Whoever runs this server has to move it, or mend it"):
        anna.open()
