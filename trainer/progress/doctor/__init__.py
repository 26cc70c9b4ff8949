"""The doctor: `checks` tell what is wrong with a record, and `repair` puts right what can be.

`looked` is what stands on the disk, `consistency` is what both go by, `salvage` saves what can be read of a
damaged file, and `folders` looks at what lies around the records. `repair` changes a record only after a
backup, and `folders` removes what a crash left and takes files from everybody else.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from trainer import disk


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was found."""

    where: str
    """The file or the folder."""
    what: str
    """What is the matter with it, to be read after its name: "can't be read"."""
    do: str = ""
    """What to do about it, in sentences; empty for nothing."""
    problem: bool = True
    """False for what is only told."""
    unchecked: bool = False
    """Whether something could not be looked at, so that nothing is known of it."""
    mendable: bool = False
    """Whether `trainer doctor --fix` mends it."""


def exposed(paths: Iterable[Path]) -> Iterator[Finding]:
    """Tell which files and folders others on this computer can read."""
    for path in paths:
        if not disk.is_private(path):
            yield Finding(
                where=str(path),
                what="can be read by others on this computer",
                do="Take it from them: --fix does.",
                mendable=True,
            )
