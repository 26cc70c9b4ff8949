"""The keys of Today."""

from collections.abc import Iterator, Sequence

from textual.binding import Binding

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import DIGITS, EVERYWHERE, KeyTable, key
from trainer.cards.decks import DECKS


def today_keys(features: Sequence[Feature]) -> KeyTable:
    """Return the keys of Today, with one for each feature."""
    return (
        key("today.start", "enter,space", "go", "Start", "Start, or take the line that is marked", show=True),
        *_decks(),
        key(
            "today.quiz",
            "t",
            "quiz",
            "Ten questions",
            "Ten quick questions on what you may have forgotten",
            show=True,
        ),
        key("today.more", "m", "more", "More new", "Ten more new cards, beyond today's", show=True),
        *(feature.binding for feature in features if feature.needs_cards),
        key(
            "today.undo",
            "u",
            "undo",
            "Undo the last answer",
            "Take back your last answer of today, ask again",
        ),
        *(feature.binding for feature in features if not feature.needs_cards),
        *EVERYWHERE,
        key("today.leave", "q", "app.quit", "Quit", "Everything is saved", show=True),
    )


def _decks() -> Iterator[Binding]:
    """Yield a key for each deck, by its number on Today."""
    for number, kind in zip(range(1, DIGITS + 1), DECKS.values(), strict=False):
        tooltip = f"Train {kind.name.lower()} alone"
        yield key(f"today.deck.{number}", str(number), f"deck({number})", kind.name, tooltip, show=True)
