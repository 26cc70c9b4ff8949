"""The report on a team as a table, CSV, JSON, and one HTML page that asks nothing of elsewhere."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import escape

import msgspec

from trainer.humanize import count, dated, long_date
from trainer.reports.html_page import html_page
from trainer.reports.team import DrillReport, InAll, TeamReport
from trainer.reports.team_items import LEAST_PEOPLE
from trainer.reports.team_rows import Reached, Row, State
from trainer.sharing.drill import CHECK_FROM, CHECK_UNTIL, Drill

_PRIVATE = "For learning, not for pay or discipline. Only what members agreed to send is in it."
_SIGNS = {
    State.NOT_STARTED: "·",
    State.UNDER_WAY: "▸",
    State.PASSED: "✓",
    State.FAILED: "✗",
    State.OVERDUE: "!",
}
"""Beside the word, for a glance; nothing is told by it alone."""


def as_table(report: TeamReport) -> str:
    """Return the report in lines of text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: TeamReport) -> Iterator[str]:
    yield f"{report.name}, {long_date(report.day)} {report.day.year}"
    if not report.drills:
        yield "The team has no drill yet."
    for each in report.drills:
        yield ""
        yield heading(each, report.day)
        yield f"  {tally(each)}"
        if each.rows:
            cells = (_cells(row, each.drill, report.day) for row in each.rows)
            yield from _in_columns([_titles(each.drill), *cells])
        yield from (f"  {line}" for line in _item_lines(each))
    if report.told:
        yield ""
        yield "To look at:"
        yield from (f"  - {text}" for text in report.told)
    yield ""
    yield _PRIVATE


def _in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    columns = zip(*rows, strict=True)
    form = "".join(f"  {{:<{max(map(len, column))}}}" for column in columns)
    for cells in rows:
        yield form.format(*cells).rstrip()


def heading(each: DrillReport, today: date) -> str:
    """Return what a drill is in a line."""
    due = f", due {dated(each.drill.due, today)}" if each.drill.due else ""
    if each.drill.calibrates:
        return f"{each.drill.title}: calibration round, {count(each.drill.asked, 'answer')}{due}"
    asked = count(each.drill.asked, "question")
    return f"{each.drill.title}: {asked}, pass mark {each.drill.pass_mark} %{due}"


def tally(each: DrillReport) -> str:
    """Return how many stand where."""
    if each.in_all:
        return _in_all(each.in_all, each.drill)
    states = [row.reached.state for row in each.rows]
    told = [
        f"{states.count(state)} {_called(state, calibrates=each.drill.calibrates)}"
        for state in State
        if state in states
    ]
    return ", ".join(told) or "Nobody is to take it yet."


def _in_all(found: InAll, drill: Drill) -> str:
    sums = found.counted
    tried = str(sums.firsts)
    if sums.firsts <= found.people:  # else some came by mail
        tried = f"{sums.firsts} of {count(found.people, 'member')}"
    if drill.calibrates:
        return f"{tried} rated"
    told = [f"{tried} tried it", f"{sums.passed} passed"]
    if sums.first_asked:
        told.append(f"{sums.first_rights * 100 // sums.first_asked} % right at first attempts")
    if sums.checks:
        told.append(f"{sums.checks_held} of {count(sums.checks, 'delayed check')} stayed")
    return ", ".join(told)


_TITLES = ("Who", "State", "First", "Best", "Tries", "Delayed check")
_OF_ALL = 2
"""How many of them a calibration round has too, which is taken once, and has no score."""
_BEST = 2
"""The place of the best score behind the alias."""


def _titles(drill: Drill) -> tuple[str, ...]:
    return _TITLES[:_OF_ALL] if drill.calibrates else _TITLES


def _called(state: State, *, calibrates: bool) -> str:
    """Return what a state is called; who took a calibration round rated."""
    return "rated" if calibrates and state is State.PASSED else str(state)


def _cells(row: Row, drill: Drill, today: date) -> tuple[str, ...]:
    return row.person.alias, *_reached_cells(row.reached, drill.calibrates, today)


@lru_cache(maxsize=4096)  # many of a large team came to the same
def _reached_cells(
    found: Reached,
    calibrates: bool,  # noqa: FBT001 — a key of the cache
    today: date,
) -> tuple[str, ...]:
    state = f"{_SIGNS[found.state]} {_state_words(found, calibrates=calibrates)}"
    if calibrates:
        return (state,)
    return (
        state,
        _share(found.first),
        _share(found.best),
        str(found.tries) if found.tries else "",
        check_words(found, today),
    )


def reached_words(found: Reached, drill: Drill, today: date) -> str:
    """Return how somebody stands in a line."""
    check = check_words(found, today)
    scores = [_share(found.first), _share(found.best) if found.tries > 1 else ""]
    state = f"{_SIGNS[found.state]} {_state_words(found, calibrates=drill.calibrates)}"
    told = [state, ", then ".join(filter(None, scores))]
    return " · ".join([*filter(None, told), *([f"check: {check}"] if check else [])])


def _state_words(found: Reached, *, calibrates: bool) -> str:
    called = _called(found.state, calibrates=calibrates)
    return f"{called}, late" if found.late else called


def check_words(found: Reached, today: date) -> str:
    """Return what is known of the delayed check; empty where there is to be none yet."""
    if found.check is not None:
        late = ", late" if found.check_late else ""
        return f"{'stayed' if found.check_held else 'did not stay'}, {found.check} %{late}"
    if found.check_on is None:
        return ""
    if found.check_now:
        until = found.check_on + timedelta(days=CHECK_UNTIL - CHECK_FROM)
        return f"due, until {dated(until, today)}"
    return "not taken in time" if found.check_late else f"from {dated(found.check_on, today)} on"


_SHARES = [f"{per_cent} %" for per_cent in range(101)]


def _share(per_cent: int | None) -> str:
    return "" if per_cent is None else _SHARES[per_cent]


def items_note(each: DrillReport) -> str:
    """Return why there are no figures on items; empty where there are, or nobody tried."""
    if each.items or each.drill.calibrates or not each.tried_by:
        return ""
    if "items" not in each.drill.shares:
        return "This drill does not share which questions were right."
    if each.tried_by < LEAST_PEOPLE:
        return f"Figures on single questions need {LEAST_PEOPLE} people; {each.tried_by} sent a result."
    most, fewest = max(each.asked_by), min(each.asked_by)
    if most < LEAST_PEOPLE:
        return f"Figures on single questions need {LEAST_PEOPLE} people; none was asked of more than {most}."
    if fewest < LEAST_PEOPLE:
        return f"Nobody missed a question that {LEAST_PEOPLE} people or more were asked."
    return "Nobody missed a question."


def _item_lines(each: DrillReport) -> Iterator[str]:
    if note := items_note(each):
        yield note
    if each.calibration:
        from trainer.reports.calibration_words import calibration_lines  # noqa: PLC0415 — few teams have rounds

        yield from calibration_lines(each.calibration)
    if each.items:
        yield "Weakest questions, at first attempts:"
    for item in each.items:
        why = f" ({item.why})" if item.why else ""
        yield f"  {item.wrong} of {item.of} missed {item.number}: {item.says}{why}"
    if each.confusions:
        yield "Often chosen instead:"
    for confused in each.confusions:
        yield f"  {confused.by} of {confused.of} on {confused.number}, {confused.says}: {confused.chose}"


def as_csv(report: TeamReport) -> str:
    """Return a row for each person and drill; what a spreadsheet would take for a formula is none."""
    from trainer.reports.export import harmless  # noqa: PLC0415 — a table that is printed needs none

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = ("drill", "title", "due", "who", "state", "late", "tries", "first %", "best %")
    writer.writerow([*columns, "passed on", "check %", "check stayed", "check from"])
    for each in report.drills:
        for row in each.rows:
            found = row.reached
            cells = (
                *(each.drill.id, each.drill.title, each.drill.due, row.person.alias, str(found.state)),
                *("yes" if found.late else "no", found.tries, found.first, found.best, found.passed_on),
                *(found.check, "" if found.check is None else "yes" if found.check_held else "no"),
                found.check_on,
            )
            writer.writerow([harmless("" if cell is None else str(cell)) for cell in cells])
    return out.getvalue()


def as_json(report: TeamReport) -> str:
    """Return the report as JSON, without the ids of members."""
    raw = {
        "team": report.name,
        "day": report.day,
        "drills": [
            {
                "id": each.drill.id,
                "title": each.drill.title,
                "due": each.drill.due,
                "pass_mark": each.drill.pass_mark,
                "people": [
                    {"who": row.person.alias, **msgspec.structs.asdict(row.reached)} for row in each.rows
                ],
                "items": each.items,
                "confusions": each.confusions,
                **({"calibration": each.calibration} if each.calibration else {}),
                **({"in_all": each.in_all} if each.in_all else {}),
            }
            for each in report.drills
        ],
        "to_look_at": report.told,
    }
    return msgspec.json.format(msgspec.json.encode(raw)).decode() + "\n"


_STYLE = """
:root {
  color-scheme: light dark; --text: #111; --quiet: #444; --back: #fff; --line: #767676;
  --row: #ddd; --rest: #e5e7eb;
  --passed: #1a7f37; --under-way: #0969da; --not-started: #7d8590; --failed: #b42318; --overdue: #9a6700;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #eee; --quiet: #bbb; --back: #161616; --line: #8a8a8a;
    --row: #3a3a3a; --rest: #333;
    --passed: #4cc26a; --under-way: #58a6ff; --not-started: #8b949e; --failed: #ff7b72; --overdue: #d9a53b;
  }
}
body {
  font: 11pt/1.4 system-ui, sans-serif; color: var(--text); background: var(--back);
  max-width: 56rem; margin: 1rem auto; padding: 0 1rem;
}
h1 { font-size: 1.5em; margin: 0 0 .2em }
h2 { font-size: 1.15em; margin: 1.4em 0 .2em; border-bottom: 1px solid var(--line) }
h3 { font-size: 1em; margin: 1em 0 .2em }
p { margin: .3em 0 }
table { border-collapse: collapse; width: 100% }
th, td {
  text-align: left; padding: .25em .6em .25em 0; border-bottom: 1px solid var(--row); vertical-align: top;
}
td, li { overflow-wrap: anywhere }
.figure { white-space: nowrap }
svg { vertical-align: middle }
.note { color: var(--quiet) }
.rest { fill: var(--rest) } .share, .under-way { fill: var(--under-way) } .mark { stroke: var(--text) }
.passed { fill: var(--passed) } .failed { fill: var(--failed) } .overdue { fill: var(--overdue) }
.not-started, .given { fill: var(--not-started) } .reference { fill: var(--under-way) }
text { fill: var(--text) }
@media print { h2, h3 { break-after: avoid } tr, li { break-inside: avoid } }
"""
_PAINTED = (State.PASSED, State.UNDER_WAY, State.NOT_STARTED, State.FAILED, State.OVERDUE)
"""From left to right in the bar of a drill."""


def as_html(report: TeamReport) -> str:
    """Return one HTML page, whole in itself."""
    title = f"{report.name}: team drills"
    return html_page(title, _STYLE, "\n".join(_html(report, title)))


def _html(report: TeamReport, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="note">{escape(long_date(report.day))} {report.day.year}. {_PRIVATE}</p>'
    for each in report.drills:
        yield f"<h2>{escape(heading(each, report.day))}</h2>"
        picture = _states_picture(each) if each.rows else ""
        yield f"<p>{picture} {escape(tally(each))}</p>"
        if each.rows:
            yield "<table><tr>" + "".join(f"<th>{name}" for name in _titles(each.drill)) + "</tr>"
            for row in each.rows:
                who, *rest = map(escape, _cells(row, each.drill, report.day))
                if not each.drill.calibrates:
                    rest[_BEST] = f"{_bar(row.reached.best, each.drill.pass_mark)} {rest[_BEST]}"
                yield f"<tr><td>{who}" + "".join(f'<td class="figure">{cell}' for cell in rest) + "</tr>"
            yield "</table>"
        yield from _html_items(each)
    if report.told:
        yield "<h2>To look at</h2><ul>"
        yield from (f"<li>{escape(text)}</li>" for text in report.told)
        yield "</ul>"


def _html_items(each: DrillReport) -> Iterator[str]:
    if note := items_note(each):
        yield f'<p class="note">{escape(note)}</p>'
    if each.calibration:
        from trainer.reports.calibration_words import calibration_html  # noqa: PLC0415 — the same

        yield from calibration_html(each.calibration)
    if each.items:
        yield "<h3>Weakest questions, at first attempts</h3><table>"
        for item in each.items:
            missed = _bar(item.wrong * 100 // item.of, None)
            yield (
                f'<tr><td class="figure">{item.number}<td>{escape(item.says)}'
                f'<td class="figure">{missed} {item.wrong} of {item.of} missed<td>{escape(item.why)}</tr>'
            )
        yield "</table>"
    if each.confusions:
        yield "<h3>Often chosen instead</h3><ul>"
        for confused in each.confusions:
            yield (
                f"<li>{confused.by} of {confused.of} on {confused.number}, {escape(confused.says)}: "
                f"<b>{escape(confused.chose)}</b></li>"
            )
        yield "</ul>"


def _bar(per_cent: int | None, mark: int | None) -> str:
    """Return a share as a bar, with the pass mark on it if there is one."""
    if per_cent is None:
        return ""
    line = f'<path class="mark" d="M{mark} 0V10"/>' if mark is not None else ""
    return (
        '<svg width="100" height="10" role="img" aria-hidden="true"><path class="rest" d="M0 0H100V10H0Z"/>'
        f'<path class="share" d="M0 0H{per_cent}V10H0Z"/>{line}</svg>'
    )


def _states_picture(each: DrillReport) -> str:
    """Return how many stand where, as one bar."""
    whole, at, parts = len(each.rows) or 1, 0.0, []
    for state in _PAINTED:
        width = 200 * sum(row.reached.state is state for row in each.rows) / whole
        kind = state.replace(" ", "-")
        parts.append(f'<path class="{kind}" d="M{at:.1f} 0h{width:.1f}v12h-{width:.1f}z"/>' if width else "")
        at += width
    return f'<svg width="200" height="12" role="img" aria-hidden="true">{"".join(parts)}</svg>'


FORMATS: Mapping[str, Callable[[TeamReport], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "html": as_html,
}
"""By what people call them."""
