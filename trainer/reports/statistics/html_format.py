"""The statistics as one HTML page: pictures are drawn in it, and it asks nothing of elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape

from trainer.humanize import count, long_date, short_date
from trainer.memory.state import Day
from trainer.reports.html_page import html_page
from trainer.reports.statistics.parts import Bar, Curve, Entry, Figure, Part, Section, Told, Under, Year

_STYLE = """
:root { color-scheme: light dark; --text: #111; --back: #fff; --line: #767676; --bar: #1a6e3c;
  --some: #7fb894; --rest: #e4e4e4; --mark: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --text: #eee; --back: #161616; --line: #8a8a8a; --bar: #6fcf97; --some: #3d7a56; --rest: #333;
    --mark: #ff8a80 }
}
body { font: 12pt/1.45 system-ui, sans-serif; color: var(--text); background: var(--back);
  max-width: 46rem; margin: 1rem auto; padding: 0 1rem }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; border-bottom: 1px solid var(--line); margin: 1.6em 0 .5em }
h3 { font-size: 1em; margin: 1em 0 .3em }
p { margin: .4em 0 }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3em 1em; margin: .4em 0 }
dt { overflow-wrap: anywhere } dd { margin: 0 }
svg { max-width: 100%; height: auto; vertical-align: middle; margin-right: .6em }
.rest { fill: var(--rest) } .bar { fill: var(--bar) } .some { fill: var(--some) } .mark { fill: var(--mark) }
text { fill: var(--text); font-size: 9px }
@media print { body { max-width: none; margin: 0; font-size: 10pt } }
"""
_BAR_WIDE, _BAR_HIGH = 200, 12
_STEP = 7
"""Pixels of a week in a curve."""
_DAY = 12
"""Pixels of a day in the calendar."""
_LETTERS = "MTWTFSS"


def as_html(sections: Iterable[Section], recruiter: str, day: Day) -> str:
    """Return the page of a recruiter as of a day."""
    title = f"Progress of {recruiter}"
    body = [f"<h1>{escape(title)}</h1>", f"<p>{long_date(day)} {day.year}</p>"]
    for section in sections:
        body.append(f"<h2>{escape(section.title)}</h2>")
        body += _parts(section.parts)
    return html_page(title, _STYLE, "\n".join(body))


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    """Yield parts; what has a name stands in a list with those beside it."""
    listed = False
    for part in parts:
        named = isinstance(part, Figure | Bar | Curve | Entry)
        if named is not listed:
            yield "<dl>" if named else "</dl>"
        listed = named
        yield _part(part)
    if listed:
        yield "</dl>"


def _part(part: Part) -> str:
    match part:
        case Told(text):
            return f"<p>{escape(text)}</p>"
        case Under(text):
            return f"<h3>{escape(text)}</h3>"
        case Figure(label, text):
            return _named(label, text)
        case Bar(label, share, figure, mark):
            return _named(label, figure, _bar(share, mark))
        case Curve(label, shares, figure):
            return _named(label, figure, _curve(shares))
        case Entry(_, text, figure, more):
            return _named(figure, f"{text} ({more})")
        case Year():
            return _calendar(part)


def _named(label: str, text: str, picture: str = "") -> str:
    return f"<dt>{escape(label)}</dt><dd>{picture}{escape(text)}</dd>"


def _bar(share: float, mark: float | None) -> str:
    drawn = _box(0, _BAR_WIDE, "rest") + _box(0, _BAR_WIDE * share, "bar")
    if mark is not None:
        drawn += _box(min(_BAR_WIDE - 2, _BAR_WIDE * mark), 2, "mark")
    return _picture(_BAR_WIDE, _BAR_HIGH, drawn)


def _box(left: float, width: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{left:.1f}" width="{width:.1f}" height="{_BAR_HIGH}"/>'


def _curve(shares: tuple[float | None, ...]) -> str:
    high = 2 * _BAR_HIGH
    columns = (
        f'<rect class="bar" x="{i * _STEP}" y="{high * (1 - share):.1f}" width="{_STEP - 1}" '
        f'height="{high * share:.1f}"/>'
        for i, share in enumerate(shares)
        if share is not None
    )
    wide = len(shares) * _STEP
    base = f'<rect class="rest" y="0" width="{wide}" height="{high}"/>'
    return _picture(wide, high, base + "".join(columns))


def _calendar(year: Year) -> str:
    drawn = [f'<text x="0" y="{(i + 1) * _DAY - 3}">{letter}</text>' for i, letter in enumerate(_LETTERS)]
    for column, week in enumerate(year.weeks, start=1):
        for row, done in enumerate(week.days):
            day = week.monday + timedelta(days=row)
            if day > year.today:
                continue
            kind = "rest" if not done.answers else "bar" if done.minutes >= year.goal else "some"
            told = f"{short_date(day)} {day.year}: {count(done.answers, 'answer')}, {done.minutes:.0f} min"
            drawn.append(
                f'<rect class="{kind}" x="{column * _DAY}" y="{row * _DAY}" width="{_DAY - 2}" '
                f'height="{_DAY - 2}"><title>{told}</title></rect>'
            )
    legend = f"<p>Light: a day with answers. Dark: {count(year.goal, 'minute')} or more.</p>"
    return _picture((len(year.weeks) + 1) * _DAY, 7 * _DAY, "".join(drawn)) + legend


def _picture(wide: float, high: float, drawn: str) -> str:
    """Return a picture; its figure stands beside it, so that nobody need see it."""
    return f'<svg viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" aria-hidden="true">{drawn}</svg>'
