"""Source without its frame: HTML from the middle of a page, RTF that lost its head."""

import html
import re

from trainer.errors import PageError

_SAMPLE = 200_000
"""Characters of a text by which it is told what it is."""

_BLOCK = (
    r"html|head|body|title|meta|link|div|main|article|section|aside|header|footer|nav|form|p|br|hr|pre|ul|ol|li"
    r"|dl|dt|dd|h[1-6]|table|thead|tbody|tr|td|th|blockquote|figure|details|summary"
)
_INLINE = r"span|a|b|i|u|em|strong|small|font|button|label|input|img|svg|sup|sub|mark|code|style|script"
_ATTRIBUTES = r"(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*"
_ANY_TAG = rf"</?(?:{_BLOCK}|{_INLINE}){_ATTRIBUTES}/?>"
_TAG = re.compile(_ANY_TAG, re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?!br\b)(?:{_BLOCK}){_ATTRIBUTES}/?>", re.IGNORECASE)
_BREAK = re.compile(r"(?:<br\s*/?>)?\n", re.IGNORECASE)
_ON_THE_EDGE = re.compile(rf"^\s*{_ANY_TAG}|{_ANY_TAG}\s*$", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<[a-z][^<>]*>)", re.IGNORECASE)
_CLOSES_HTML = re.compile(r"</(?:html|body|div|main|article|section|p|ul|li|h[1-6]|span)\s*>", re.IGNORECASE)
_FEWEST_LINES = 3
"""Lines with a tag at one end, by which a text is source though it begins with none."""
_CROWDED = 6
"""Tags in a text with hardly a line to itself."""

_REST_OF_TAG = re.compile(r"\s*(?:/?[\w-]{1,12}|[^<>\n]{0,300}[\"'])\s*/?>")
_BEGUN_TAG = re.compile(
    rf"</?(?:{_BLOCK}|{_INLINE})(?:\s+[\w:-]+=(?:\"[^\"<>]*\"?|'[^'<>]*'?|[^\s\"'<>]*))*(?:\s+[\w-]*)?\s*/?$",
    re.IGNORECASE,
)
_HIDDEN = {name: re.compile(rf"<{name}\b", re.IGNORECASE) for name in ("head", "style", "script")}

_RICH_BREAK = re.compile(r"\\(?:par|line)(?![a-z])")
_RICH_WORD = re.compile(
    r"\\(?:pard?|plain|fs?\d|cf\d|b0?|i0?|q[lcj]|li\d|lang\d|u-?\d+|'[0-9a-f]{2})(?![a-z])"
)
_RICH_HEAD = re.compile(r"\\pard?(?![a-z])")
_REST_OF_RICH_WORD = re.compile(r"\s*[a-z]{1,10}-?\d{0,5}\s*(?=\\(?:pard|plain|f\d|fs\d)(?![a-z]))")


def is_html(text: str) -> bool:
    """Return whether a text looks like HTML: a page, or a stretch out of one."""
    return bool(_LOOKS_LIKE_HTML.match(text) and _CLOSES_HTML.search(text)) or _has_tags(text)


def _has_tags(text: str) -> bool:
    """Return whether tags stand as nobody who writes about tags has them: at ends of lines, or crowded."""
    sample = text[:_SAMPLE]
    if "<" not in sample:
        return False
    lines = [line for line in sample.split("\n") if line.strip()]
    on_the_edge = sum(bool(_ON_THE_EDGE.search(line)) for line in lines if "<" in line)
    return on_the_edge >= _FEWEST_LINES or len(_TAG.findall(sample)) >= max(_CROWDED, 2 * len(lines))


def framed_html(text: str) -> str:
    """Return HTML without the pieces of tags at its ends; lines that no block parts stay lines."""
    if not (_LOOKS_LIKE_HTML.match(text) and _CLOSES_HTML.search(text)):
        text = _from_its_text(text)
    begun = text.rfind("<")
    if begun >= 0 and _BEGUN_TAG.match(text, begun):
        text = text[:begun]
    lines = [line for line in text.split("\n") if line.strip()]
    blocks = sum(bool(_BLOCK_TAG.search(line)) for line in lines if "<" in line)
    return text if blocks * 2 >= len(lines) else _BREAK.sub("<br>\n", text)


def _from_its_text(text: str) -> str:
    """Return HTML without the end of what a page has before its text: a tag, a script, its head."""
    hidden = 0
    for name, opening in _HIDDEN.items():
        end = re.search(rf"</{name}\s*>", text, re.IGNORECASE)
        if end and not opening.search(text, 0, end.start()):
            hidden = max(hidden, end.end())
    rest = _REST_OF_TAG.match(text, hidden)
    return text[rest.end() if rest else hidden :]


def unescaped(text: str) -> str:
    """Return HTML whose tags were escaped, as a page shows source, with tags; any other text as it is."""
    if "&lt;" not in text[:_SAMPLE] or is_html(text):
        return text
    plain = html.unescape(text)
    return plain if is_html(plain) else text


def is_rich(text: str) -> bool:
    """Return whether a text is RTF: with its head, or full of the marks for its lines."""
    sample = text[:_SAMPLE]
    if sample.lstrip().startswith("{\\rtf"):
        return True
    words = len(_RICH_WORD.findall(sample))
    return words >= _FEWEST_LINES and len(_RICH_BREAK.findall(sample)) * 2 >= _FEWEST_LINES


def text_of_rich(text: str, called: str) -> str:
    """Return the text of RTF, whole or out of its middle. Raises PageError, which says what to do."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 — few pages come so

    if not text.lstrip().startswith("{\\rtf"):
        text = _with_head(text)
    try:
        plain = str(rtf_to_text(text, errors="replace"))
    except Exception as error:  # it raises whatever a broken document makes it
        raise PageError(f"{called}: can't be read as RTF. Save it as plain text, and use that.") from error
    if len(_RICH_WORD.findall(plain)) >= _FEWEST_LINES:
        raise PageError(
            f"{called}: the source of an RTF document, and damaged. Open the document itself, select all, "
            "copy, and paste that."
        )
    return plain


def _with_head(text: str) -> str:
    start = text.find("{\\rtf")
    if start >= 0:
        return text[start:]
    text = _REST_OF_RICH_WORD.sub("", text, count=1) if _REST_OF_RICH_WORD.match(text) else text
    first = _RICH_HEAD.search(text)
    above = text[: first.start()] if first else ""
    if above.count("}") > above.count("{"):
        text = text[above.rfind("}") + 1 :]  # what is left of its fonts and colours
    depth = lowest = 0
    for sign in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if sign == "{" else -1
        lowest = min(lowest, depth)
    return "{\\rtf1\\ansi " + "{" * -lowest + text + "}"
