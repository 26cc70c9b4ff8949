"""Where sheets lie: those that come with trainer, and the user's own."""

from pathlib import Path

from trainer.home import Home


def shipped_decks() -> Path:
    """Return the folder of the sheets that come with trainer."""
    package = Path(__file__).resolve().parent.parent
    in_wheel = package / "_decks"
    return in_wheel if in_wheel.is_dir() else package.parent / "decks"


def shipped_ids() -> frozenset[str]:
    """Return the ids of the sheets that come with trainer; their files are named by them."""
    return frozenset(path.stem for path in shipped_decks().glob("*.toml"))


def sheet_files(home: Home) -> list[Path]:
    """Return the files of all sheets, the user's own last."""
    own = sorted(home.decks.glob("*.toml")) if home.decks.is_dir() else []
    return [*sorted(shipped_decks().glob("*.toml")), *own]
