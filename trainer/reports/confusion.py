"""What was taken for something else yesterday, and is back today."""

from datetime import timedelta

from msgspec import Struct

from trainer.cards.answers import FlagCard, PointCard
from trainer.cards.card import Card, with_article
from trainer.cards.contrasts import ContrastCard
from trainer.cards.levels import IndicatorCard, UnclearCard
from trainer.cards.library import Library
from trainer.cards.meanings import MeaningCard, SignalCard
from trainer.cards.synonyms import TitleCard
from trainer.material.sheet import Level, Relation, Search, Term
from trainer.memory.state import Day, Review
from trainer.progress.progress import Progress
from trainer.study.plan import due_cards

_SEARCHED = {
    Search.YES: "wanted to search {} without a filter",
    Search.FILTER: "wanted to search {} with a filter",
    Search.NO: "left {} out of the search",
}
_RELATED = {
    Relation.SAME: "the same job as {}",
    Relation.SENIOR: "a job above {}",
    Relation.JUNIOR: "a job below {}",
    Relation.DIFFERENT: "a job that is not like {}'s",
    Relation.SEARCH_WORD: "no more than a search word",
}
_SNIPPET = {
    "shows": ("an answer that shows the point", "one that shows it"),
    "claims": ("an answer that only claims the point", "one that only claims it"),
    "misses": ("an answer that misses the point", "one that misses it"),
}
_NO_LEVEL = "one that tells no level"


class Confusion(Struct, frozen=True):
    """A wrong choice of yesterday."""

    card: str
    words: str
    """What the learner did, after "you": "took a DSM for an ASM"."""


def yesterdays_confusion(library: Library, progress: Progress, day: Day) -> Confusion | None:
    """Return the latest wrong choice of the day before whose card is to review on `day`.

    None if there is none that can be told in a sentence. Reads the last days if there may be one.
    """
    yesterday = day - timedelta(days=1)
    back = {
        card.id: card
        for card in due_cards(library.cards.values(), progress, day)
        if (state := progress.state(card.id)) and state.last == yesterday
    }
    if not back:
        return None
    for _, review in sorted(progress.history(since=yesterday).items(), reverse=True):
        if review.missed and len(review.chosen) == 1 and review.card in back:
            words = _words(back[review.card], review)
            if words:
                return Confusion(review.card, words)
    return None


def _words(card: Card, review: Review) -> str:
    """Say what was taken for what; empty where that can't be said well."""
    chosen = review.chosen[0]
    match card:
        case MeaningCard() | SignalCard():
            rival = next((term for term in card.rivals if term.id == chosen), None)
            return _terms(card.term, rival) if rival else ""
        case ContrastCard():
            sides = card.contrast.sides
            return f"took “{card.contrast.word}” for: {sides[chosen]}" if chosen in sides else ""
        case IndicatorCard():
            level = _level(card, chosen)
            taken = level.name if level else _NO_LEVEL if chosen == "unclear" else ""
            return f"took {with_article(card.level.name)} line for {taken}" if taken else ""
        case UnclearCard():
            level = _level(card, chosen)
            return f"took a line that tells no level for {level.name}" if level else ""
        case TitleCard():
            return _title(card, review.variant, chosen)
        case PointCard():
            known = review.variant in _SNIPPET and chosen in _SNIPPET
            return f"took {_SNIPPET[review.variant][0]} for {_SNIPPET[chosen][1]}" if known else ""
        case FlagCard():
            if review.variant == "look-alike":
                return "took something harmless for a red flag"
            return "let a red flag pass" if chosen == "none" else "took one red flag for another"
    return ""


def _terms(term: Term, rival: Term) -> str:
    if term.term.isupper() and rival.term.isupper():
        return f"took {with_article(term.term)} for {with_article(rival.term)}"
    return f"took “{term.term}” for “{rival.term}”"


def _title(card: TitleCard, variant: str, chosen: str) -> str:
    title = f"“{card.title.title}”"
    if variant.startswith("search"):
        words = next((words for value, words in _SEARCHED.items() if value == chosen), "")
        return words.format(title)
    relation = next((words for value, words in _RELATED.items() if value == chosen), "")
    role = card.sheet.terms[0].term if card.sheet.terms else card.sheet.name
    return f"took {title} for {relation.format(with_article(role))}" if relation else ""


def _level(card: IndicatorCard | UnclearCard, chosen: str) -> Level | None:
    return next((level for level in card.sheet.levels if level.id == chosen), None)
