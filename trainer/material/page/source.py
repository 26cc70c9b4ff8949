"""A page as it comes, from bytes or a clipboard, made plain text."""

import codecs
import re
import sys
from pathlib import Path

from trainer.clean import clean_text
from trainer.errors import PageError
from trainer.material.page.fragments import framed_html, is_html, is_rich, text_of_rich, unescaped

LARGEST_PAGE = 5 * 1024 * 1024
"""Bytes in a page at most; a saved web page with all its trimmings fits."""

LONGEST_TEXT = 1_000_000
"""Characters of a page's text at most; a glossary page has some five thousand."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTED_LINE = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_MAIL = re.compile(rb"\s*(?:From [^\n]*\n)?(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
"""The head of a mail, or of a web page saved as one file."""


def called(path: Path) -> str:
    """Return what a file is called in a message."""
    return "standard input" if str(path) == "-" else str(path)


def read_bytes(path: Path, most: int) -> bytes:
    """Return what a file holds, one byte more than `most` at most; "-" is standard input.

    Raises PageError where it can't be read.
    """
    if str(path) == "-":
        return _standard_input(most)
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise PageError(f"{path}: can't be read ({error.strerror}).") from error


def _standard_input(most: int) -> bytes:
    try:
        return sys.stdin.buffer.read(most + 1)
    except OSError as error:
        raise PageError(f"standard input: can't be read ({error.strerror or 'it is none'}).") from error


def text_of(data: bytes, name: str) -> str:
    """Return the text in bytes as it stands there, HTML as such; of a mail its body.

    Raises PageError, which says that they came from `name`, for what is no text, or too large for a page.
    """
    if len(data) > LARGEST_PAGE:
        raise _too_large(name)
    head = _MAIL.match(data)
    if head and b"content-type:" in head[0].lower():
        return _body_of_mail(data, name)
    return _decoded(data, name)


def _body_of_mail(data: bytes, name: str) -> str:
    """Return the text of a mail or of one that is attached to it, the longest; or of an MHTML page."""
    from email import message_from_bytes  # noqa: PLC0415 — few pages come so
    from email.policy import default  # noqa: PLC0415 — the same

    try:
        mail = message_from_bytes(data.lstrip(), policy=default)
        attached = [each for each in mail.walk() if each.get_content_type() == "message/rfc822"]
        mails = [mail, *(inside for each in attached for inside in each.iter_parts())]
        bodies = [body.get_content() for each in mails if (body := each.get_body(("html", "plain")))]
        content = max((text for text in bodies if isinstance(text, str)), key=len, default="")
    except (LookupError, ValueError, AttributeError) as error:
        raise PageError(
            f"{name}: a mail that can't be read ({error}). Save its text, and use that."
        ) from error
    if not content.strip():
        raise PageError(f"{name}: a mail without a text. Save the page as text or as HTML, and use that.")
    return content


def plain_text(text: str) -> str:
    """Return a page's text in plain lines, without control codes; HTML and RTF are recognised by their look.

    Tabs become two spaces, which part job titles, and every other space an ordinary one; signs that
    nobody sees go.
    Raises PageError for a text that is too long.
    """
    text = without_markup(text, "The page")
    if len(text) > LONGEST_TEXT:
        raise PageError(
            f"The page has more than {LONGEST_TEXT:,} characters of text, so it is no glossary page. "
            "Save or paste the one page alone."
        )
    return clean_text(tidied(text).replace("\t", "  "))


def without_markup(text: str, name: str) -> str:
    """Return a text as it is read; HTML and RTF are recognised by their look.

    Raises PageError, which says that it came from `name`, for one that is too large.
    """
    if len(text) > LARGEST_PAGE:
        raise _too_large(name)
    if is_rich(text):
        text = text_of_rich(text, name)
    text = unescaped(text)
    if is_html(text):
        from trainer.material.page.markup import text_of_html  # noqa: PLC0415 — few pages need it

        text = text_of_html(framed_html(text))
    return text


def tidied(text: str) -> str:
    """Return a text with plain line ends and spaces, without signs that nobody sees; tabs stay."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and sum(line.startswith(">") for line in lines) * 2 > len(lines):
        text = _QUOTED_LINE.sub("", text)  # it was answered or forwarded
    return _SPACES.sub(" ", text)


def _too_large(name: str) -> PageError:
    size = LARGEST_PAGE // 1_000_000
    return PageError(f"{name}: too large (over {size} MB). Save the one page, or its text, alone.")


def _decoded(data: bytes, name: str) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if b"\0" in data:
            raise PageError(f"{name}: not a text. Save the page as plain text or as HTML, and use that.")
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
