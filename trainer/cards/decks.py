"""The four decks. Apart from the cards, so that their names are known without loading a card."""

DECKS = {
    "meanings": "Term meanings",
    "synonyms": "Synonym matching",
    "levels": "Level indicators",
    "answers": "Answer quality",
}
"""The decks of a sheet by the name that stands in ids, in the order of the screens."""
