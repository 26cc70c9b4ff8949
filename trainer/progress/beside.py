"""The files that lie beside a progress file and belong to it."""

from collections.abc import Iterator
from pathlib import Path

from trainer.progress import copies, disk

_DAMAGED = ".damaged-"


def journal_of(path: Path) -> Path:
    """Return the journal of a progress file."""
    return path.with_suffix(".journal")


def lock_of(path: Path) -> Path:
    """Return the file by which trainers keep away from each other."""
    return path.with_suffix(".lock")


def temporaries_of(path: Path) -> list[Path]:
    """Return what is written before it takes the place of the file or the journal, as a crash leaves it."""
    return [found for each in (path, journal_of(path)) if (found := disk.temporary_of(each)).exists()]


def kept_aside(path: Path) -> list[Path]:
    """Return the damaged originals of a file and of its journal that were kept."""
    starts = tuple(f"{each.name}{_DAMAGED}" for each in (path, journal_of(path)))
    return [each for each in _neighbours(path) if each.name.startswith(starts)]


def merged_copies(path: Path, recruiter: str) -> list[Path]:
    """Return the copies of sync tools that were put away, once all of them was in the record."""
    return copies.copies_of(path.parent / copies.FOLDER / path.name, recruiter)


def _neighbours(path: Path) -> Iterator[Path]:
    folder = path.parent
    yield from sorted(folder.iterdir()) if folder.is_dir() else ()
