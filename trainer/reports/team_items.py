"""The weakest items of a drill, and what explains them; from five people on, so that none is picked out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from msgspec import Struct

from trainer.reports.team_lines import RIGHT, WRONG, Scored
from trainer.sharing.drill import Drill, Published
from trainer.sharing.results import questions_of

LEAST_PEOPLE = 5
MOST_LISTED = 10
_NEARLY_ALL = 0.8
_WEAK = 0.4
"""An item that so many missed is worth a word."""
_SEVERAL = 2
_BEST = 3
"""The best third of those who tried, or at least so many of them."""


class ItemFigure(Struct, frozen=True, kw_only=True):
    """How an item of a drill did at first attempts."""

    number: int
    """Its place in the drill, from 1 on."""
    card: str
    says: str
    wrong: int
    of: int
    doubted: int = 0
    """By how many it was called doubtful, where that is shared."""
    why: str = ""
    """What explains it; empty where nothing has to."""


class Confused(Struct, frozen=True, kw_only=True):
    """A wrong answer that several chose."""

    number: int
    card: str
    says: str
    option: str
    """The id of what was chosen."""
    chose: str
    by: int


def items_of(drill: Drill, firsts: Sequence[Scored]) -> list[ItemFigure]:
    """Return the items that were missed most, the weakest first; none where they are not shared."""
    if "items" not in drill.shares:
        return []
    ranked = sorted(firsts, key=attrgetter("right"), reverse=True)
    all_, best = _joined(ranked), _joined(ranked[: max(_BEST, len(ranked) // 3)])
    doubted = Counter(number for each in firsts for number in set(each.doubtful))
    found = []
    places = len(drill.questions)
    for place, asked in enumerate(drill.questions):
        given = all_[place::places]
        wrong = given.count(WRONG)
        of = wrong + given.count(RIGHT)
        if of < LEAST_PEOPLE or not (wrong or doubted[place + 1]):
            continue
        found.append(
            ItemFigure(
                number=place + 1,
                card=asked.card,
                says=asked.says or asked.card,
                wrong=wrong,
                of=of,
                doubted=doubted[place + 1],
                why=_why(wrong / of, best[place::places], doubted[place + 1]),
            )
        )
    return sorted(found, key=lambda each: (-each.wrong / each.of, each.number))[:MOST_LISTED]


def _joined(results: Iterable[Scored]) -> bytes:
    """Return the answers of all behind each other: each has one for each question of the drill."""
    return b"".join([each.items for each in results if each.items])


def _why(missed: float, by_best: bytes, doubted: int) -> str:
    """Return whether the card or a gap explains what such a share missed."""
    if doubted >= _SEVERAL:
        return f"look at the card: {doubted} called it doubtful"
    wrong, right = by_best.count(WRONG), by_best.count(RIGHT)
    if missed >= _NEARLY_ALL and wrong > right:
        return "look at the card: nearly all missed it, the best too"
    if missed >= _WEAK:
        return "a gap: the best know it" if right > wrong else "a gap, of the best too"
    return ""


def confusions_of(
    drill: Drill, firsts: Sequence[Scored], whole: Callable[[str], Published]
) -> list[Confused]:
    """Return the wrong answers that several chose; none where the drill does not share what was chosen."""
    if "chosen" not in drill.shares or len(firsts) < LEAST_PEOPLE:
        return []
    chose: Counter[tuple[int, str]] = Counter()
    for each in firsts:
        for place, ids in each.wrong:
            chose.update((place, id_) for id_ in ids)
    texts = _option_texts(whole(drill.id)) if chose else {}
    asked = drill.questions
    return [
        Confused(
            number=place + 1,
            card=asked[place].card,
            says=asked[place].says or asked[place].card,
            option=id_,
            chose=texts.get((place, id_), id_),
            by=number,
        )
        for (place, id_), number in sorted(chose.items(), key=lambda each: (-each[1], each[0]))
        if number >= _SEVERAL
    ][:MOST_LISTED]


def _option_texts(drill: Published) -> dict[tuple[int, str], str]:
    """Return what the wrong options say, by the place of the item and the option's id."""
    places = {asked.card: place for place, asked in enumerate(drill.drill.questions)}
    found = {}
    for each in questions_of(drill, 1, ""):
        place = places[each.card.id]
        found.update({(place, option.id): option.text for option in each.question.options})
    return found
