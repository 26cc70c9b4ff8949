"""A small sheet with whole answers to rate."""

from pathlib import Path

from trainer.cards.library import Library, library_of
from trainer.cards.rating import RateCard
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.sheet import Sheet

SHEET = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
RATE, RECALL = "whole/answers/at-once.rate", "whole/answers/at-once"


def write_sheet(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "whole.toml"
    path.write_text(SHEET, encoding="utf-8")
    return path


def sheet(folder: Path) -> Sheet:
    return read_sheet(write_sheet(folder))


def home_with_ratings(root: Path) -> Home:
    """Return a home whose own sheet is the one above."""
    write_sheet(root / "decks")
    return Home(root)


def library(folder: Path) -> Library:
    return library_of([write_sheet(folder)])


def rate_card(library: Library) -> RateCard:
    card = library.cards[RATE]
    assert isinstance(card, RateCard)
    return card
