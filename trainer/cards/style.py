"""One style for texts that stand side by side: who knows nothing must not tell the right one by its looks."""

from collections.abc import Sequence

_ENDS = (".", "!", "?", "…")
_CLOSING = "”’\"')"
_WORDS = 5
"""So many words make a text that may end with a full stop; "Asst. Stage Mgr." is none."""


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; "iOS" stays as it is written."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return f"{text[0].upper()}{text[1:]}" if first.islower() else text


def sentence(text: str) -> str:
    """Return a text with a capital and a full stop."""
    return capital(_stopped(text))


def in_one_style(texts: Sequence[str]) -> list[str]:
    """Return texts with a capital each, and with a full stop each if one of them ends with one."""
    ended = any(_ends(text) and len(text.split()) >= _WORDS for text in texts)
    return [sentence(text) if ended else capital(text) for text in texts]


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS)


def _stopped(text: str) -> str:
    return text if not text or _ends(text) else f"{text}."
