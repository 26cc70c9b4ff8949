"""Source without its frame is read as what it is, and tags are never taken for words."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import PageError
from trainer.material.changes import raw_of
from trainer.material.intake import read_text
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page
from trainer.material.words.word_list import WordList

from .pages import FULL, as_html

PAGE = as_html(FULL)
BODY = PAGE.partition("<main>")[2].partition("</main>")[0]
LINES = [
    f"\\bullet  {line[4:]}" if line.startswith("  •") else line
    for line in FULL.replace("’", r"\'92").split("\n")
]
RICH = "\\pard\\plain\\f0\\fs24 " + "\\par\n".join(LINES) + "\\par"


def only_page(text: str) -> Found:
    pages = read_text(text)
    assert isinstance(pages, list)
    (found,) = pages
    return found


@pytest.mark.parametrize(
    "source",
    [
        BODY,
        f'lass="title">{BODY[len("<h2>") :]}',
        f"2>{BODY[len('<h2>') :]}",
        BODY[len("<h2>") :],
        f'{BODY}\n<div class="foot',
        f"{BODY}</main></body",
        f"p {{ color: red }}</style></head><body>{BODY}",
        f"<br>\n{BODY}",
        BODY.replace("\n", ""),
        BODY.replace("</li>", "").replace("</p>", ""),
        html.escape(BODY),
        f"<pre>{html.escape(BODY)}</pre>",
    ],
    ids=range(12),
)
def test_html_without_its_frame(source: str) -> None:
    assert only_page(source).sheet == only_page(PAGE).sheet


@pytest.mark.parametrize("mark", ["<b>{}</b>", "<strong>{}</strong>", '<span class="x">{}</span>', "{}<br>"])
def test_tags_in_a_plain_page(mark: str) -> None:
    lines = [mark.format(line) if re.match(r"Q:|[A-Z][^.]*$", line) else line for line in FULL.split("\n")]
    assert only_page("\n".join(lines)).sheet == read_page(FULL).sheet


@pytest.mark.parametrize(
    "source",
    [
        RICH,
        RICH + "}",
        "{" + RICH,
        r"l\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}{\colortbl ;\red0\green0\blue0;}" + RICH + "}}",
        "par\n" + RICH,
        RICH.replace("\n", " "),
        "from the shared folder:\n{\\rtf1\\ansi " + RICH + "}",
        "{\\rtf1\\ansi " + RICH,
        RICH + r"\pard\f",
    ],
    ids=range(9),
)
def test_rich_text_without_its_head(source: str) -> None:
    found = only_page(source)
    assert (found.sheet.levels, found.sheet.questions, found.sheet.red_flags) == (
        *(read_page(FULL).sheet.levels, read_page(FULL).sheet.questions, read_page(FULL).sheet.red_flags),
    )
    assert found.sheet.terms == read_page(FULL).sheet.terms


@pytest.mark.parametrize(
    "source",
    [
        "<li>Spike – a mark on the floor</li>\n<li>Batten – a bar above</li>\n<li>Wing – a side</li>",
        r"Spike – a mark on the floor\par Batten – a bar over the stage\par Wing – a side of the stage\par",
        "Spike – a mark on the floor<br>\nBatten – a bar over the stage<br>\nWing – a side of the stage<br>",
    ],
    ids=["items", "rich text", "breaks"],
)
def test_a_list_of_words_in_broken_source(source: str) -> None:
    words = read_text(source)
    assert isinstance(words, WordList)
    assert [entry.term for entry in words.entries] == ["Spike", "Batten", "Wing"]
    assert not any("<" in entry.meaning or "\\" in entry.meaning for entry in words.entries)


def test_who_writes_of_tags_is_taken_at_their_word() -> None:
    page = FULL.replace(
        "Red Flags to Watch For", "Red Flags to Watch For\n  • Mixes <p> and <div> up\n  • Writes <b>"
    )
    assert [flag.text for flag in read_page(page).sheet.red_flags][:2] == [
        "Mixes <p> and <div> up",
        "Writes <b>",
    ]


@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
@settings(max_examples=150, deadline=None)
def test_no_cut_of_a_saved_page_has_tags_in_its_sheet(start: int, end: int) -> None:
    check(PAGE[min(start, end) : max(start, end)], r"</?(?:li|p|h2|ul|div|a|strong)\b[^<>]*>")


@given(st.integers(0, len(RICH)), st.integers(0, len(RICH)))
@settings(max_examples=150, deadline=None)
def test_no_cut_of_rich_text_has_its_marks_in_its_sheet(start: int, end: int) -> None:
    check(RICH[min(start, end) : max(start, end)], r"\\par|\\f\d")


def check(source: str, sign: str) -> None:
    if len(re.findall(sign, source)) < 3:
        return  # too little to tell what it is
    try:
        given = read_text(source)
    except PageError:
        return
    sheets = [] if isinstance(given, WordList) else [found.sheet for found in given]
    assert not [sheet for sheet in sheets if re.search(sign, str(raw_of(sheet)))]
