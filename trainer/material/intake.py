"""What somebody brings: glossary pages or a list of words, pasted or in a file of any known form."""

import re
from pathlib import Path

from trainer.errors import PageError
from trainer.material.documents import document
from trainer.material.page.found import Found
from trainer.material.page.fragments import is_html, is_rich, text_of_rich, unescaped
from trainer.material.page.reading import NoPageError, read_pages
from trainer.material.page.source import called, plain_text, read_bytes, text_of, tidied, without_markup
from trainer.material.words.cells import list_of_rows, rows_of_html, table_in
from trainer.material.words.pairs import pairs_in
from trainer.material.words.word_list import WordList

Given = list[Found] | WordList
"""What a text or a file came to."""

_LARGEST_FILE = 30_000_000
"""Bytes in a document at most; pictures in it may be large."""

_LONG = 200_000
"""Characters of a text that is more likely a list than some pages."""

_FEWEST_ROWS = 3
_ADDRESS = re.compile(r"\s*<?(?:https?:/{1,2}|www\.)\S+\s*", re.IGNORECASE)
_IN_COLUMNS = (".csv", ".tsv", ".tab")
_ADVERTISES = re.compile(
    r"^[^\w\n]*+"
    r"(?:(?:(?:key |main |your |the )?(?:responsibilities|duties|tasks|requirements|profile)|benefits"
    r"|(?:essential|desirable|minimum|preferred|required) (?:criteria|qualifications|skills)|qualifications"
    r"|what (?:you(?:'|’)ll|you will) (?:do|bring|need|get)|(?:what )?we offer|nice to have|who you are"
    r"|about (?:the (?:role|job|company)|us|you)|the (?:role|job|company)|how to apply|job description"
    r"|person specification)[^\w\n]*"
    r"|(?:we are|we(?:'|’)re) (?:looking|hiring|seeking)\b.*|(?:please )?(?:apply"
    r"|send (?:us )?your (?:cv|r[eé]sum[eé]|application))\b.*"
    r"|(?:job title|position|salary|pay|location|company|employer|closing date|employment type|contract"
    r"|hours|reports to|start date)\s*:.*|.*\bwanted[^\w\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)


def read_file(path: Path) -> Given:
    """Return what a file comes to; "-" is standard input.

    Raises PageError, which says what to do, for an address, and for what is neither pages nor a list, can't
    be read, or is too large.
    """
    if _ADDRESS.fullmatch(str(path)):
        raise _address()
    data, name = read_bytes(path, _LARGEST_FILE), called(path)
    if len(data) > _LARGEST_FILE:
        raise PageError(
            f"{name}: too large (over {_LARGEST_FILE // 1_000_000} MB). Save the one page or list alone."
        )
    given = document(data, name, _name_of(path))
    if isinstance(given, WordList):
        return given
    text = text_of(data, name) if given is None else given
    return read_text(text, _name_of(path), is_csv=path.suffix.lower() in _IN_COLUMNS)


def text_in(path: Path) -> str:
    """Return the text in a file, whatever it is about; "-" is standard input.

    It is read as pages are: plain text, HTML, a mail, a document. Raises PageError for what can't be read, is
    too large, or is no text.
    """
    data, name = read_bytes(path, _LARGEST_FILE), called(path)
    if len(data) > _LARGEST_FILE:
        raise PageError(f"{name}: too large (over {_LARGEST_FILE // 1_000_000} MB). Save its text alone.")
    given = document(data, name, name)
    if isinstance(given, WordList):
        raise PageError(f"{name}: a workbook or a package of cards. Copy its text, and use that.")
    return without_markup(text_of(data, name) if given is None else given, name)


def read_text(text: str, name: str = "", *, is_csv: bool = False) -> Given:
    """Return what a text comes to; a list that does not say so is called `name`. Raises PageError."""
    if text.strip() and all(map(_ADDRESS.fullmatch, text[:5_000].split())):
        raise _address()
    if is_csv and not text.strip():
        raise PageError(
            "The list is empty. It wants a line for each word, with its meaning in the next column."
        )
    if is_csv or len(text) > _LONG:
        return _list_in(text, name, is_csv=is_csv) or read_pages(text)
    try:
        return list(read_pages(text))
    except PageError as error:
        words = _list_in(text, name, is_csv=is_csv)
        if words is None and text.strip():
            raise _neither(text, error) from error
        if words is None:
            raise
        return words


def _list_in(text: str, name: str, *, is_csv: bool) -> WordList | None:
    text = unescaped(text_of_rich(text, "The text") if is_rich(text) else text)
    if is_html(text):
        rows = rows_of_html(text)
        if sum(len(row.cells) > 1 for row in rows) >= _FEWEST_ROWS:
            return list_of_rows(rows, name)
        return pairs_in(plain_text(text), name)
    text = tidied(text)
    table = table_in(text, name, is_csv=is_csv)
    return table if table and table.entries else pairs_in(text, name) or table


def _name_of(path: Path) -> str:
    """Return what a list is called by its file: "stage_words.csv" is "Stage words"."""
    words = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    return words[:1].upper() + words[1:]


def _address() -> PageError:
    return PageError(
        "This is an address, and trainer opens none. Open it in your browser, copy the whole page and paste "
        "it, or save it as HTML and import the file."
    )


def _neither(text: str, error: PageError) -> PageError:
    if len(_ADVERTISES.findall(text[:_LONG])) > 1:
        return PageError(
            "This looks like a job description: no facts to learn stand in it. It can help you to write "
            "lines of résumés of your own into a sheet. trainer imports glossary pages, and lists of words "
            "with one a line: “term – meaning”."
        )
    if isinstance(error, NoPageError) and not error.there:
        return PageError(
            "This is no glossary page that trainer knows, and no list of words. Copy the whole page, from "
            "its title to “Red Flags to Watch For”; or write a list with one word a line: “term – meaning”."
        )
    return PageError(f"{error} Nor is it a list of words: those have one a line, as in “term – meaning”.")
