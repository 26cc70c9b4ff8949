"""The weakest items of a drill, and what explains them; from five people on, so that none is picked out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct

from trainer.clean import clean_line
from trainer.reports.team_lines import NOT_ASKED, RIGHT, WRONG, Scored
from trainer.sharing.drill import Drill, Published

LEAST_PEOPLE = 5
MOST_LISTED = 10
_NEARLY_ALL = 0.8
_WEAK = 0.4
"""An item that so many missed is worth a word."""
_SEVERAL = 2
_BEST = 3
"""The best third of those who were asked, or at least so many of them."""
_LEFT_OUT = bytes([NOT_ASKED])
_Choice = tuple[int, str]
"""The place of an item, and the id of an option."""


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
    of: int
    """How many were asked it."""


def asked_by(drill: Drill, firsts: Sequence[Scored]) -> Sequence[int]:
    """Return by question how many were asked it; nothing where that is not shared."""
    if "items" not in drill.shares:
        return ()
    places = len(drill.questions)
    if drill.asked == places:
        return [len(firsts)] * places
    all_ = _joined(firsts)
    given = (all_[place::places] for place in range(places))
    return [each.count(WRONG) + each.count(RIGHT) for each in given]


def items_of(drill: Drill, firsts: Sequence[Scored]) -> list[ItemFigure]:
    """Return the items that were missed most, the weakest first; none where they are not shared."""
    if "items" not in drill.shares:
        return []
    ranked = sorted(firsts, key=attrgetter("right"), reverse=True)
    all_ = _joined(ranked)
    doubting = firsts if "doubtful" in drill.shares else ()
    doubted = Counter(number for each in doubting for number in set(each.doubtful))
    found = []
    places = len(drill.questions)
    for place, asked in enumerate(drill.questions):
        given = all_[place::places].replace(_LEFT_OUT, b"")
        wrong, of = given.count(WRONG), len(given)
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
                why=_why(wrong / of, given[: max(_BEST, of // 3)], doubted[place + 1]),
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
    """Return the wrong answers that several chose, of questions that enough were asked.

    None where the drill does not share what was chosen.
    """
    if "chosen" not in drill.shares:
        return []
    of = asked_by(drill, firsts)
    chose: Counter[_Choice] = Counter()
    chosen_by: dict[_Choice, str] = {}
    for each in firsts:
        for place, ids in each.wrong:
            for id_ in set(ids) if of[place] >= LEAST_PEOPLE else ():
                chose[place, id_] += 1
                chosen_by.setdefault((place, id_), each.member)
    ranked = sorted(chose.items(), key=lambda each: (-each[1], each[0]))
    listed = [(choice, number) for choice, number in ranked if number >= _SEVERAL][:MOST_LISTED]
    texts = (
        _option_texts(whole(drill.id), {choice: chosen_by[choice] for choice, _ in listed}) if listed else {}
    )
    asked = drill.questions
    return [
        Confused(
            number=place + 1,
            card=asked[place].card,
            says=asked[place].says or asked[place].card,
            option=id_,
            chose=texts.get((place, id_)) or clean_line(id_),
            by=number,
            of=of[place],
        )
        for (place, id_), number in listed
    ]


def _option_texts(drill: Published, chosen_by: Mapping[_Choice, str]) -> dict[_Choice, str]:
    """Return what options say that somebody chose, by whom: where each attempt draws, not all saw them."""
    from trainer.sharing.freezing import cards_of  # noqa: PLC0415 — few drills share what was chosen
    from trainer.sharing.results import questions_of  # noqa: PLC0415 — the same

    places = {asked.card: place for place, asked in enumerate(drill.drill.questions)}
    cards = cards_of(drill.drill)
    found: dict[_Choice, str] = {}
    for choice, member in chosen_by.items():
        if choice not in found:
            for each in questions_of(drill, 1, member, cards):
                place = places[each.card.id]
                found.update({(place, option.id): option.text for option in each.question.options})
    return found
