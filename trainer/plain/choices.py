"""What a learner chose and marked, in print."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from trainer.engine.interviewing import InterviewEntry
from trainer.humanize import count, in_days, moment
from trainer.memory.learner import Settings
from trainer.plain.wrapping import wrapped
from trainer.reports.cost import RetentionCost
from trainer.reports.marks import MarkedCard
from trainer.reports.preparation import Preparation, in_words, what_helps
from trainer.reports.roles import RoleEntry

WIDTH = 90
CHANGED = "What you doubted was changed since, or is asked no more."
_STATES = {"paused": "paused", "missing": "its sheet can't be used"}
_HEADS = {
    "yours": "You learn, in this order:",
    "begun": "Nothing was chosen yet, so you learn what you have begun:",
    "all": "Nothing was chosen yet, so you learn all roles:",
}


def role_lines(roles: Sequence[RoleEntry], *, chosen: bool) -> Iterator[str]:
    """Yield the roles: those that are learned, the library, and what goes with every role."""
    yours = [role for role in roles if role.position is not None]
    library = [role for role in roles if role.state == "library"]
    words = [role for role in roles if role.state == "vocabulary"]
    width = max((len(role.name) for role in roles), default=0)
    head = "yours" if chosen else "begun" if library else "all"
    for title, found in ((_HEADS[head], yours), ("In the library:", library), ("With every role:", words)):
        if found:
            yield title
            yield from (_role_line(role, width) for role in found)
    if not yours:
        yield "There is no role: no sheet has more than terms."
    elif not chosen:
        yield 'Choose with: trainer roles add "Stage Manager"'


def _role_line(role: RoleEntry, width: int) -> str:
    place = str(role.position) if role.position else ""
    counts = role.counts
    figures = f"{counts.know:>4} know · {counts.soon:>3} soon · {counts.to_come:>3} to come"
    told = [_STATES[role.state]] if role.state in _STATES else []
    told += [f"{role.due} to see again"] if role.due else []
    return f"{place:>3}  {role.name:<{width}}  {figures}  {', '.join(told)}".rstrip()


def interview_lines(
    interviews: Sequence[InterviewEntry], prepared: Mapping[int, Preparation] = MappingProxyType({})
) -> Iterator[str]:
    """Yield the interviews ahead, each with its number and what its minutes come to.

    Where there is none, how to add one.
    """
    if not interviews:
        yield "No interview is ahead. Add one with: trainer interview add ROLE --on DATE"
    for each in interviews:
        level = f", {each.level}" if each.level else ""
        when = "over" if each.over else in_days(each.days) if each.days else "today"
        told = "its sheet is gone, so it is not planned for" if each.gone else f"{each.minutes} minutes a day"
        yield f"{each.number:>3}  {moment(each.when)} ({when})  {each.name}{level}  {told}"
        of_it = f"{each.role}{f' --level {each.level}' if each.level else ''}"
        if found := prepared.get(each.number):
            yield wrapped(in_words(found), WIDTH, indent=" " * 5)
            helps = what_helps(found, f"trainer brief {of_it}")
            yield from (wrapped(line, WIDTH, indent=" " * 7) for line in helps)
        elif not (each.days or each.over or each.gone):
            here = f"trainer brief {of_it}, then trainer quiz {of_it}"
            words = f"Its five steps stand in the app (z). Here: {here}."
            yield wrapped(words, WIDTH, indent=" " * 5)


def setting_lines(settings: Settings, roles: Sequence[RoleEntry], cost: RetentionCost) -> Iterator[str]:
    """Yield all settings with their values."""
    names = [role.name for role in roles if role.position is not None and role.state != "paused"]
    chosen = ", ".join(names) if settings.roles else ""
    values = (
        ("roles", chosen),
        ("minutes", str(settings.minutes or "")),
        ("region", settings.region or ""),
        ("retention", f"{settings.retention:.2f}{_cost(cost)}"),
    )
    for key, value in values:
        yield f"{key:<10} {value or 'not chosen'}"


def cost_line(cost: RetentionCost) -> str:
    """Return what a retention costs, in a sentence."""
    told = _cost(cost)
    return f"That is{told}." if told else "What that costs can be told once some cards were met."


def _cost(cost: RetentionCost) -> str:
    if not cost.cards:
        return ""
    time = f"about {count(round(cost.minutes), 'minute')}" if cost.minutes >= 1 else "less than a minute"
    cards = count(cost.cards, "card that you met", "cards that you met")
    return f"   {time} of reviews a day this week, of the {cards}"


def marked_lines(cards: Sequence[MarkedCard], nothing: str) -> Iterator[str]:
    """Yield cards with what they ask, each with a number; what there is to say where there is none."""
    if not cards:
        yield nothing
    for number, each in enumerate(cards, start=1):
        when = f"   {moment(each.at)}" if each.at else ""
        reason = f"{each.reason}.   " if each.reason else ""
        yield f"{number:>3}  {reason}{each.deck} · {each.sheet}{when}"
        asks = each.asks or "It is in no sheet any more."
        yield wrapped(asks, WIDTH, indent=" " * 5)
        if each.changed:
            yield f"     {CHANGED}"
        yield f"     {each.card}"
