"""The weakest items of a drill, and what explains them; from five people on, so that none is picked out."""

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import UNSET, Struct

from trainer.sharing.drill import Drill, Published
from trainer.sharing.lines import Result
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


def items_of(drill: Drill, firsts: Sequence[Result]) -> list[ItemFigure]:
    """Return the items that were missed most, the weakest first."""
    ranked = sorted(firsts, key=lambda each: -each.right)
    best = ranked[: max(_BEST, len(ranked) // 3)]
    doubted = Counter(
        number for each in firsts if each.doubtful is not UNSET for number in set(each.doubtful)
    )
    found = []
    for place, asked in enumerate(drill.questions):
        given = _given(firsts, place)
        wrong = given.count(False)
        if len(given) < LEAST_PEOPLE or not (wrong or doubted[place + 1]):
            continue
        by_best = _given(best, place)
        found.append(
            ItemFigure(
                number=place + 1,
                card=asked.card,
                says=asked.says or asked.card,
                wrong=wrong,
                of=len(given),
                doubted=doubted[place + 1],
                why=_why(wrong, given, by_best, doubted[place + 1]),
            )
        )
    return sorted(found, key=lambda each: (-each.wrong / each.of, each.number))[:MOST_LISTED]


def _given(results: Sequence[Result], place: int) -> list[bool]:
    return [
        answer for each in results if each.items is not UNSET and (answer := each.items[place]) is not None
    ]


def _why(wrong: int, given: Sequence[bool], by_best: Sequence[bool], doubted: int) -> str:
    """Return whether the card or a gap explains what was missed."""
    if doubted >= _SEVERAL:
        return f"look at the card: {doubted} called it doubtful"
    if wrong / len(given) >= _NEARLY_ALL and by_best.count(False) * 2 > len(by_best):
        return "look at the card: nearly all missed it, the best too"
    if wrong / len(given) >= _WEAK:
        knows = by_best.count(True) * 2 > len(by_best)
        return "a gap: the best know it" if knows else "a gap, of the best too"
    return ""


def confusions_of(
    drill: Drill, firsts: Sequence[Result], whole: Callable[[str], Published]
) -> list[Confused]:
    """Return the wrong answers that several chose; none where the drill does not share what was chosen."""
    if "chosen" not in drill.shares or len(firsts) < LEAST_PEOPLE:
        return []
    chose: Counter[tuple[int, str]] = Counter()
    for each in firsts:
        if each.items is UNSET or each.chosen is UNSET:
            continue
        for place, (right, ids) in enumerate(zip(each.items, each.chosen, strict=False)):
            if right is False and ids:
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
