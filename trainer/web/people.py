"""Who may use the server: invitations, and the browsers in which they were taken up.

What gives access is kept only as a hash, so that whoever reads the file can use none of it. Any process of
the same system may change it: each change is made under a lock, to what the file says at that moment, and
puts a whole new file in its place.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from trainer import disk
from trainer.errors import TrainerError, file_error
from trainer.memory.calendar import Clock, system_clock
from trainer.names import check_recruiter, look_alike, same_name

INVITATION_LASTS = timedelta(days=14)
"""How long a link can be opened for the first time."""
BROWSER_LASTS = timedelta(days=180)
"""How long a browser is known after it was last used."""
MOST_BROWSERS = 8
"""Browsers of one person that are known; the one that was longest unused makes room for a new one."""

_SECRET = 32
"""Bytes of chance in a link and in a cookie: 256 bits, of which nothing can be guessed."""
_LONGEST_SECRET = 100
_PATIENCE = 4.0
"""Seconds to wait for another process that changes the file."""
_LARGEST = 8 * 1024 * 1024

_Result = TypeVar("_Result")
_Instant = Annotated[datetime, Meta(tz=True)]


class NotInvitedError(TrainerError):
    """A link or a browser is not, or no longer, good for anything here."""


class Invitation(Struct, frozen=True):
    """A link that was not opened yet."""

    hash: str
    made: _Instant


class Browser(Struct, frozen=True):
    """Where a person took up an invitation; it has a cookie."""

    hash: str
    made: _Instant
    seen: _Instant
    """When it was last used, to the day."""


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who is, or was, invited."""

    id: str
    """What their folder is called; it says nothing of them, so that logs may have it."""
    name: str
    lead: bool = False
    made: _Instant
    invitation: Invitation | None = None
    browsers: tuple[Browser, ...] = ()
    revoked: bool = False

    def good_invitation(self, now: datetime) -> Invitation | None:
        """Return the invitation, if it can still be opened."""
        found = self.invitation
        return found if found and not self.revoked and now - found.made < INVITATION_LASTS else None

    def good_browsers(self, now: datetime) -> tuple[Browser, ...]:
        """Return the browsers that are still known."""
        if self.revoked:
            return ()
        return tuple(each for each in self.browsers if now - each.seen < BROWSER_LASTS)


class Roster(Struct, frozen=True):
    """All who are or were invited, in the order in which they were."""

    people: tuple[Person, ...] = ()
    format: Literal[1] = 1

    def named(self, name: str) -> Person | None:
        """Return the person of a name, however it is spelled."""
        return next((each for each in self.people if same_name(each.name, name)), None)

    def with_(self, person: Person) -> "Roster":
        """Return it with a person in the place of who they were before, or as a new one."""
        others = [person if each.id == person.id else each for each in self.people]
        if person not in others:
            others.append(person)
        return replace(self, people=tuple(others))


class Known(Struct, frozen=True):
    """A person, and the browser in which they are."""

    person: Person
    browser: str
    """The hash of its cookie."""


class People:
    """The file of those who may use a server."""

    def __init__(self, path: Path, clock: Clock = system_clock) -> None:
        self._path, self._clock = path, clock
        self._seen: disk.Signature | None = None
        self._roster = Roster()
        self._browsers: dict[str, tuple[Person, Browser]] = {}

    # Looking

    def roster(self) -> Roster:
        """Return who may use the server by now. Raises FileError where that can't be read."""
        try:
            signature = disk.signature(self._path)
            if signature != self._seen or signature is None:
                self._take(self._read())
                self._seen = signature
        except OSError as error:
            raise file_error(error, self._path) from error
        return self._roster

    def known(self, cookie: str) -> Known | None:
        """Return whose browser has a cookie, None for one that is not, or no longer, known."""
        self.roster()
        return self.still(_hash(cookie))

    def still(self, browser: str) -> Known | None:
        """Return who is in a browser, by the hash of its cookie; None where it is no longer known."""
        self.roster()
        person, found = self._browsers.get(browser, (None, None))
        if person is None or found not in person.good_browsers(self._clock()):
            return None
        return Known(person, browser)

    def is_in(self, person: str) -> bool:
        """Return whether a person, by their id, has a browser that is known."""
        now = self._clock()
        return any(each.id == person and each.good_browsers(now) for each in self.roster().people)

    # Changing

    def invite(self, name: str, *, lead: bool = False) -> str:
        """Return the secret of a new link for somebody, which takes the place of one that was not opened.

        Who was invited before stays who they are, and their browsers stay known. Raises RecruiterNameError.
        """
        called, secret = check_recruiter(name), secrets.token_urlsafe(_SECRET)
        now = self._clock()

        def change(roster: Roster) -> tuple[Roster, str]:
            person = roster.named(called)
            if person is None:
                _check_new(called, roster)
                person = Person(id=secrets.token_hex(8), name=called, made=now)
            invited = replace(
                person,
                lead=lead or (person.lead and not person.revoked),
                revoked=False,
                invitation=Invitation(_hash(secret), now),
            )
            return roster.with_(invited), secret

        return self._change(change)

    def enter(self, secret: str) -> str:
        """Exchange the secret of a link for a cookie, once. Raises NotInvitedError."""
        wanted, cookie, now = _hash(secret), secrets.token_urlsafe(_SECRET), self._clock()
        _invited(self.roster(), wanted, now)  # a wrong one takes no lock

        def change(roster: Roster) -> tuple[Roster, str]:
            person = _invited(roster, wanted, now)
            kept = sorted(person.good_browsers(now), key=lambda each: each.seen)
            browsers = (*kept[-(MOST_BROWSERS - 1) :], Browser(_hash(cookie), now, now))
            return roster.with_(replace(person, invitation=None, browsers=browsers)), cookie

        return self._change(change)

    def leave(self, cookie: str) -> None:
        """Forget a browser; one that is not known is forgotten already."""
        if self.known(cookie):
            gone = _hash(cookie)
            self._change_browsers(gone, lambda _browser: None)

    def note_seen(self, known: Known) -> bool:
        """Remember that a browser is used, once a day; return whether that was now."""
        now = self._clock()
        _person, browser = self._browsers.get(known.browser, (None, None))
        if browser is None or now - browser.seen < timedelta(days=1):
            return False
        self._change_browsers(known.browser, lambda each: replace(each, seen=now))
        return True

    def revoke(self, name: str) -> Person:
        """Let somebody in no longer, by no link and no browser; their record stays. Raises TrainerError."""

        def change(roster: Roster) -> tuple[Roster, Person]:
            person = roster.named(name)
            if person is None:
                raise TrainerError(f'Nobody called "{check_recruiter(name)}" was invited. {_all_of(roster)}')
            gone = replace(person, revoked=True, invitation=None, browsers=())
            return roster.with_(gone), gone

        return self._change(change)

    def _change_browsers(self, browser: str, change: Callable[[Browser], Browser | None]) -> None:
        def changed(roster: Roster) -> tuple[Roster, None]:
            for person in roster.people:
                if any(each.hash == browser for each in person.browsers):
                    after = [change(each) if each.hash == browser else each for each in person.browsers]
                    kept = tuple(each for each in after if each)
                    return roster.with_(replace(person, browsers=kept)), None
            return roster, None

        self._change(changed)

    def _change(self, change: Callable[[Roster], tuple[Roster, _Result]]) -> _Result:
        """Change what the file says at this moment, and put the new one in its place."""
        from filelock import Timeout  # noqa: PLC0415 — every command would load it

        from trainer.locking import held  # noqa: PLC0415 — the same

        try:
            disk.make_folder(self._path.parent)
            with held(self._path.with_suffix(".lock"), _PATIENCE):
                before = self._read()
                after, result = change(before)
                if after != before:
                    text = msgspec.json.format(msgspec.json.encode(after), indent=1)
                    disk.replace(self._path, [text, b"\n"])
                    self._take(after)
                    self._seen = disk.signature(self._path)
        except Timeout as error:
            raise TrainerError(f"Another process keeps {self._path}. Try again in a moment.") from error
        except OSError as error:
            raise file_error(error, self._path) from error
        return result

    def _take(self, roster: Roster) -> None:
        self._roster = roster
        self._browsers = {
            browser.hash: (person, browser) for person in roster.people for browser in person.browsers
        }

    def _read(self) -> Roster:
        """Read the file; nobody is invited where there is none. Raises OSError and TrainerError."""
        data = disk.read(self._path, _LARGEST)
        if data is None:
            return Roster()
        try:
            return msgspec.json.decode(data, type=Roster)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise TrainerError(
                f"{self._path} can't be read: it is not as this trainer writes it. Put a copy from a "
                "backup in its place, or remove it and invite everyone anew."
            ) from error


def _invited(roster: Roster, secret: str, now: datetime) -> Person:
    """Return who was sent a link, by the hash of its secret. Raises NotInvitedError."""
    for person in roster.people:
        found = person.good_invitation(now)
        if found and secrets.compare_digest(found.hash, secret):
            return person
    raise NotInvitedError(
        "This link was opened before, or is no longer good. Ask whoever invited you for a new one."
    )


def _check_new(name: str, roster: Roster) -> None:
    """Raise TrainerError for a new name that looks like one that is there."""
    if alike := look_alike(name, [each.name for each in roster.people]):
        raise TrainerError(
            f'There is "{alike}" already, which looks the same as "{name}" in other letters. '
            "Write it as it is there, or take another name."
        )


def _all_of(roster: Roster) -> str:
    names: Sequence[str] = [each.name for each in roster.people if not each.revoked]
    return f"Invited are: {', '.join(names)}." if names else "Nobody is invited here."


def _hash(secret: str) -> str:
    """Return what is kept of a secret. It is chance through and through, so that no slow hash is needed."""
    return hashlib.sha256(secret[:_LONGEST_SECRET].encode(errors="replace")).hexdigest()
