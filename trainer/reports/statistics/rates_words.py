"""What was right, and what was promised, in words and pictures."""

from collections.abc import Iterator, Sequence

from trainer.humanize import count
from trainer.reports.statistics.accuracy import Accuracy, Course
from trainer.reports.statistics.days import LATE
from trainer.reports.statistics.measured import NEWEST
from trainer.reports.statistics.parts import Bar, Curve, Part, Told, Under
from trainer.reports.statistics.promise import ENOUGH, Bin, Promise
from trainer.reports.statistics.rates import Rate

_NO_TRY = (
    "A first meeting is no test, so a card counts from the second time on. From your second day on, it says "
    "here how many you had right at first try, week by week."
)
_LUCK = "Luck with the options counts as right here, unless you own up to a guess."


def accuracy_parts(found: Accuracy) -> Iterator[Part]:
    """Yield what was right at first try."""
    if not found.whole.ever.of:
        yield Told(_NO_TRY)
        return
    begun = next((i for i, rate in enumerate(found.whole.weeks) if rate.of), len(found.whole.weeks) - 1)
    yield Told("Week by week, the newest at the right; the higher, the more was right.")
    yield _curve(found.whole, begun)
    if found.unseen.ever.of:
        yield _curve(found.unseen, begun)
    for head, courses in (("By deck", found.decks), ("By role", found.roles)):
        if len(courses) > 1 or head == "By deck":
            yield Under(head)
            yield from (_curve(course, begun) for course in courses)


def _curve(course: Course, begun: int) -> Curve:
    return Curve(course.name, tuple(rate.share for rate in course.weeks[begun:]), _over_time(course))


def _over_time(course: Course) -> str:
    late, before = course.late, course.before
    if not before.of:
        return in_words(late)
    if not late.of:
        return f"{in_words(before)}; none in {LATE} weeks"
    return f"{in_words(late)} in {LATE} weeks; before {_percent(before)}"


def promise_parts(found: Promise) -> Iterator[Part]:
    """Yield what was promised beside what was measured."""
    if found.promised is None or found.measured.share is None:
        yield Told(
            f"Too early to tell. It takes {ENOUGH} first tries on cards that were last asked a day or more "
            f"before; there are {found.measured.of}. Then it says here whether you remember as much as the "
            "schedule promises."
        )
        return
    yield Told(_verdict(found, found.promised))
    yield Bar("Promised", found.promised, f"{percent(found.promised)} would be right")
    yield Bar("Measured", found.measured.share, in_words(found.measured))
    tries = found.measured.of
    newest = f"your newest {NEWEST} tries" if tries == NEWEST else f"your {count(tries, 'try', 'tries')}"
    yield Told(
        f"Of {newest} a day or more after the card was last asked. The true share lies between "
        f"{percent(found.least)} and {percent(found.most)}, 19 times in 20. {_LUCK}"
    )
    yield Under("By what was promised, which │ marks")
    yield from _bins(found.bins)


def _verdict(found: Promise, promised: float) -> str:
    if found.kept == 0:
        share = found.measured.share or 0.0
        if percent(share) == percent(promised):
            return f"You remember what the schedule promises, {percent(promised)}."
        other = "less" if share < promised else "more"
        return f"The schedule promises {percent(promised)}. That you remembered {other} may be chance."
    if found.kept == 1:
        return (
            f'You remember more than the {percent(promised)} that the schedule promises. With less "To be '
            'remembered" in Settings, cards come less often.'
        )
    return (
        f'You remember less than the {percent(promised)} that the schedule promises. With more "To be '
        'remembered" in Settings, cards come back sooner.'
    )


def _bins(bins: Sequence[Bin]) -> Iterator[Bar]:
    for each in bins:
        if each.promised is not None and each.measured.share is not None:
            label = f"{each.least * 100:.0f} to {each.most * 100:.0f}%"
            figure = f"{in_words(each.measured)}; promised {percent(each.promised)}"
            yield Bar(label, each.measured.share, figure, each.promised)


def in_words(rate: Rate) -> str:
    """Return a rate as "45 of 50, 90%"; 0 and 100 are told of none and all alone."""
    return f"{rate.right:,} of {rate.of:,}, {_percent(rate)}" if rate.of else "none yet"


def _percent(rate: Rate) -> str:
    share = rate.share or 0.0
    told = min(99, round(share * 100)) if rate.right < rate.of else 100
    return f"{max(1, told) if rate.right else 0}%"


def percent(share: float) -> str:
    """Return a share in whole percents."""
    return f"{round(share * 100)}%"
