"""Who is in a team, by the lines of its place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from trainer.names import name_key
from trainer.reports.team_lines import Lines, Scored
from trainer.sharing.lines import Left, Member, kept_since


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who sent something and did not leave."""

    id: str
    alias: str
    lead: bool = False
    member: bool = False
    """Whether they joined; results that came by mail are of people who need not have."""
    joined: datetime | None = None
    computers: int = 1
    """From how many they joined."""


class Standing(Struct, frozen=True, kw_only=True):
    """What was not withdrawn by leaving, and is no older than the team keeps."""

    members: Sequence[Member]
    results: Sequence[tuple[Scored, str]]
    """Each with the file in which it stands."""


def standing_lines(lines: Lines, oldest: datetime | None = None) -> Standing:
    """Return the lines that were not withdrawn by leaving, results since `oldest` alone."""
    left: dict[str, datetime] = {}
    for line in lines.people:
        if isinstance(line, Left):
            left[line.member] = max(line.at, left.get(line.member, line.at))

    def stands(line: Member | Scored) -> bool:
        return line.member not in left or line.at > left[line.member]

    sent = list(lines.results)
    results = [each for each in sent if each[0].at >= oldest] if oldest else sent
    if oldest and len(results) < len(sent):
        kept = kept_since(oldest, (each for each, _ in sent))
        results = [each for each in results if kept(each[0])]
    return Standing(
        members=[line for line in lines.people if isinstance(line, Member) and stands(line)],
        results=[each for each in results if stands(each[0])] if left else results,
    )


def people_of(lines: Standing) -> list[Person]:
    """Return who is in a team, by their aliases; of one who joined twice the newest counts."""
    joined: dict[str, set[str]] = {}
    for line in lines.members:
        joined.setdefault(line.member, set()).add(line.id)
    found = {
        line.member: Person(
            id=line.member,
            alias=line.alias,
            lead=line.lead,
            member=True,
            joined=line.at,
            computers=len(joined[line.member]),
        )
        for line in sorted(lines.members, key=lambda line: line.at)
    }
    for result, _ in lines.results:
        if result.member not in found:
            found[result.member] = Person(id=result.member, alias=result.alias)
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
