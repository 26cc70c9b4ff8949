"""Every fact of the ASM page stands on a card, and none of its prose in a deck.

The page itself is not ours to ship: here are its facts in short, and hashes of its prose.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import pytest

from trainer.cards.answers import PointCard, RecallCard
from trainer.cards.card import Card, Question
from trainer.cards.flags import FlagCard
from trainer.cards.levels import IndicatorCard, page_years
from trainer.cards.meanings import ExampleCard
from trainer.cards.synonyms import TitleCard
from trainer.humanize import listed
from trainer.material.sheet_files import shipped_decks

from .shipped import CARDS, asked, words

_C = TypeVar("_C", bound=Card)
SHEET = "assistant-stage-manager"
INDUSTRY = "Performing Arts"
TERM, STANDS_FOR = "ASM", "Assistant Stage Manager"
DUTIES = (
    "stage manager",
    "backstage",
    "rehearsals",
    "shows",
    "props",
    "actors",
    "crew",
    "schedules",
    "emergencies",
)
SIMILAR_ROLES = ("Deputy Stage Manager", "Stage Management Assistant")
TITLES = (
    *SIMILAR_ROLES,
    "Production Assistant",
    "Technical Theater Professional",
    "Backstage Coordinator",
)
TYPICAL_JOB_TITLE = "Assistant Stage Managers"
INDICATORS = {
    ("Junior", "0-2"): (
        "Basic prop management",
        "Following cues",
        "Maintaining backstage order",
        "Script notation basics",
    ),
    ("Mid", "2-5"): (
        "Complex prop tracking",
        "Emergency response handling",
        "Rehearsal coordination",
        "Department communication",
    ),
    ("Senior", "5+"): ("Show running", "Stage Manager backup", "Production planning", "Team leadership"),
}
QUESTIONS = {
    "multiple conflicting urgent requests": ("Senior", ("first", "calm", "jobs", "safety")),
    "step in for the Stage Manager": ("Senior", ("charge", "whole show", "standard")),
    "prop tracking sheet": ("Mid", ("order", "small things", "current")),
    "communication between departments": ("Mid", ("who does what", "ways to pass", "clashes")),
    "primary responsibilities during a performance": ("Junior", ("props", "cues", "performers", "quiet")),
    "prepare for a first rehearsal": ("Junior", ("scripts", "room", "sign in", "stage manager")),
}
RED_FLAGS = (
    "No live performance experience",
    "Poor communication skills",
    "Inability to handle pressure",
    "Lack of attention to detail",
    "No knowledge of basic theater terminology",
)
EXAMPLES = ("6 major musical productions", "annual Shakespeare festival", "opera, dance, and Broadway-style")

SHINGLE = 8
"""So many words in a row are a copy."""
PROSE = frozenset(
    re.findall(
        r"\w+",
        """
    038d021d 059cfe9a 05caf6ef 0887df9a 08b57bea 0ac25a84 0c107d45 10c4cc43 13746832 18ec7abf 1956d02d
    1a792467 1adbc388 1bb1cdf6 1c655e74 1d62975a 1d7e7ad2 1ed488de 1fb2e54a 220c4cdd 227ee8a7 22fa3bb7
    238d816d 2ae1abc5 2ba09a8f 2ecf77ab 2fed020f 367934fd 3b03b538 3e62e255 3ec66052 426a6159 42d65f5f
    42e8c2f4 463338c8 47d3480e 48039bb8 53c7f966 56c4633a 56d951c7 57682ec5 5908d236 59ff1e65 5acc49a8
    5ad41979 5be2169d 5e18b765 5f2695f9 60652486 60f99e8f 61bce086 62002787 6462fbe0 66330069 6991b908
    6aafe127 6c080a23 6f6b41cc 71cf0576 733712c3 76e85b83 7770e77e 794b8d02 7afb6076 7cce063d 806f1164
    80ed62fd 81826ea3 81bc07b9 82b368eb 84c18918 8527e44d 85b25487 862505f0 878c01ba 888fd526 8adc2b53
    8b0e9c7c 8c5bc42a 8c669936 8ff7abf5 905bffcb 908742a3 9637470b 97f14cb8 98362691 98bb57b6 9a0c0d6e
    9b552cf2 9c3f28c4 9c8fe5eb 9d990832 9ea4ebff a09190b5 a1c57c79 a337dce7 a49606e3 a5c80252 a6dfee6e
    a9a76316 a9ec7b5a ab6eff60 abc32466 aeea9083 b0f43b79 b7536c71 b8c8813e bb326596 bf2d36f0 c1e736c0
    c7325594 cb894a42 cbd1f4e3 cccf8ce0 cf0b32b8 d3803cd9 d6925134 d76c551b d78444f7 d86cf0d9 db382b23
    e03af52e e27f6adc e2fa60e5 e322d933 e57f7640 e5f8827d e600c0ca e7e73ecf e83a8ba6 eb7f469c ede7ed5e
    f17ec9d7 f205cd38 f43a97c4 f6fba606 f8818180 fe60e999 fe8a6278
        """,
    )
)
"""The first paragraph and the expected answers, eight words at a time."""


@cache
def _asked(id_: str) -> tuple[Question, ...]:
    return tuple(asked(next(card for card in CARDS if card.id == id_), seeds=2))


def _of(kind: type[_C]) -> Iterator[_C]:
    return (card for card in CARDS if isinstance(card, kind) and card.sheet.id == SHEET)


def test_the_counts_of_the_page() -> None:
    assert len(TITLES) == len(RED_FLAGS) == 5
    assert sum(len(texts) for texts in INDICATORS.values()) == 12
    assert [len(points) for _, points in QUESTIONS.values()] == [4, 3, 3, 3, 4, 4]
    assert len(EXAMPLES) == 3


def test_the_term_is_asked_with_what_it_stands_for_and_what_it_does() -> None:
    for question in _asked(f"{SHEET}/meanings/asm"):
        assert f"{TERM} ({STANDS_FOR})" in question.answer
        assert [duty for duty in DUTIES if duty not in question.answer] == []


def test_the_industry_is_that_of_every_card_of_the_page() -> None:
    assert {card.sheet.industry for card in CARDS if card.sheet.id == SHEET} == {INDUSTRY}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_to_search_for_too_is_asked_and_would_be_searched(title: str) -> None:
    [card] = [card for card in _of(TitleCard) if card.title.title == title]
    assert card.origin == "page"
    questions = {question.way.key: question for question in _asked(card.id)}
    assert {question.text for question in questions.values()} == {title}
    for key, question in questions.items():
        if key.startswith("search"):
            assert "no" not in {option.id for option in question.options if option.right}
    assert card.title.means_the_role is False
    assert (card.title.relation == "same") is (title in SIMILAR_ROLES)


def test_what_the_page_calls_the_same_is_asked_last_and_as_a_claim_that_a_region_denies() -> None:
    for title in SIMILAR_ROLES:
        [card] = [card for card in _of(TitleCard) if card.title.title == title]
        claims = [question for question in _asked(card.id) if question.way.key.startswith("claim.")]
        assert claims
        assert card.ways()[-1].key.startswith("claim.")
        for question in claims:
            assert "The glossary page calls this and an ASM the same job." in question.prompt
            [wrong] = [option for option in question.options if option.id == "same"]
            assert (wrong.text, wrong.right) == ("Yes: the same job", False)
            assert question.lines[0].label == question.way.key.removeprefix("claim.")
            assert "Glossary page" in {line.label for line in question.lines}


def test_only_the_titles_of_the_page_are_said_to_be_from_it() -> None:
    assert {card.title.title for card in _of(TitleCard) if card.origin == "page"} == set(TITLES)


def test_the_titles_are_asked_together_and_the_typical_one_is_told() -> None:
    for question in _asked(f"{SHEET}/synonyms/all.search"):
        assert question.answer == f"Search for {listed(TITLES)}."
        assert TYPICAL_JOB_TITLE in words(question)


@pytest.mark.parametrize(
    ("level", "years", "text"), [(*level, text) for level, texts in INDICATORS.items() for text in texts]
)
def test_an_indicator_is_asked_with_its_level_and_years(level: str, years: str, text: str) -> None:
    [card] = [card for card in _of(IndicatorCard) if card.indicator.text == text]
    assert card.origin == "page"
    for question in _asked(card.id):
        [right] = [option for option in question.options if option.right]
        assert right.text == level
        assert years not in right.note
        assert level in question.answer
        assert text in question.answer


@pytest.mark.parametrize(("level", "years"), INDICATORS)
def test_the_years_of_a_level_are_told_as_the_pages_and_never_asked(level: str, years: str) -> None:
    told = page_years((each.name, each.years) for each in next(_of(IndicatorCard)).sheet.levels)
    assert f"{level} {years}" in told
    assert "Don't screen by them" in told
    asked_levels = [question for card in _of(IndicatorCard) for question in _asked(card.id)]
    assert not [question for question in asked_levels if f"{years} years" in words(question)]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_an_interview_question_is_asked_with_its_level_and_each_of_its_points(ask: str) -> None:
    level, points = QUESTIONS[ask]
    [recall] = [card for card in _of(RecallCard) if ask in card.asked.ask]
    for question in _asked(recall.id):
        assert ask in question.text
        assert level in question.intro
        assert len(question.answer.split("; ")) == len(points)
        assert [point for point in points if point not in question.answer.lower()] == []
    own = [card for card in _of(PointCard) if ask in card.asked.ask]
    assert len(own) == len(points)
    for card, point in zip(own, points, strict=True):
        assert point in card.point.text.lower()
        assert all(
            ask in question.intro and card.point.text in question.prompt for question in _asked(card.id)
        )


@pytest.mark.parametrize("text", RED_FLAGS)
def test_a_red_flag_is_asked(text: str) -> None:
    [card] = [card for card in _of(FlagCard) if card.flag.text == text]
    assert {text in question.answer for question in _asked(card.id)} == {True}


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_a_resume_is_asked(text: str) -> None:
    [card] = [card for card in _of(ExampleCard) if text in card.example.text]
    assert {text in question.text for question in _asked(card.id)} == {True}
    assert card.example.concludes
    assert card.example.does_not


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)


def shingles(text: str) -> Iterator[tuple[str, str]]:
    """Give every eight words in a row with their hash."""
    found = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    for i in range(len(found) - SHINGLE + 1):
        passage = " ".join(found[i : i + SHINGLE])
        yield hashlib.blake2b(passage.encode(), digest_size=4).hexdigest(), passage


def test_the_hashes_are_of_words_as_they_are_cut_here() -> None:
    passage = "who helps coordinate all backstage activities. They work"
    assert [hash_ for hash_, _ in shingles(passage) if hash_ in PROSE]


@pytest.mark.parametrize("path", sorted(shipped_decks().glob("*.toml")), ids=lambda path: path.stem)
def test_no_eight_words_in_a_row_are_copied_from_the_prose_of_the_page(path: Any) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    copied = [passage for text in _texts(raw) for hash_, passage in shingles(text) if hash_ in PROSE]
    assert copied == []
