"""What can be typed instead of an answer: a colon, and a letter or a word."""

from collections.abc import Collection

COMMANDS = {
    "undo": ("u", "take the last answer back"),
    "right": ("r", "count the last answer as right"),
    "wrong": ("w", "count the last answer as wrong"),
    "easy": ("y", "the last answer was too easy"),
    "guess": ("g", "the answer that I give now is a guess"),
    "hint": ("h", "show a hint"),
    "more": ("m", "tell the rest of the feedback on the last answer"),
    "look up": ("l", "look up a word of the card that was answered last"),
    "later": ("b", "not today: put this card off until tomorrow"),
    "put away": ("x", "put this card away, asks first"),
    "star": ("*", "star this card, or take its star away"),
    "doubt": ("!", "this card is doubtful: say why"),
    "quit": ("q", "leave; every answer is saved"),
    "help": ("?", "this list"),
}
"""By their words: the letter, and what it does."""

_LEAST = 2
"""Letters of a word that may stand for it; one letter alone is only what the list says."""


def command_of(line: str) -> str | None:
    """Return the word of the command that a line gives, None for one that there is not.

    It is its letter, its word, or the beginning of one word and no other: ":un" is ":undo".
    """
    said = line.removeprefix(":").strip().lower()
    for word, (letter, _) in COMMANDS.items():
        if said in {letter, word}:
            return word
    begun = [word for word in COMMANDS if word.startswith(said)] if len(said) >= _LEAST else []
    return begun[0] if len(begun) == 1 else None


def listed(off: Collection[str] = ()) -> str:
    """Return the commands that are not off, a line each."""
    there = ((word, *told) for word, told in COMMANDS.items() if word not in off)
    return "\n".join(f"  :{letter} or :{word:<8} {does}" for word, letter, does in there)
