"""The keys of the list of all cards, of its filter, and of a card's page."""

from trainer.app.kit.keys import EVERYWHERE, key

_DEEDS = (
    key("browse.away", "x", "do('away')", "Put away", "Ask the cards no more, or ask them again", show=True),
    key("browse.star", "asterisk", "do('star')", "Star", "Worth coming back to, or not any more", show=True),
    key(
        "browse.off",
        "b",
        "do('off')",
        "Not today",
        "Put off until tomorrow, or ask today after all",
        show=True,
    ),
    key(
        "browse.forget",
        "delete,backspace",
        "forget",
        "Forget",
        "Begin anew with the cards, as if they had never been met; asks first",
        show=True,
    ),
)

BROWSE_KEYS = (
    key("browse.go", "enter", "go", "Read", "The page of the card: what it asks, its history", show=True),
    key("browse.filter", "f", "filter", "Filter", "Role, deck, state, marks, order", show=True),
    key("browse.text", "n", "text", "By a word", "List the cards in which a text stands", show=True),
    key(
        "browse.mark",
        "space,t,shift+down",
        "mark(1)",
        "Mark",
        "The next key is for all marked cards",
        show=True,
    ),
    key("browse.mark-up", "shift+up", "mark(-1)", "Mark upward", "Mark the card, and go up"),
    key("browse.mark-all", "a", "mark_all", "Mark all", "Mark all cards that are listed, or none"),
    key("browse.undo", "u", "undo", "Undo", "Take the last change back, of all its cards", show=True),
    *_DEEDS,
    key("browse.page-up", "pageup", "page(-1)", "A screen up", "A screen further up"),
    key("browse.page-down", "pagedown", "page(1)", "A screen down", "A screen further down"),
    key("browse.first", "home", "end(-1)", "First", "To the first card"),
    key("browse.last", "end", "end(1)", "Last", "To the last card"),
    *EVERYWHERE,
    key("browse.leave", "escape", "back", "Back", "Back; every change is kept", show=True),
)

FILTER_KEYS = (
    key("filter.go", "enter", "go", "Show these", "Take the marked line, and see the cards", show=True),
    key("filter.pick", "space", "pick", "Take", "Take the marked line, and choose more", show=True),
    key("filter.clear", "c", "clear", "All of yours", "No filter: all cards of your roles", show=True),
    *EVERYWHERE,
    key("filter.leave", "escape,f", "back", "Back", "Leave the filter as it was", show=True),
)

CARD_KEYS = (
    *_DEEDS[:3],
    key("card.edit", "e", "edit", "Edit", "Mend a typo or a wrong cut in this card's text", show=True),
    _DEEDS[3],
    key("card.undo", "u", "undo", "Undo", "Take the last change back, of all its cards", show=True),
    *EVERYWHERE,
    key("card.leave", "escape,enter", "back", "Back", "Back to the list", show=True),
)
