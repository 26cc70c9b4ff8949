"""Our two themes. Every colour of a text stands at least 4.5 : 1 against what lies behind it."""

from textual.theme import Theme

DARK, LIGHT = "trainer-dark", "trainer-light"

_DARK_WORDS = {
    "quiet": "#a2a8b3",
    "strong": "#ffffff",
    "key": "#e8bd6d",
    "right": "#93d38d",
    "wrong": "#f29a92",
    "fresh": "#92bdf2",
    "mark": "#2b3140",
    "rest": "#4a5160",
}
_LIGHT_WORDS = {
    "quiet": "#5a5f68",
    "strong": "#000000",
    "key": "#7d4e00",
    "right": "#1d662a",
    "wrong": "#9f2429",
    "fresh": "#1c5798",
    "mark": "#ece5d6",
    "rest": "#b9b4a8",
}

THEMES = (
    Theme(
        name=DARK,
        primary="#e8bd6d",
        secondary="#92bdf2",
        accent="#e8bd6d",
        warning="#e8bd6d",
        error="#f29a92",
        success="#93d38d",
        foreground="#e7e5e0",
        background="#15171c",
        surface="#1c1f26",
        panel="#232732",
        dark=True,
        variables={
            **_DARK_WORDS,
            "block-cursor-foreground": "#15171c",
            "input-selection-background": "#4a5160",
            "button-foreground": "#e7e5e0",
            "border-blurred": "#4a5160",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#7d4e00",
        secondary="#1c5798",
        accent="#7d4e00",
        warning="#7d4e00",
        error="#9f2429",
        success="#1d662a",
        foreground="#23252b",
        background="#fbf9f5",
        surface="#f4f0e8",
        panel="#ece7dc",
        dark=False,
        variables={
            **_LIGHT_WORDS,
            "block-cursor-foreground": "#ffffff",
            "input-selection-background": "#d8cfba",
            "button-foreground": "#23252b",
            "border-blurred": "#b9b4a8",
        },
    ),
)
WORDS = _DARK_WORDS
"""Our own colour names with a value for each, for a theme that has none."""
