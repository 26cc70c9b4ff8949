"""A page as it comes, from bytes or a clipboard, made plain text."""

import codecs
import re
import sys
from pathlib import Path

from trainer.clean import clean_text
from trainer.errors import PageError

LARGEST_PAGE = 5_000_000
"""Bytes in a page at most; a saved web page with all its trimmings fits."""

LONGEST_TEXT = 1_000_000
"""Characters of a page's text at most; a glossary page has some five thousand."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<[a-z][^<>]*>)", re.IGNORECASE)
_CLOSES_HTML = re.compile(r"</(?:html|body|div|main|article|section|p|ul|li|h[1-6]|span)\s*>", re.IGNORECASE)


def read_page_file(path: Path) -> str:
    """Return the text of a page in a file; "-" is standard input.

    Raises PageError for what is no text, or too large for a page.
    """
    if str(path) == "-":
        return page_text(_standard_input(), "standard input")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise PageError(f"{path}: can't be read ({error.strerror}).") from error
    return page_text(data, str(path))


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise PageError(f"standard input: can't be read ({error.strerror or 'it is none'}).") from error


def page_text(data: bytes, name: str) -> str:
    """Return the text of a page in bytes, which came from `name`; HTML becomes plain text.

    Raises PageError for what is no text, or too large for a page.
    """
    if len(data) > LARGEST_PAGE:
        raise _too_large(name)
    return plain_text(_decoded(data, name))


def plain_text(text: str) -> str:
    """Return a page's text in plain lines, without control codes; HTML is recognised by its look.

    Tabs become two spaces, which part job titles, and every other space an ordinary one.
    Raises PageError for a text that is too long.
    """
    if len(text) > LARGEST_PAGE:
        raise _too_large("The page")
    if _LOOKS_LIKE_HTML.match(text) and _CLOSES_HTML.search(text):
        from trainer.material.page.markup import text_of_html  # noqa: PLC0415 — few pages need it

        text = text_of_html(text)
    if len(text) > LONGEST_TEXT:
        raise PageError(
            f"The page has more than {LONGEST_TEXT:,} characters of text, so it is no glossary page. "
            "Save or paste the one page alone."
        )
    text = _LINE_ENDS.sub("\n", text)
    return clean_text(_SPACES.sub(" ", text.replace("\t", "  ")))


def _too_large(name: str) -> PageError:
    size = LARGEST_PAGE // 1_000_000
    return PageError(f"{name}: too large for a glossary page (over {size} MB). Save the one page alone.")


def _decoded(data: bytes, name: str) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if b"\0" in data:
            raise PageError(f"{name}: not a text. Save the page as plain text or as HTML, and import that.")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decoded_from_windows(data, name, error)


def _decoded_from_windows(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """Return text as older editors on Windows save it; what is hardly text is refused."""
    line = data.count(b"\n", 0, error.start) + 1
    foreign = sum(byte >= 0x80 or (byte < 0x20 and byte not in b"\t\n\r\x0c") for byte in data)
    try:
        if foreign * 10 > len(data):
            raise error
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise PageError(f"{name}: line {line} is not UTF-8 text. Save the page as UTF-8.") from error
