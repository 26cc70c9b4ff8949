"""Whatever is done to a page: no error but a message, no invented fact, and time in step with its length."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import PageError
from trainer.material.changes import raw_of
from trainer.material.files import sheet_from
from trainer.material.intake import read_text
from trainer.material.page.found import Found
from trainer.material.page.reading import MOST_ITEMS, read_page
from trainer.material.page.source import plain_text

from .pages import FLAT, FULL, THING, as_html

pytestmark = pytest.mark.slow

RELAXED = settings(max_examples=200)
PAGES = st.sampled_from([FULL, FLAT, THING])
SAID = {
    "name",
    "industry",
    "job_titles",
    "term",
    "stands_for",
    "aliases",
    "meaning",
    "title",
    "years",
    "ask",
    "text",
}
"""The keys that hold what the page says; all others are ids, numbers and fixed words."""


def facts(value: Any, key: str = "") -> Iterator[str]:
    match value:
        case str():
            if key in SAID:
                yield value
        case dict():
            for name, item in value.items():
                yield from facts(item, name)
        case list():
            for item in value:
                yield from facts(item, key)


def folded(text: str) -> str:
    return " ".join(text.split())


def check(text: str) -> Found | None:
    """Read a text, and see that the sheet is sound and says nothing that the text does not."""
    try:
        found = read_page(text)
    except PageError:
        return None
    sheet = found.sheet
    page = folded(plain_text(text))
    assert [fact for fact in facts(raw_of(sheet)) if fact not in page] == []
    assert [each for each in found.unsure if each.text not in page] == []
    lines = plain_text(text).split("\n")
    assert all(1 <= each.line <= len(lines) for each in found.unsure)
    if found.name:
        assert sheet_from(raw_of(sheet), "page") == sheet
    return found


@RELAXED
@given(PAGES, st.integers(0, 10_000))
def test_shuffled_lines(page: str, seed: int) -> None:
    lines = page.split("\n")
    random.Random(seed).shuffle(lines)
    check("\n".join(lines))


@RELAXED
@given(PAGES, st.data())
def test_cut_pages(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page)))
    check(page[start : data.draw(st.integers(start, len(page)))])


@RELAXED
@given(PAGES, st.data())
def test_lines_lost_doubled_and_joined(page: str, data: st.DataObject) -> None:
    kept: list[str] = []
    for line in page.split("\n"):
        what = data.draw(st.integers(0, 12))
        if what == 0:
            continue
        kept += [line] * (2 if what == 1 else 1)
        if what == 2 and len(kept) > 1:
            kept[-2:] = [f"{kept[-2]} {kept[-1]}"]
        if what == 3:
            kept.append("")
    check("\n".join(kept))


SIGNS = st.sampled_from(
    [*"•-*–:.()\"'“”|,;\n \t\xa0\x1b[]<>&\u202e🎭é0Q/\\=#{}$%@", "\r\n", "Q:", "A.", "years"]
)


@RELAXED
@given(PAGES, st.data())
def test_signs_put_in_anywhere(page: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(page)))
        page = page[:place] + data.draw(SIGNS) + page[place:]
    check(page)


@RELAXED
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text)


@RELAXED
@given(st.lists(st.sampled_from([*FULL.split("\n"), *THING.split("\n")]), max_size=60))
def test_lines_of_two_pages_mixed(lines: list[str]) -> None:
    check("\n".join(lines))


@pytest.mark.parametrize("page", [FULL, FLAT, THING, as_html(FULL)], ids=["full", "flat", "thing", "html"])
def test_the_pages_themselves_say_nothing_that_is_not_on_them(page: str) -> None:
    found = check(page)
    assert found
    assert len(list(facts(raw_of(found.sheet)))) > 10


HEAD = FULL.partition("Example Interview")[0]
LONG: dict[str, Callable[[int], str]] = {
    "one line": lambda size: f"{FULL}\n{'word ' * (size // 5)}",
    "one word": lambda size: f"{FULL}\n{'x' * size}",
    "questions": lambda size: HEAD + "Q: What?\nExpected Answer: this, that, and more.\n" * (size // 50),
    "a long answer": lambda size: f"{HEAD}Q: What?\nExpected Answer: {'calm and clear, ' * (size // 16)}",
    "no end of a question": lambda size: HEAD + "Q: What\n" + "of this and that\n" * (size // 17),
    "wrapped": lambda size: HEAD + "Q: What?\nExpected Answer: this\n" + "and that\n" * (size // 9),
    "levels": lambda size: HEAD + "Junior (0-2 years)\n" * (size // 19),
    "bullets": lambda size: FULL + "".join(f"  • Flag {i}\n" for i in range(size // 12)),
    "titles": lambda size: FULL.replace("Head of Props", "Stage Manager " * (size // 14)),
    "titles in lines": lambda size: FULL.replace("Kit Runner", "\n".join(["Rigger"] * (size // 7))),
    "brackets": lambda size: FULL.replace("SKT (", "(" * size + "SKT ("),
    "blank lines": lambda size: "\n" * size + FULL,
    "quotes": lambda size: FULL.replace('"Scene', '"' * size + '"Scene'),
    "tags": lambda size: as_html(FULL).replace("<main>", "<main>" + "<p>" * (size // 3)),
    "open tags": lambda size: as_html(FULL).replace("<main>", "<main>" + "<a " * (size // 3)),
    "attributes": lambda size: as_html(FULL).replace("<main>", f"<main {'x ' * (size // 2)}>"),
    "open comments": lambda size: as_html(FULL).replace("</main>", "<!-- " * (size // 5)),
    "escapes": lambda size: "\x1b]" * (size // 2) + FULL,
}


@pytest.mark.parametrize("name", LONG)
def test_the_time_is_in_step_with_the_length(name: str) -> None:
    def seconds(size: int) -> float:
        text = LONG[name](size)
        started = time.process_time()
        check_quickly(text)
        return time.process_time() - started

    short, long = (min(seconds(size) for _ in range(2)) for size in (25_000, 100_000))
    assert long < 8 * short + 0.15, "four times as long takes about four times the time"


@pytest.mark.parametrize("unit", ["🎭", "- ", "-\n", "wanted ", "salary "])
def test_what_is_nothing_is_refused_in_time(unit: str) -> None:
    """Each sign of a line was the beginning of another search through the rest of it, up to minutes."""
    started = time.process_time()
    with suppress(PageError):
        read_text(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 5


def check_quickly(text: str) -> None:
    try:
        found = read_page(text)
    except PageError:
        return
    assert all(len(level.indicators) <= MOST_ITEMS for level in found.levels)
    assert len(found.titles) <= MOST_ITEMS
    assert len(found.questions) <= MOST_ITEMS


def test_far_too_many_items_are_cut_off_and_told() -> None:
    found = read_page(LONG["bullets"](20_000))
    assert len(found.red_flags) == MOST_ITEMS
    assert [each.what for each in found.unsure] == [
        f"more than {MOST_ITEMS} in a section: the rest is left out"
    ]
    found = read_page(LONG["one line"](30_000))
    assert [each.what for each in found.unsure] == ["line too long for a glossary page"]
    assert len(found.red_flags) == 3
