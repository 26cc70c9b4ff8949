"""A saved web page as text: a line for each block, a bullet for each item of a list."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from trainer.material.page.tables import heads_table

_HIDDEN = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_SKIPPED = frozenset(["head", "nav", "footer", "select"])
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl"),
        *(
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
        ),
        *(
            "legend",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
        ),
        *("tr", "ul"),
    }
)
_APART = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "section", "article", "table"])
"""Blocks with a blank line around them."""

_CHIPS = frozenset(["a", "span", "button"])
"""What may stand for an item of its own in a line: two of them side by side are two job titles."""

_NUMBER = re.compile(r"&#(?:([xX])([0-9a-fA-F]{7,})|([0-9]{8,}))")
_MOST_DIGITS = 7
"""Digits that the number of a sign can have; Python refuses to read some thousands."""

_SECTION = re.compile(r"<!\[")
"""The beginning of a condition for browsers of old, or of a section that only XML knows."""

_STRAY = re.compile(r"<(?=[^<>]*(?:<|\Z))")


def text_of_html(html: str) -> str:
    """Return the text of an HTML page, without scripts, menus and what is not shown.

    It takes time in step with the length, whatever the markup is like.
    """
    parser = _Text()
    # An opening sign that is never closed would be looked at again and again.
    text = _STRAY.sub("&lt;", _without_hidden(html))
    parser.feed(_SECTION.sub("<?", _NUMBER.sub(_readable, text)))
    parser.close()
    return parser.text()


def _readable(number: re.Match[str]) -> str:
    """Return a numbered sign without needless zeros; one that there can't be becomes the sign for that."""
    digits = (number[2] or number[3]).lstrip("0") or "0"
    return f"&#{number[1] or ''}{digits}" if len(digits) <= _MOST_DIGITS else "&#65533"


def _without_hidden(html: str) -> str:
    """Return the page without comments and scripts; one that is never closed goes to the end."""
    kept = []
    start = 0
    for opening in _HIDDEN_START.finditer(html):
        if opening.start() < start:
            continue
        kept.append(html[start : opening.start()])
        name = opening[1]
        ending = re.compile(rf"</{name}\s*>", re.IGNORECASE) if name else _COMMENT_END
        closing = ending.search(html, opening.end())
        start = closing.end() if closing else len(html)
    kept.append(html[start:])
    return "".join(kept)


_HIDDEN_START = re.compile(rf"<!--|<({'|'.join(_HIDDEN)})\b", re.IGNORECASE)
_COMMENT_END = re.compile("-->")


@dataclass
class _Table:
    """A table that is being read."""

    cells: list[int] = field(default_factory=list)
    """Where the cells of the row begin among the parts."""
    is_data: bool | None = None
    """Whether its first row heads columns of what a page says; None before it was read."""


def _on_one_line(cell: str) -> str:
    """Return a cell's text; the items of a list in it stay apart."""
    items = [" ".join(item.split()) for item in re.split(r"^\s*•", cell, flags=re.MULTILINE)]
    return " • ".join(item for item in items if item)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._skipped: list[str] = []
        self._tables: list[_Table] = []
        self._kept = 0
        """Elements around what is read that keep its lines as they are."""

    def text(self) -> str:
        """Return what was read, without blanks at the ends of lines."""
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 — its signature
        if tag in _SKIPPED:
            self._skipped.append(tag)
        self._break(tag)
        self._kept += tag == "pre"
        if tag == "li":
            self._parts.append("• ")
        elif tag == "table":
            self._tables.append(_Table())
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1].cells.append(len(self._parts))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        self._kept -= tag == "pre" and self._kept > 0
        if tag == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif tag == "table" and self._tables:
            self._tables.pop()
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._parts.append(data if self._kept else re.sub(r"\s+", " ", data))

    def _end_row(self, table: "_Table") -> None:
        """Put the cells of a row on one line, if they are a table of what a page says and no layout."""
        starts, table.cells = table.cells, []
        if not starts:
            return
        ends = [*starts[1:], len(self._parts)]
        cells = ["".join(self._parts[start:end]).strip() for start, end in zip(starts, ends, strict=True)]
        if table.is_data is None:
            table.is_data = heads_table([" ".join(cell.split()) for cell in cells])
        if table.is_data and not any("|" in cell for cell in cells):
            self._parts[starts[0] :] = ["\n", f"| {' | '.join(map(_on_one_line, cells))} |", "\n"]

    def _break(self, tag: str) -> None:
        if tag in _APART:
            self._parts.append("\n\n")
        elif tag in _BLOCKS:
            self._parts.append("\n")
        elif tag in _CHIPS:
            self._parts.append("  ")
