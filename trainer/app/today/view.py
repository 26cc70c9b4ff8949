"""Today: what there is to do, and where the four decks stand."""

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from trainer.app.kit.feature import Feature
from trainer.app.kit.layout import BLANK, block, hanging, text
from trainer.app.kit.phrases import count, in_days, said
from trainer.app.kit.row_list import Row
from trainer.cards.decks import DECKS
from trainer.reports.overview import Overview, Tally
from trainer.reports.today import Standing

START, QUIZ, MORE, UNDO = "start", "quiz", "more", "undo"
_NAME = 17
_FIGURES_FROM, _PICTURE_FROM = 57, 76
"""From these widths on the decks stand with their figures, and with a picture."""
_PICTURE = 15


def deck_target(key: str) -> str:
    """Return the target of a deck's row."""
    return f"deck.{key}"


def feature_target(name: str) -> str:
    """Return the target of a feature's line."""
    return f"feature.{name}"


def giving_way(features: Sequence[Feature]) -> list[str]:
    """Return the targets of the lines that a low window has no room for, in the order in which they go.

    They stand in the help too.
    """
    sparable = [feature for feature in features if feature.gives_way]
    return [feature_target(each.name) for each in sorted(sparable, key=lambda each: each.gives_way)]


def today_page(standing: Standing, features: Sequence[Feature], width: int) -> list[Row]:
    """Lay Today out."""
    rows = [BLANK, *text(_greeting(standing.now), width, "bold $strong"), BLANK]
    rows += _work(standing, width)
    rows += [BLANK, *_decks(standing.overview, width), BLANK]
    seen = standing.overview
    told = []
    if seen.unseen:
        told.append(f"Résumé lines you had never seen before: {seen.unseen_right} of {seen.unseen} right.")
    if standing.confusion:
        told.append(standing.confusion)
    for words in told:
        rows += text(words, width)
    rows += [BLANK] if told else []
    rows += _others(standing, features)
    for notice in standing.notices:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(notice), width)]
    return rows


def _work(standing: Standing, width: int) -> list[Row]:
    seen = standing.overview
    if not standing.waiting:
        return _nothing(standing, width)
    to_review = seen.again + seen.reviews
    parts = [f"{to_review} to review"] if to_review else []
    if seen.new:
        parts.append(f"{seen.new} new")
    line = Content.assemble(
        (" + ".join(parts), "bold $strong"), (f"   about {count(seen.minutes, 'minute')}", "$quiet")
    )
    return [*block(line, width), BLANK, *_button()]


def _button() -> list[Row]:
    inside = Content.assemble("  ", ("Enter", "$key"), "   Start", " " * 12)
    edge = "─" * inside.cell_length
    return [
        Row(Content.styled(f"  ┌{edge}┐", "$key"), START),
        Row(Content.assemble("  ", ("│", "$key"), inside, ("│", "$key")), START),
        Row(Content.styled(f"  └{edge}┘", "$key"), START),
    ]


def _nothing(standing: Standing, width: int) -> list[Row]:
    seen = standing.overview
    done = "All done for today." if seen.today.reviews else "Nothing to review today."
    if standing.more_due:
        rows = text(f"Enough for today: {count(seen.minutes_today, 'minute')}.", width, "bold $strong")
        told = f"{count(seen.due, 'card')} more to review. If you like, go on now: press m."
        return [*rows, *text(told, width, "$quiet")]
    rows = text(done, width, "bold $strong")
    if seen.next_due:
        rows += text(f"The next card comes back {in_days((seen.next_due - standing.day).days)}.", width)
    if not any(tally.cards for tally in seen.decks.values()):
        rows += text("There are no cards: no sheet could be read.", width)
    elif seen.more_new:
        rows += text("If you like, meet more new cards now: press m.", width, "$quiet")
    else:
        rows += text(
            "You have met every card. Ten quick questions keep them fresh: press t.", width, "$quiet"
        )
    return rows


def _decks(seen: Overview, width: int) -> list[Row]:
    """Lay out a line a deck: with a picture where there is room, and at least what is to do."""
    figures, picture = width >= _FIGURES_FROM, width >= _PICTURE_FROM
    days = "   right on 1 · 2 · 3 days" if picture else "   right 1·2·3 days" if figures else ""
    rows = [Row(Content.styled(" " * (_NAME + 5) + f" review   new{days}", "$quiet"))]
    for number, (key, kind) in enumerate(DECKS.items(), start=1):
        tally = seen.decks[key]
        line = Content.assemble("  ", (str(number), "$key"), "  ", kind.name.ljust(_NAME))
        line += Content(f"{tally.due:>7}{tally.new:>6}")
        if figures:
            one, two, three = tally.right_days
            line += Content(f"{one:>4} ·{two:>3} ·{three:>3} {' ' * picture}")
            line += _picture(tally) if picture else Content("")
            line += Content.styled(f"{'  ' * picture}of {tally.cards}", "$quiet")
        rows.append(Row(line, deck_target(key)))
    return rows


def _picture(tally: Tally) -> Content:
    """Draw the cards right on three days, on two and on one; the signs tell them apart, not a colour."""
    one, two, three = tally.right_days
    drawn = Content("")
    for number, sign, style in (
        (three, "■", "$right"),
        (two, "▪", "$right"),
        (one, "·", "$key"),
    ):
        length = min(-(-number * _PICTURE // max(1, tally.cards)), _PICTURE - len(drawn))
        drawn += Content.styled(sign * length, style)
    return drawn + Content.styled("─" * (_PICTURE - len(drawn)), "$rest")


def _others(standing: Standing, features: Sequence[Feature]) -> list[Row]:
    """Lay out a line for all else that can be done."""
    there_are_cards = any(tally.cards for tally in standing.overview.decks.values())
    rows = []
    if there_are_cards:
        rows.append(_choice("t", "Ten quick questions", QUIZ))
    if standing.more_due:
        rows.append(_choice("m", "More to review", MORE))
    elif standing.overview.more_new:
        rows.append(_choice("m", "More new cards", MORE))
    # What gives way first stands last; what never does, first.
    shown = [each for each in features if each.line]
    ordered = sorted(shown, key=lambda each: (bool(each.gives_way), -each.gives_way))
    if there_are_cards:
        rows += [_feature(each) for each in ordered if each.needs_cards]
    if standing.can_undo:
        rows.append(_choice("u", "Undo the last answer", UNDO))
    return [*rows, *(_feature(each) for each in ordered if not each.needs_cards)]


def _feature(feature: Feature) -> Row:
    return _choice(feature.key.partition(",")[0], feature.line, feature_target(feature.name))


def _choice(key: str, words: str, target: str) -> Row:
    return Row(Content.assemble("  ", (key, "$key"), f"  {words}"), target)


def _greeting(now: datetime) -> str:
    if 4 <= now.hour < 12:
        return "Good morning."
    return "Good afternoon." if 12 <= now.hour < 18 else "Good evening."
