"""Text in lines of a width, below an indent: for all that is printed."""

import textwrap


def wrapped(text: str, width: int, *, indent: str = "", hanging: str | None = None) -> str:
    """Return a text in lines of `width` signs at most, what stands before it included.

    `indent` stands before its first line, blanks of the same length before the others; `hanging`, if it is
    given, before all that are wrapped.
    """
    blank = " " * len(indent)
    return "\n".join(
        textwrap.fill(
            part,
            width,
            initial_indent=indent if i == 0 else blank,
            subsequent_indent=blank if hanging is None else hanging,
        )
        for i, part in enumerate(text.split("\n"))
    )
