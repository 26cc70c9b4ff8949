"""Access to the place of one's team: its path, or the address that lies at home with its password."""

from contextlib import suppress

from trainer.errors import PasswordRefusedError, TeamError
from trainer.sharing.own import Access, Membership, OwnTeam
from trainer.sharing.place import TeamPlace, in_time, open_team_place
from trainer.sharing.postgres.address import is_address, new_password


def open_own(home: OwnTeam, own: Membership) -> TeamPlace:
    """Open the place of one's team. Raises TeamError."""
    if not is_address(own.place):
        return open_team_place(own.place)
    access = home.access()
    if access is None:
        raise TeamError(f"The password for {own.place} is gone from here: ask a lead for a new invitation.")
    first, *others = access.addresses
    try:
        place = open_team_place(first)
    except PasswordRefusedError as refused:
        if not others:
            raise
        try:
            place = open_team_place(others[0])
        except TeamError:
            raise refused from None
        home.keep_access(Access(addresses=(others[0],), invited=access.invited))
    return place


def is_to_renew(home: OwnTeam) -> bool:
    """Return whether the password is still the one of the invitation. Raises TeamError."""
    access = home.access()
    return access is not None and access.invited


def renew(home: OwnTeam, place: TeamPlace) -> None:
    """Change the password where it is still the one of the invitation, which others may have read.

    While it changes both are kept: after a kill one of them is right. Where the server does not allow it, it
    is tried again when something is sent.
    """
    access, identity = home.access(), place.identity
    if access is None or not access.invited or identity is None:
        return
    from trainer.sharing.postgres.place import PostgresPlace  # noqa: PLC0415 — of one kind alone

    if isinstance(place, PostgresPlace):
        password = new_password()
        new = identity.address.as_user(identity.address.user, password)
        home.keep_access(Access(addresses=(new.secret, identity.address.secret), invited=True))
        with suppress(TeamError):
            in_time(lambda: place.set_password(password), identity.address.shown)
            home.keep_access(Access(addresses=(new.secret,)))
