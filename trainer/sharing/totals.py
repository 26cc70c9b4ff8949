"""What the results of a drill come to, counted from them or kept by a place beside them."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from trainer.sharing.drill import Drill


class Answered(Protocol):
    """A result, as far as it is counted here."""

    @property
    def member(self) -> str:
        """Who sent it."""

    @property
    def attempt(self) -> int:
        """From 1 on."""

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""

    @property
    def right(self) -> int:
        """How many answers were right."""

    @property
    def of(self) -> int:
        """How many questions were asked."""

    @property
    def answers(self) -> Sequence[bool | None] | None:
        """By question right, wrong, or not asked; None where that is not shared."""


class Counted(Struct, frozen=True, kw_only=True):
    """What the results of a drill come to. All are sums: what two sets of results come to can be added."""

    drill: str
    results: int = 0
    firsts: int = 0
    """First attempts, each of another person."""
    first_rights: int = 0
    """Right answers in first attempts."""
    first_asked: int = 0
    """Questions in first attempts."""
    passed: int = 0
    checks: int = 0
    """Delayed checks."""
    checks_held: int = 0
    item_rights: tuple[int, ...]
    """By question of the drill, how many had it right at their first attempt; of results that share it."""
    item_asked: tuple[int, ...]


class Totals(Struct, frozen=True, kw_only=True):
    """What all results of a team come to."""

    people: int
    """Members who are to take drills: all but leads."""
    drills: Sequence[Counted]
    old: int = 0
    """Results in them that are older than the team keeps them, and not removed yet."""


def counted(drill: Drill, results: Sequence[Answered]) -> Counted:
    """Return what the results of a drill come to, of which each counts."""
    firsts = [each for each in results if each.attempt == 1]
    checks = [each for each in results if each.is_check]
    given = [each.answers for each in firsts if each.answers is not None]
    places = range(len(drill.questions))
    return Counted(
        drill=drill.id,
        results=len(results),
        firsts=len(firsts),
        first_rights=sum(each.right for each in firsts),
        first_asked=sum(each.of for each in firsts),
        passed=len(
            {each.member for each in results if not each.is_check and drill.passes(each.right, each.of)}
        ),
        checks=len(checks),
        checks_held=sum(drill.passes(each.right, each.of) for each in checks),
        item_rights=tuple(sum(items[at] is True for items in given) for at in places),
        item_asked=tuple(sum(items[at] is not None for items in given) for at in places),
    )


def added(*parts: Counted) -> Counted:
    """Return what sets of results of one drill come to together; one set at least."""
    sums = {name: sum(getattr(each, name) for each in parts) for name in _SUMS}
    return Counted(
        drill=parts[0].drill,
        **sums,
        item_rights=tuple(map(sum, zip(*(each.item_rights for each in parts), strict=True))),
        item_asked=tuple(map(sum, zip(*(each.item_asked for each in parts), strict=True))),
    )


_SUMS = [name for name in Counted.__struct_fields__ if name not in {"drill", "item_rights", "item_asked"}]
