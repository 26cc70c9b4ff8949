"""Who is in a team, by the lines of its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from trainer.names import name_key
from trainer.sharing.lines import Left, Member, Result, TeamLine


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who sent something and did not leave."""

    id: str
    alias: str
    lead: bool = False
    member: bool = False
    """Whether they joined; results that came by mail are of people who need not have."""
    joined: datetime | None = None


def standing_lines(lines: Iterable[tuple[TeamLine, str]]) -> list[tuple[TeamLine, str]]:
    """Return the lines that were not withdrawn by leaving."""
    told = list(lines)
    left: dict[str, datetime] = {}
    for line, _ in told:
        if isinstance(line, Left):
            left[line.member] = max(line.at, left.get(line.member, line.at))
    if not left:
        return told
    return [
        (line, file)
        for line, file in told
        if not isinstance(line, Left) and not (line.member in left and line.at <= left[line.member])
    ]


def people_of(lines: Iterable[tuple[TeamLine, str]]) -> list[Person]:
    """Return who is in a team, by their aliases; of one who joined twice the newest counts."""
    told = [line for line, _ in standing_lines(lines)]
    joined = sorted((line for line in told if isinstance(line, Member)), key=lambda line: line.at)
    found = {
        line.member: Person(id=line.member, alias=line.alias, lead=line.lead, member=True, joined=line.at)
        for line in joined
    }
    for line in told:
        if isinstance(line, Result) and line.member not in found:
            found[line.member] = Person(id=line.member, alias=line.alias)
    return sorted(found.values(), key=lambda each: (name_key(each.alias), each.id))


def alike(people: Sequence[Person]) -> Iterator[str]:
    """Yield what is to be said of people of one alias."""
    by_name: dict[str, list[Person]] = defaultdict(list)
    for each in people:
        by_name[name_key(each.alias)].append(each)
    for same in by_name.values():
        if len(same) > 1:
            yield (
                f'{len(same)} members are called "{same[0].alias}": they may be one person with two homes, '
                "or two people. Ask one to leave and join under another alias."
            )
