"""Texts of LibreOffice and the like (.odt), as HTML."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TAGS = {"h": "h2", "p": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr"}
_TAGS["table-cell"] = "td"
_SPACES = {"tab": "\t", "line-break": "<br>", "s": " "}
_LEFT_OUT = frozenset({"annotation", "note", "tracked-changes", "sequence-decls", "bookmark"})


def html_of_text(content: bytes) -> str:
    """Return the text in the content.xml of a document. Raises ParseError, and DefusedXmlException."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 — few pages come so

    root: Element = fromstring(content, forbid_dtd=True)
    body = next((each for each in root.iter() if _name(each) == "text" and "office" in each.tag), None)
    return f"<html><body>{''.join(_html(body))}</body></html>" if body is not None else ""


def _name(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _html(element: "Element") -> Iterator[str]:
    name = _name(element)
    if name in _LEFT_OUT:
        return
    tag = _TAGS.get(name)
    if tag:
        yield f"<{tag}>"
    yield _SPACES.get(name, "")
    yield escape(element.text or "")
    for inside in element:
        yield from _html(inside)
        yield escape(inside.tail or "")
    if tag:
        yield f"</{tag}>"
