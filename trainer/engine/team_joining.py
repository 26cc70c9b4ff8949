"""Joining a team, and making one: what it would send is planned first, to be agreed to."""

import os
import re
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from trainer.clean import clean_line
from trainer.engine.team_reading import read_lines
from trainer.engine.team_sending import Sent, TeamSending
from trainer.errors import AliasError, AliasTakenError, TeamError, TeamNameError
from trainer.names import look_alike, name_key
from trainer.reports.team_people import people_of, standing_lines
from trainer.sharing.folder import RESULTS, FolderPlace, readers_of
from trainer.sharing.lines import Member, encoded, id_of
from trainer.sharing.own import Access, Membership, can_be_shown, check_alias, new_id
from trainer.sharing.place import KEEP_MONTHS, TeamSettings, in_time, open_team_place
from trainer.sharing.postgres.address import Address, is_address

_LINK = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_OF_WINDOWS = re.compile(r"([a-z]:)?\\", re.IGNORECASE)

_MAILED = "What you agreed to send by mail is not sent there: you are asked for each result anew."


class Joining(Struct, frozen=True, kw_only=True):
    """What joining a team would send, to be agreed to."""

    membership: Membership
    line: bytes
    readers: str
    notes: tuple[str, ...] = ()
    address: Address | None = None
    """How to get into the team's database, where it is in one."""
    founds: TeamSettings | None = None
    """What is set for the team, where it is only made when it is joined."""
    here: bool = False
    """Whether it is the team of this server, whose place nobody needs to know."""


class TeamJoining(TeamSending):
    """Becoming a member of a team, by its folder or by an invitation into its database."""

    def new_settings(self, name: str, keep_months: int = KEEP_MONTHS) -> TeamSettings:
        """Return what is set for a team that is to be made."""
        self._check_in_none()
        return TeamSettings(id=new_id(), name=_team_name(name), keep_months=keep_months)

    def plan_new(self, folder: str, name: str, alias: str, *, keep_months: int = KEEP_MONTHS) -> Joining:
        """Return what making a team in a folder and joining it as lead would send. Nothing is changed yet."""
        before = self._check_in_none()
        called, where = _team_name(name), _path_of(folder)
        above = Path(where).parent
        if not in_time(lambda: os.path.isdir(above), str(above)):  # noqa: PTH112 — false for what can't be entered
            raise TeamError(
                f"{clean_line(str(above))} is not there, or can't be reached. Make it first, or take another "
                "folder."
            )
        if there := _team_in(where):
            if in_time(lambda: _is_unused(Path(where)), where):
                raise TeamError(
                    f'In {where} there is the team "{there}" already, and nobody is in it yet. If its making '
                    f'was cut off, join it as its lead: trainer team join "{where}" --alias NAME --lead'
                )
            raise TeamError(
                f'In {where} there is the team "{there}" already. Join it, or take another folder.'
            )
        membership = Membership(
            place=where,
            team=new_id(),
            name=called,
            member=before.member if before else new_id(),
            device=before.device if before else new_id(4),
            alias=check_alias(alias),
            lead=True,
            joined=self._now,
        )
        return Joining(
            membership=membership,
            line=_member_line(membership),
            readers=readers_of(where),
            notes=self._mailed,
            founds=TeamSettings(id=membership.team, name=called, keep_months=keep_months),
        )

    def plan_join(self, where: str, alias: str, *, lead: bool = False, again: bool = False) -> Joining:
        """Return what joining a team under an alias would send. Nothing is changed yet.

        `where` is the path of a folder, or the address of an invitation. With `again` one is in the team
        under this alias, from another computer.
        """
        before = self._check_in_none()
        path = "" if is_address(where) else _path_of(where)
        place = open_team_place(where)
        identity = place.identity
        if identity and lead and not identity.lead:
            raise TeamError("Your invitation is not a lead's.")
        if identity and again:
            raise TeamError("In a database you are who your invitation says: --again is for a folder.")
        address = identity.address if identity else None
        named = address.shown if address else path
        called = check_alias(alias)
        people = [each for each in people_of(standing_lines(read_lines(place, named)[0])) if each.member]
        taken = [each.alias for each in people]
        known = next((each for each in people if name_key(each.alias) == name_key(called)), None)
        if known and not again:
            raise AliasTakenError(f'There is a "{called}" in this team already. Take another alias.')
        if again and not known:
            raise AliasError(
                f'There is no "{called}" in this team. Say your alias there, or join without --again.'
            )
        near = None if known else look_alike(called, taken)
        alike = [f'"{near}" is in the team, which looks the same in other letters.'] if near else []
        membership = Membership(
            place=named,
            team=place.settings.id,
            name=place.settings.name,
            member=known.id if known else before.member if before else new_id(),
            device=before.device if before and not known else new_id(4),
            alias=known.alias if known else called,
            lead=identity.lead if identity else known.lead if known else lead,
            joined=self._now,
        )
        return Joining(
            membership=membership,
            line=_member_line(membership),
            readers=place.readers,
            address=address,
            notes=(*self._mailed, *alike),
        )

    @property
    def _mailed(self) -> tuple[str, ...]:
        """What is told of results that were agreed to for those whom one mails them to."""
        return (_MAILED,) if self.own.agreed() else ()

    def _check_in_none(self) -> Membership | None:
        """Return who one is for drills by mail, if one took some. Raises TeamError for who is in a team."""
        before = self.membership
        if before and before.place:
            raise TeamError(
                f'You are in the team "{before.name}" as {before.alias} already. "trainer team leave" first.'
            )
        return before

    def join(self, planned: Joining) -> Sent:
        """Join as it was planned, and agreed to; make the team first, where that was planned.

        Raises TeamError where the place refuses that.
        """
        before = self._check_in_none()
        if settings := planned.founds:
            where = planned.membership.place
            in_time(lambda: FolderPlace.create(Path(where), settings), where)
        if planned.address:
            self.own.keep_access(Access(addresses=(planned.address.secret,), invited=True))
        mailed = self.own.become(planned.membership, [planned.line])
        sent = self.send()
        if why := sent.refused.get(planned.line):
            if before:
                self.own.become(before, mailed)
                self.own.forget_place()
            else:
                self.own.leave()
            raise TeamError(f"You are not in the team: {why}. Take another alias: --alias NAME")
        return sent


def _path_of(folder: str) -> str:
    """Return the path of a folder, as it is kept and told to others. Raises TeamError where it can't be."""
    if not folder.strip():
        raise TeamError("Say which folder: its path, as /shares/casting.")
    if _LINK.match(folder) or (os.name != "nt" and _OF_WINDOWS.match(folder)):
        what = "is a link" if _LINK.match(folder) else "is a path of Windows"
        raise TeamError(
            f"{clean_line(folder)} {what}, and no folder here. Have the folder synced or connected, and give "
            "the path that it has on this computer."
        )
    path = str(Path(folder).absolute())
    if not can_be_shown(path):
        raise TeamError(
            f"{clean_line(path)}: there are signs in this path that can't be shown. Rename the folder, or "
            "take another one."
        )
    return path


def _team_name(name: str) -> str:
    """Return what a team is called. Raises TeamNameError."""
    if called := clean_line(name)[:80]:
        return called
    raise TeamNameError('The team needs a name: --name "Casting".')


def _team_in(where: str) -> str:
    """Return what the team in a folder is called, empty where there is none."""
    try:
        return open_team_place(where).settings.name
    except TeamError:
        return ""


def _is_unused(folder: Path) -> bool:
    """Return whether nobody has joined the team in a folder yet; False where that can't be known."""
    with suppress(OSError):
        return not any((folder / RESULTS).iterdir())
    return False


def _member_line(own: Membership) -> bytes:
    """Return the line that says who is in a team."""
    id_ = id_of("member", own.member, own.joined)
    return encoded(Member(id=id_, member=own.member, alias=own.alias, lead=own.lead, at=own.joined))
