"""A team's place: where drills lie and results are sent, whatever kind of place it is."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Protocol, TypeVar

from msgspec import Meta, Struct

from trainer.disk import Signature
from trainer.errors import TeamError
from trainer.sharing.drill import Head, Published
from trainer.sharing.lines import TeamLine
from trainer.sharing.postgres.address import Address, is_address
from trainer.sharing.totals import Totals

KEEP_MONTHS = 12
DAYS_A_MONTH = 30.44
PATIENCE = 15.0
"""Seconds in which a place has to answer."""
Take = Callable[[TeamLine, str], object]
"""Takes a line, and the name of its source."""
_Found = TypeVar("_Found")


class TeamSettings(Struct, frozen=True, kw_only=True):
    """What is set for a team."""

    format: Literal[1] = 1
    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$")]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    keep_months: Annotated[int, Meta(ge=1, le=120)] = KEEP_MONTHS
    """Results that are older are removed by those who sent them, and passed over by reports."""


class Mark(Struct, frozen=True):
    """Up to where the lines of a place were read; nothing of a place that is read whole each time."""

    files: Mapping[str, Signature] = {}
    """What each file was like that could be read whole.

    A file with a problem is never as it was, so that it is read, and its problem told, each time.
    """


class Found(Struct, frozen=True, kw_only=True):
    """Lines of a place: all, or those of the sources that changed since a mark.

    A source is whatever the place keeps of one member: a file, or what they sent to a database.
    """

    lines: Sequence[tuple[TeamLine, str]]
    """Each with the name of its source; none where they were handed over."""
    problems: Sequence[str]
    """What could not be read, in a sentence each."""
    changed: frozenset[str]
    """The sources that were read now; those that are gone too."""
    mark: Mark


class Identity(Struct, frozen=True, kw_only=True):
    """Who one is in a place that lets nobody in whom it does not know."""

    member: str
    """One's id; empty for who was invited and has not joined."""
    lead: bool
    address: Address


class OwnLine(Struct, frozen=True):
    """A line that one sent oneself."""

    line: TeamLine
    data: bytes
    """As it stands there, with its end."""
    device: str
    """Which computer sent it; empty where the place does not tell them apart."""


class TeamPlace(Protocol):
    """Where a team's drills and results lie. All raise TeamError where it can't be reached or used."""

    @property
    def settings(self) -> TeamSettings:
        """What is set for the team."""

    @property
    def readers(self) -> str:
        """Who can read what is sent there, in a sentence."""

    @property
    def identity(self) -> Identity | None:
        """Who one is there; None where that is not known, as in a folder that many can open."""

    def publish(self, drill: Published) -> str:
        """Put a drill there for all; return where it lies. Refuses another one of the same id."""

    def drills(self) -> tuple[Sequence[Head], Sequence[str]]:
        """Return the drills, their sheets left out, and what is wrong with others."""

    def drill(self, id_: str) -> Published:
        """Return a drill with its sheets. Raises DrillError too."""

    def submit(self, member: str, device: str, lines: Sequence[bytes]) -> Mapping[bytes, str]:
        """Have lines there once, however often they are sent; nothing is half-written.

        Returns why others are refused, in a few words each.
        """

    def results(self, since: Mark | None = None, *, to: Take | None = None) -> Found:
        """Return the lines of all, or with a mark those of the sources that are not as they were.

        A place that can't tell which those are returns all. With `to` each is handed over as it is read,
        and none is held, however many there are.
        """

    def own(self, member: str) -> Sequence[OwnLine]:
        """Return one's own lines, of all one's computers."""

    def keep(self, member: str, device: str, kept: Callable[[TeamLine], bool]) -> int:
        """Remove what is not to be kept of one's own lines; return how many lines went."""

    def prune(self) -> int:
        """Remove what is too old of all, where one may; return how many results went."""

    def totals(self) -> Totals | None:
        """Return what the results come to, where the place keeps that and one may read it."""

    def check(self) -> Sequence[str]:
        """Return what is wrong with what lies there, in a sentence each."""

    def withdraw(self, member: str, device: str, left: bytes) -> Sequence[str]:
        """Remove all lines of one's own, and leave the line that says so.

        Returns what one can't remove oneself: copies that others made.
        """


def open_team_place(where: str | Path) -> TeamPlace:
    """Open a team's place by how people name it: the path of a folder, or the address of a database.

    Raises TeamError.
    """
    # A kind of place is loaded when it is used.
    if isinstance(where, str) and is_address(where):
        from trainer.sharing.postgres.place import PostgresPlace  # noqa: PLC0415

        address = Address(where)
        return in_time(lambda: PostgresPlace.open(address), address.shown)
    from trainer.sharing.folder import FolderPlace  # noqa: PLC0415

    return in_time(lambda: FolderPlace.open(Path(where)), str(where))


def in_time(
    call: Callable[[], _Found],
    where: str,
    patience: float | None = None,
    going: Callable[[], object] | None = None,
) -> _Found:
    """Return what a call finds in a place that may never answer.

    Raises TeamError when it does not in time; what it was to do may still be done later, and is asked for
    again without harm. A call that takes long has more time as long as what `going` returns changes.
    """
    found: list[_Found] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(call())
        except BaseException as error:  # noqa: BLE001 — it is raised where it was waited for
            failed.append(error)

    worker = threading.Thread(target=run, daemon=True, name="team place")
    worker.start()
    before: object = worker
    while worker.is_alive() and before != (now := going() if going else None):
        worker.join(PATIENCE if patience is None else patience)
        before = now
    if failed:
        raise failed[0]
    if not found:
        raise TeamError(
            f"{where} does not answer: the connection to it is down, or slow. "
            "Nothing is lost; try again later."
        )
    return found[0]
