"""One member on several computers, and homes that are copies of each other.

A copied home, or one that was put back from a backup, says that it is the same computer as another one. It
does no harm: what the place knows of its member counts here too, and from then on it sends under an id of its
own.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from trainer.errors import TeamError
from trainer.sharing.lines import Left, Result
from trainer.sharing.own import Membership, OwnTeam, new_id
from trainer.sharing.place import OwnLine


class LeftElsewhereError(TeamError):
    """Its member left the team from another computer."""

    def __init__(self, team: str, line: bytes) -> None:
        self.line = line
        """The line that says so."""
        super().__init__(
            f'You left "{team}" from another computer. What you sent from this one is removed too.'
        )


def check_not_left(own: Membership, lines: Sequence[OwnLine]) -> None:
    """Refuse to go on in a team that its member left. Raises LeftElsewhereError."""
    for each in lines:
        if isinstance(each.line, Left):
            raise LeftElsewhereError(own.name, each.data)


def told_apart(home: OwnTeam, own: Membership, lines: Sequence[OwnLine]) -> tuple[Membership, str]:
    """Return who one is, after a home that is a copy of another got an id of its own; and what to say of it.

    It knows by results that were sent under its id, of which it knows nothing: they were agreed to when they
    were sent.
    """
    agreed = {data.rstrip() for _, data in home.agreed()}
    unknown = [
        each
        for each in lines
        if each.device == own.device and isinstance(each.line, Result) and each.data.rstrip() not in agreed
    ]
    if not unknown:
        return own, ""
    known = {line.id for line, _ in home.agreed()}
    news = [each for each in unknown if each.line.id not in known]
    for each in news:
        home.agree(each.data.rstrip() + b"\n")
    device, there = new_id(4), [each.line.id for each in news]
    home.change(lambda now: replace(now, device=device, delivered=(*now.delivered, *there)))
    apart = replace(own, device=device, delivered=(*own.delivered, *there))
    what = "lies a result" if len(unknown) == 1 else f"lie {len(unknown)} results"
    return apart, (
        f"In the team's place {what} of yours that this home does not know: it is a copy of another, or was "
        "put back from a backup. Of two of one attempt the earlier counts. What you send from here lies "
        "beside that from now on."
    )
