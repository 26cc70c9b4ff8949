"""The path of a file as somebody types, pastes or drops it."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlparse

from trainer.clean import clean_line
from trainer.errors import PageError, TrainerError


def path_of(typed: str) -> Path:
    """Return the path that somebody typed, pasted or dropped: with quotes, "~" or "file://".

    Raises PageError for what can be no file's name, and for what is no ordinary file.
    """
    words = unquoted(typed)
    if not words:
        raise PageError("No file is named. Write where it lies, or paste the page.")
    if words.startswith(("http://", "https://")):
        raise PageError(
            "This is an address, and trainer opens none. Open it in your browser, copy the whole page and "
            "paste it."
        )
    if "\0" in words:
        raise PageError(f"{clean_line(words)[:80]}: can't be the name of a file (it holds a control code).")
    try:
        path = Path(words).expanduser().absolute()
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise PageError(f"{path}: no ordinary file. Save the page as text or as HTML.")
        if path.is_dir():
            raise PageError(f"{path}: a folder. Name the file in it.")
    except (OSError, RuntimeError, ValueError) as error:
        raise PageError(f"{words[:80]}: can't be the name of a file ({error}).") from error
    return path


def unquoted(typed: str) -> str:
    """Return a path as it was meant, without the quotes or the "file://" around it."""
    words = typed.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        words = words[1:-1]
    return unquote(urlparse(words).path) if words.startswith("file://") else words


def is_file_name(text: str) -> bool:
    """Return whether a text is the name of a file that is there, from its root on, and nothing else."""
    with suppress(TrainerError, OSError, RuntimeError, ValueError):
        words = text.strip().strip("'\"")
        full = words.startswith("file://") or Path(words).expanduser().is_absolute()
        return full and len(words.splitlines()) == 1 and path_of(text).is_file()
    return False
