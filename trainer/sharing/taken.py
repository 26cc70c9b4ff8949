"""The drill of an attempt whose copy at home is gone or damaged: found again in the team's place, or told."""

import os
from collections.abc import Callable
from typing import NamedTuple

from trainer.clean import clean_line
from trainer.errors import DrillError, TeamError
from trainer.sharing.attempt import Attempt, copy_of
from trainer.sharing.drill import Published
from trainer.sharing.place import TeamPlace, in_time

_GO_ON = 'Ask your lead for its file: "trainer drill take FILE" goes on with it.'
_SEND = (
    'Ask your lead for its file: "trainer drill take FILE" puts it right, and "trainer drill send" offers '
    "the result then."
)


class Sought(NamedTuple):
    """What came of seeking the drill of an attempt."""

    drill: Published | None
    do: str
    """What to do where it was not found."""


def what_is_wrong(attempt: Attempt) -> str:
    """Return what is the matter with the copy of a drill that is not whole, to be read after its name."""
    there = os.path.lexists(copy_of(attempt))
    what = "is not the drill that you began" if there else "is gone, which was the drill as you began it"
    return f"{what}, so that it can't be {'sent' if attempt.end else 'gone on with'}"


def sought(attempt: Attempt, place: Callable[[], TeamPlace | None]) -> Sought:
    """Seek the drill of an attempt in a team's place, None for who has none. A changed one is another one."""
    found = None
    try:
        found = place()
        drill = in_time(lambda: found.drill(attempt.begun.drill), "The team's place") if found else None
    except DrillError:
        drill = None
    except TeamError as error:
        return Sought(None, f"It is put right from the team's place once that can be used: {error}")
    if drill and drill.fingerprint == attempt.begun.fingerprint:
        return Sought(drill, "")
    ask = _SEND if attempt.end else _GO_ON
    return Sought(None, f"The team has that drill no more. {ask}" if found else ask)


def told(attempt: Attempt, do: str) -> str:
    """Return in sentences that an attempt has not its drill any more, and what to do."""
    return f"{clean_line(str(copy_of(attempt)))} {what_is_wrong(attempt)}. {do}"
