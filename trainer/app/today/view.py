"""Today: one thing to do, one role, one sentence. It never grows."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from trainer.app.kit.feature import Event, Feature
from trainer.app.kit.layout import BLANK, block, fit, hanging, text
from trainer.app.kit.phrases import KNOW, PRACTICE, SOON, TO_COME, count, long_date, said, short_date
from trainer.app.kit.place_screen import feature_target
from trainer.app.kit.places import Around
from trainer.app.kit.row_list import MARGIN, Row
from trainer.reports.roles import Counts, RoleStanding
from trainer.reports.today import Standing
from trainer.reports.week import Week

START, ROLE, MORE, QUIZ = "start", "role", feature_target("more"), feature_target("quiz")
Events = Sequence[tuple[Feature, Event]]

BROAD = 100
"""From this width of the window on the week and the events stand at the right."""
_WEEK_FROM, _SHORT_BELOW = 74, 46
"""From the first width on the week stands beside the button; below the other the button says less."""
_INSIDE = 38
"""Cells within the button at least, where there is room."""
_SENTENCE = 2
"""Lines that are kept free for the sentence, which may come later than all else."""
_NAMES = 9
_BAR_MOST = 28
_FIGURES = 36
_DAY_LETTERS = "MTWTFSS"
_DONE, _NOW, _NOT = "■", "◐", "·"


def today_page(  # noqa: PLR0913 — what is shown, and the room for it
    standing: Standing, around: Around, events: Events, width: int, height: int, *, broad: bool
) -> list[Row]:
    """Lay Today out; in a low window the bars go first, then the week."""
    bars = weeks = not standing.first_day
    if broad:
        events = ()
    while True:
        week = standing.week if weeks and not broad else None
        rows = _page(standing, around, events, width, bars=bars, week=week, sentence=False)
        if len(fit(rows, 0)) + _SENTENCE <= height or not (bars or weeks):
            break
        bars, weeks = False, bars and weeks
    page = _page(standing, around, events, width, bars=bars, week=week, sentence=True)
    above = fit(rows, height - _SENTENCE)
    button = _button_at(above)
    return [*above[:button], *fit(page[_button_at(page) :], height - button)]


def side_page(standing: Standing, events: Events, width: int) -> list[Row]:
    """Lay out what stands beside it in a broad window."""
    rows = [BLANK, BLANK, BLANK]
    if not standing.first_day:
        rows += [Row(line) for line in _week_lines(standing.week)]
    for feature, event in events:
        target = feature_target(feature.name)
        verb = Content.assemble((feature.printed_key, "$key"), f"  {event.verb}")
        rows += [BLANK, *block(said(event.label, "bold $strong"), width, target=target)]
        words = filter(None, (event.words, event.figures))
        rows += [row for each in words for row in text(each, width, target=target)]
        rows += block(verb, width, target=target)
    return rows


def _page(  # noqa: PLR0913 — the parts that may be left out
    standing: Standing,
    around: Around,
    events: Events,
    width: int,
    *,
    bars: bool,
    week: Week | None,
    sentence: bool,
) -> list[Row]:
    beside = week if width >= _WEEK_FROM else None
    rows = [BLANK, _greeting(standing, around, width), BLANK, *_button(standing, width, beside)]
    if standing.work:
        rows += text(standing.work, width, "$quiet", indent=MARGIN + 1)
    if standing.more:
        rows.append(_choice("m", standing.more, MORE))
    elif not standing.waiting and standing.overview.has_cards:
        rows.append(_choice("t", "Ten quick questions keep it fresh", QUIZ))
    if standing.role:
        rows += [BLANK, _role(standing, standing.role, width)]
        rows += _bars(standing.role, width) if bars else []
    if week and not beside:
        rows += [BLANK, _week_line(week, width)]
    if sentence and standing.sentence:
        rows += [BLANK, *text(standing.sentence, width)]
    if events:
        rows += [BLANK, *(_event(feature, event, width) for feature, event in events)]
    for notice in standing.notices:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(notice), width)]
    return rows


def _button_at(rows: Sequence[Row]) -> int:
    """Return the place after the button, or after what stands in its place."""
    return max(i + 1 for i, row in enumerate(rows) if START in {row.target, row.place})


def _greeting(standing: Standing, around: Around, width: int) -> Row:
    person = around.person.rstrip(".")  # "Anna B." ends the sentence herself
    words = said(f"  {_by_hour(standing.now)}, {person}.", "bold $strong")
    if not around.saved:
        words = words.truncate(max(8, width - len(PRACTICE) - 3), ellipsis=True) + f"  {PRACTICE}"
    for day in (long_date(standing.day), short_date(standing.day)):
        if words.cell_length + len(day) + 2 <= width:
            space = " " * (min(width, 76) - words.cell_length - len(day))
            return Row(Content.assemble(words, space, (day, "$quiet")))
    return Row(words.truncate(width, ellipsis=True))


def _by_hour(now: datetime) -> str:
    if 4 <= now.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= now.hour < 18 else "Good evening"


def _button(standing: Standing, width: int, week: Week | None) -> list[Row]:
    """Lay out the one button, or that all is done, in a frame; the week beside it."""
    short = width < _SHORT_BELOW
    if standing.done:
        inside = Content.styled(standing.done, "bold $strong")
        edge, target = "$rest", ""
    else:
        cards, minutes = standing.waiting, standing.overview.minutes
        told = f"{cards} · {minutes} min" if short else f"{count(cards, 'card')} · {count(minutes, 'minute')}"
        inside = Content.assemble(("Enter", "bold $key"), "  ", ("Start", "bold $strong"), f"   {told}")
        edge, target = "$key", START
    room = max(8, min(width - 6, max(inside.cell_length, 0 if short else _INSIDE)))
    inside = inside.truncate(room, ellipsis=True)
    line = "─" * (room + 2)
    drawn = (
        Content.styled(f"  ╭{line}╮", edge),
        Content.assemble(("  │ ", edge), inside, " " * (room - inside.cell_length), (" │", edge)),
        Content.styled(f"  ╰{line}╯", edge),
    )
    beside = _week_lines(week) if week else (Content(""),) * 3
    gap = " " * 4
    return [
        Row(left + gap + right if right.plain else left, target, "" if target else START)
        for left, right in zip(drawn, beside, strict=True)
    ]


def _signs(week: Week) -> list[tuple[str, str]]:
    """Return a sign for each day, with its style: answered, today and not yet, neither."""
    return [
        (_DONE, "$right") if answered else (_NOW, "$key") if i == week.today else (_NOT, "$quiet")
        for i, answered in enumerate(week.days)
    ]


def _week_lines(week: Week) -> tuple[Content, Content, Content]:
    letters = Content("  ").join(
        Content.styled(letter, "bold $strong" if i == week.today else "$quiet")
        for i, letter in enumerate(_DAY_LETTERS)
    )
    signs = Content("  ").join(Content.styled(*sign) for sign in _signs(week))
    return Content.assemble(("This week", "bold $strong"), f"  {week.words}"), letters, signs


def _week_line(week: Week, width: int) -> Row:
    days = Content(" ").join(
        Content.assemble((letter, "$quiet"), sign)
        for letter, sign in zip(_DAY_LETTERS, _signs(week), strict=True)
    )
    head = "  This week  " if width >= 54 else "  "
    line = Content.assemble(head, days, f"  {week.words}")
    return Row(line.truncate(width, ellipsis=True))


def _role(standing: Standing, role: RoleStanding, width: int) -> Row:
    key = Content.assemble(("o", "$key"), "  next role") if len(standing.learned) > 1 else Content("")
    end = min(width, _NAMES + 2 + _BAR_MOST + 2 + _FIGURES)
    name = Content.assemble("  You learn  ", said(role.name, "bold $strong"))
    room = end - key.cell_length - (2 if key.plain else 0)
    if room < 24:  # the name is more than the key, which the help has too
        key, room = Content(""), end
    name = name.truncate(room, ellipsis=True)
    line = name + " " * (end - name.cell_length - key.cell_length) + key if key.plain else name
    return Row(line, ROLE if len(standing.learned) > 1 else "")


def _bars(role: RoleStanding, width: int) -> list[Row]:
    return [_deck(deck.name, deck.counts, width) for deck in role.decks if deck.counts.cards]


def _deck(name: str, counts: Counts, width: int) -> Row:
    bar = min(_BAR_MOST, width - _NAMES - 2 - 2 - _FIGURES)
    figures = Content(f"{counts.know:>4} know · {counts.soon:>3} soon · {counts.to_come:>3} to come")
    line = Content(f"    {name:<{_NAMES}}" if bar >= 6 else f"  {name:<{_NAMES - 1}}")
    if bar >= 6:
        line = line + _bar(counts, bar - 2) + "  "
    return Row((line + figures).truncate(width, ellipsis=True))


def _bar(counts: Counts, length: int) -> Content:
    """Draw what one knows, knows soon and has to come; the signs tell them apart, not a colour."""
    drawn = Content("")
    for number, sign, style in ((counts.know, KNOW, "$right"), (counts.soon, SOON, "$key")):
        cells = min(-(-number * length // max(1, counts.cards)), length - len(drawn))
        drawn += Content.styled(sign * cells, style)
    return drawn + Content.styled(TO_COME * (length - len(drawn)), "$quiet")


def _event(feature: Feature, event: Event, width: int) -> Row:
    verb = Content.assemble((feature.printed_key, "$key"), f"  {event.verb}")
    room = min(width, 76) - verb.cell_length - 2
    label = f"{event.label:<11} "
    if 2 + len(label) + len(event.words) > room:
        label = f"{event.label}  "
    words = Content.assemble("  ", said(label, "bold $strong"), said(event.words))
    figures = said(f"   {event.figures}")
    if event.figures and words.cell_length + figures.cell_length <= room:
        words += figures
    words = words.truncate(max(8, room), ellipsis=True)
    return Row(words + " " * (max(8, room) - words.cell_length + 2) + verb, feature_target(feature.name))


def _choice(key: str, words: str, target: str) -> Row:
    return Row(Content.assemble("   ", (key, "$key"), f"  {words}"), target)
