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
    return frozenset(path.stem for path in sheets_in(shipped_decks()))


def sheet_files(home: Home) -> list[Path]:
    """Return the files of all sheets, the user's own last."""
    return [*sheets_in(shipped_decks()), *sheets_in(home.decks)]


def sheets_in(folder: Path) -> list[Path]:
    """Return the files of sheets in a folder by name, none where there is no folder.

    What begins with a dot is hidden, and is none: a Mac lays "._own.toml" beside "own.toml" on many drives.
    """
    return sorted(folder.glob("[!.]*.toml")) if folder.is_dir() else []
