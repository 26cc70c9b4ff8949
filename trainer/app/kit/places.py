"""The places of the app: where features are listed, outside a session."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from trainer.app.kit.feature import Feature
    from trainer.engine.engine import Engine


class Place(Struct, frozen=True):
    """A place in the line at the top."""

    name: str
    """What it is called in the code and in config.toml: its key is `place.<name>` there."""
    key: str
    label: str
    """What it is called on the screen."""
    tooltip: str
    """What is there, in a sentence without a full stop."""
    empty: str = ""
    """What its key says as long as it has nothing and is hidden; without it the key does nothing then."""


_NO_WORDS = "There are no words yet: no sheet can be used."

TODAY = Place("today", "1", "Today", "What there is to do today")
TRAIN = Place("train", "2", "Train", "Decks, roles, quick rounds, pages to import")
WORDS = Place("words", "3", "Words", "Every word of the trade, and the cards you marked", _NO_WORDS)
INTERVIEW = Place("interview", "4", "Interview", "Prepare for an interview")
PROGRESS = Place("progress", "5", "Progress", "Your week, and how well you judge")
PERSON = Place("person", "6", "You", "People, roles and settings")
"""It stands at the right, under the learner's name."""

PLACES = (TODAY, TRAIN, WORDS, INTERVIEW, PROGRESS, PERSON)


class Around(Struct, frozen=True, kw_only=True):
    """What a place has around it: where else one can go, and which features are there now."""

    places: Sequence[Place] = (TODAY,)
    """Those that have something, Today always, in their order."""
    features: Collection[str] = frozenset()
    """The names of the features that can be opened now."""
    person: str = ""
    """Who trains."""
    saved: bool = True
    """Whether answers are saved; else it is practice."""


def around(features: "Sequence[Feature]", engine: "Engine", *, has_cards: bool) -> Around:
    """Return which features are there now for a learner, and the places that have one.

    `has_cards` says whether the learner has any card to train.
    """
    there = [each for each in features if (has_cards or not each.needs_cards) and each.there(engine)]
    return Around(
        places=[place for place in PLACES if place is TODAY or any(each.place is place for each in there)],
        features=frozenset(each.name for each in there),
        person=engine.recruiter,
        saved=engine.saved,
    )
