"""The totals of a team's database: read for a report, and proved by its results."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, LiteralString

import msgspec

from trainer.sharing.totals import Counted, Totals, added

if TYPE_CHECKING:
    from trainer.sharing.postgres.connection import Connection

_PEOPLE = "select count(*) from trainer.members where member is not null and left_at is null and not lead"
_IS_OLD = "select min(ended_at) < (select trainer.oldest()) from trainer.results"
"""One step in an index, whatever the server knows of the other rows."""
_OLD = (
    "select count(*) from trainer.results "
    "where team = (select trainer.my_team()) and ended_at < (select trainer.oldest())"
)
_COUNTED = Counted.__struct_fields__
_DIFFERENCES: tuple[LiteralString, ...] = (
    """
    select drill, 'its totals are not what its results come to.'
    from (
        select drill, sum(results), sum(firsts), sum(first_rights), sum(first_asked), sum(passed),
            sum(checks), sum(checks_held)
        from trainer.totals group by drill having sum(results) > 0
        except
        select drill, results, firsts, first_rights, first_asked, passed, checks, checks_held
        from trainer.recounted
    ) as wrong
    union
    select drill, 'its totals are not what its results come to.'
    from trainer.recounted
    where drill not in (select drill from trainer.totals where results > 0)
    """,
    """
    select distinct drill, 'its totals by question are not what its results come to.'
    from (
        select drill, number, sum(rights) as rights, sum(asked) as asked
        from trainer.totals, unnest(item_rights, item_asked) with ordinality as item (rights, asked, number)
        group by drill, number
    ) as kept
    full join trainer.recounted_items as recounted using (drill, number)
    where coalesce(kept.rights, 0) <> coalesce(recounted.rights, 0)
        or coalesce(kept.asked, 0) <> coalesce(recounted.asked, 0)
    """,
    """
    select results.drill, 'a result says one thing and counts as another.'
    from trainer.results
    join trainer.drills on drills.team = results.team and drills.id = results.drill
    left join trainer.lines on lines.id = results.id and lines.member = results.member
    where case
        when lines.line is null or sha256(lines.line) <> results.digest then true
        else (
            select (
                said ->> 'member', said ->> 'drill', said ->> 'attempt', said ->> 'right', said ->> 'of',
                (said ->> 'started')::timestamptz, (said ->> 'at')::timestamptz,
                coalesce(said -> 'items', 'null'),
                calibrates or (said ->> 'right')::integer * 100 >= pass_mark * (said ->> 'of')::integer
            ) is distinct from (
                results.member, results.drill, attempt::text, rights::text, results.asked::text,
                started_at, ended_at, coalesce(to_jsonb(results.items), 'null'), passed
            )
            from (select convert_from(lines.line, 'UTF8')::jsonb as said) as of_line
        )
    end
    limit 5
    """,
)
"""Each says of which drills something is not as it has to be, and what."""


def totals_in(connection: "Connection") -> Totals:
    """Return what the results of all come to: a drill's totals lie in several rows."""
    (people,) = connection.execute(_PEOPLE, binary=True).fetchone() or (0,)
    (is_old,) = connection.execute(_IS_OLD, binary=True).fetchone() or (False,)
    (old,) = (connection.execute(_OLD, binary=True).fetchone() if is_old else None) or (0,)
    rows = connection.execute(
        f"select {', '.join(_COUNTED)} from trainer.totals",  # noqa: S608 — of the names above
        binary=True,
    ).fetchall()
    drills: dict[str, list[Counted]] = {}
    for row in rows:
        part = msgspec.convert(dict(zip(_COUNTED, row, strict=True)), Counted)
        drills.setdefault(part.drill, []).append(part)
    return Totals(people=people, drills=[added(*parts) for parts in drills.values()], old=old)


def differences(connection: "Connection") -> Iterator[str]:
    """Yield where the totals are not what the results come to, however long it takes to count them."""
    connection.execute("set local statement_timeout = 0")
    for query in _DIFFERENCES:
        yield from (f"{drill}: {why}" for drill, why in connection.execute(query).fetchall())
