"""A brief as plain text, as Markdown, and as one HTML page that prints and asks nothing of elsewhere."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from trainer.reports.brief_page import Part
from trainer.reports.html_page import html_page

WIDTH = 90
"""Signs in a line of plain text."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!])")

_STYLE = """
@page { size: auto; margin: 11mm }
:root { color-scheme: light }
body {
  font: 10pt/1.35 system-ui, sans-serif; color: #111; background: #fff;
  max-width: 46rem; margin: 1rem auto; padding: 0 1rem;
}
h1 { font-size: 1.5em; margin: 0 0 .3em }
h2 { font-size: 1.1em; margin: 1em 0 .3em; border-bottom: 1px solid #767676; break-after: avoid }
h3 { font-size: 1em; margin: .7em 0 .2em; break-after: avoid }
p { margin: .2em 0 }
ul { margin: .2em 0; padding-left: 1.2em }
li { break-inside: avoid }
code { display: block; padding: .4em .6em; background: #f1f1f1; overflow-wrap: anywhere; user-select: all }
.notes {
  margin: .4em 0 .8em; border-bottom: 1px dotted #555; min-height: 3.6em; break-inside: avoid; color: #444;
}
@media print {
  body {
    font-size: 7.5pt; line-height: 1.2; max-width: none; margin: 0; padding: 0;
    columns: 2; column-gap: 8mm;
  }
  h1 { column-span: all }
  h2 { margin-top: .6em }
  ul { margin: .1em 0 }
  code { font-size: 7pt }
  .notes { min-height: 2.6em; break-before: avoid }
}
"""


def as_text(parts: Iterable[Part]) -> str:
    """Return a page in lines of text, for a terminal or a file."""
    return "\n".join(line for part in parts for line in _text_lines(part)).strip() + "\n"


def as_markdown(parts: Iterable[Part]) -> str:
    """Return a page as CommonMark; what a sheet says is shown letter by letter, and is no markup."""
    return "\n".join(line for part in parts for line in _markdown_lines(part)).strip() + "\n"


def as_html(parts: Iterable[Part]) -> str:
    """Return one HTML page, whole in itself, in a size for A4, Letter and a phone."""
    told = list(parts)
    title = next((part.text for part in told if part.kind == "title"), "")
    return html_page(title, _STYLE, "\n".join(_html_lines(told)))


FORMATS: Mapping[str, Callable[[Iterable[Part]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
}
"""By what people call them."""


def _labelled(part: Part) -> str:
    return ": ".join(each for each in (part.label, part.text) if each)


def _text_lines(part: Part) -> Iterator[str]:
    text = _labelled(part)
    match part.kind:
        case "title":
            yield from (text, "=" * min(WIDTH, len(text)))
        case "section":
            yield from ("", text, "-" * min(WIDTH, len(text)))
        case "heading":
            yield from ("", *textwrap.wrap(text, WIDTH))
        case "copy":
            yield text  # in one line: it is copied
        case "notes":
            yield from (f"  {text}   Notes:", "")
        case "item":
            sign = "    " if part.under else "- "
            yield from textwrap.wrap(
                text, WIDTH, initial_indent=sign, subsequent_indent=" " * (len(sign) + 2)
            )
        case "text":
            yield from textwrap.wrap(text, WIDTH)


def _markdown_lines(part: Part) -> Iterator[str]:
    text = _plain(part.text)
    labelled = f"**{_plain(part.label)}:** {text}" if part.label and text else _plain(part.label) or text
    match part.kind:
        case "title":
            yield from (f"# {text}", "")
        case "section":
            yield from ("", f"## {text}", "")
        case "heading":
            yield from ("", f"### {text}", "")
        case "copy":
            yield from ("", f"    {part.text}", "")
        case "notes":
            yield from ("", f"{text}  ", "Notes:", "")
        case "item":
            yield f"{'  ' if part.under else ''}- {labelled}"
        case "text":
            yield from ("", labelled, "")


def _plain(text: str) -> str:
    """Return text of which Markdown makes no markup, a number at the beginning included."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+])", r"\\\1", escaped))


def _html_lines(parts: Iterable[Part]) -> Iterator[str]:
    depth = 0
    """Lists that are open: items, and what belongs to one of them."""
    for part in parts:
        wanted = (2 if part.under else 1) if part.kind == "item" else 0
        while depth > wanted:
            depth -= 1
            yield "</ul>"
        while depth < wanted:
            depth += 1
            yield "<ul>"
        yield _html(part)
    yield from ["</ul>"] * depth


def _html(part: Part) -> str:
    text = escape(part.text)
    labelled = f"<b>{escape(part.label)}:</b> {text}" if part.label and text else escape(part.label) or text
    match part.kind:
        case "title":
            return f"<h1>{text}</h1>"
        case "section":
            return f"<h2>{text}</h2>"
        case "heading":
            return f"<h3>{text}</h3>"
        case "copy":
            return f"<code>{text}</code>"
        case "notes":
            return f'<div class="notes">{text} &nbsp; Notes:</div>'
        case "item":
            return f"<li>{labelled}</li>"
        case "text":
            return f"<p>{labelled}</p>"
