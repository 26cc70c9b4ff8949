"""The library that processes share: taken while the sheets are as they were, and never after."""

from pathlib import Path

import pytest

from trainer.cards import outline
from trainer.cards.shared import share, shared
from trainer.engine.engine import Engine
from trainer.home import Home

SHEET = """
format = 1
id = "pyro"
name = "Pyrotechnician"

[[terms]]
id = "{id}"
term = "Maroon"
meaning = "A loud bang, set off in a bomb tank."
"""


@pytest.fixture(autouse=True)
def _nothing_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.cards.shared._shared", [])


def kept(home: Home, id_: str) -> Home:
    home.decks.mkdir(exist_ok=True)
    (home.decks / "pyro.toml").write_text(SHEET.format(id=id_))
    return home


def test_who_is_served_takes_the_library_that_was_read_for_all(tmp_path: Path) -> None:
    server = kept(Home(tmp_path), "maroon")
    share(server)
    found = shared(server)
    assert found is not None
    for name in ("anna", "ben"):
        (root := tmp_path / name).mkdir()
        engine = Engine.open(Home(root, shared=tmp_path), name)
        assert any(card.id == "pyro/meanings/maroon" for card in engine._listed()[1])
        assert engine.library is found.library
        assert engine._listed()[1] is found.outlines.cards
        engine.close()
    assert outline.recall(server) == found.outlines, "and its outlines are kept for the next start"


def test_a_sheet_that_was_changed_since_is_read_anew(tmp_path: Path) -> None:
    server = kept(Home(tmp_path), "maroon")
    share(server)
    kept(server, "gerb-fountain")
    assert shared(server) is None
    engine = Engine.open(server, "anna")
    assert "pyro/meanings/gerb-fountain" in engine.library.cards
    engine.close()
    share(server)
    found = shared(server)
    assert found is not None
    assert "pyro/meanings/gerb-fountain" in found.library.cards


def test_other_homes_share_nothing(tmp_path: Path) -> None:
    share(kept(Home(tmp_path), "maroon"))
    (other := tmp_path / "other").mkdir()
    assert shared(kept(Home(other), "maroon")) is None
