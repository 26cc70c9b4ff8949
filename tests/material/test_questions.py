"""Questions and their levels in the forms in which pages have them."""

import pytest

from tests.material.layouts import TRADES, Style, page
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page

TRADE = TRADES[2]
ASKED = [
    ("senior", "How do you plan a week?", ["a list", "a call"]),
    ("senior", "Tell me about a mistake.", ["what happened", "what changed"]),
    ("junior", "What is a docket?", ["the court's list"]),
]


def read(questions: str) -> Found:
    return read_page(page(TRADE, Style(questions=lambda *_: questions)))


def asked(found: Found) -> list[tuple[str | None, str, list[str]]]:
    return [
        (question.level, question.ask, [point.text for point in question.points])
        for question in found.sheet.questions
    ]


SENIOR = (
    "How do you plan a week?",
    "Should name a list, and a call.",
    "Tell me about a mistake.",
    "Candidates who can explain what happened, and what changed.",
)
JUNIOR = ("What is a docket?", "Name the court's list.")


def laid_out(heading: tuple[str, str], ask: str, answer: str, between: str = "\n\n") -> str:
    parts = []
    for head, lines in zip(heading, (SENIOR, JUNIOR), strict=True):
        parts.append(head)
        for number, line in enumerate(lines):
            parts.append((answer if number % 2 else ask).format(number=number // 2 + 1, text=line))
    return between.join(parts)


USUAL = ("Senior Level Questions", "Junior Level Questions")


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("{text}", "Expected Answer: {text}"),
        ("{number}. {text}", "Answer: {text}"),
        ("{number}) {text}", "What to listen for: {text}"),
        ("{number}. Q: {text}", "A: {text}"),
        ("Question {number} – {text}", "Good answer: {text}"),
        ("**{text}**", "*Ideal response:* {text}"),
        ("• {text}", "Listen for: {text}"),
        ("- Q: {text}", "  - A: {text}"),
        ("Question\n{text}", "Expected answer\n{text}"),
        ("Q{number}: {text}", "Key points: {text}"),
        ("{text}", "What a strong candidate says: {text}"),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_questions_with_other_labels_or_none(ask: str, answer: str, between: str) -> None:
    found = read(laid_out(USUAL, ask, answer, between))
    assert asked(found) == ASKED
    assert [each for each in found.unsure if "place" in each.what] == []


def test_a_question_and_an_answer_without_any_label() -> None:
    found = read("Senior Level Questions\n\nHow do you plan a week?\n\nShould name a list, and a call.")
    assert asked(found) == ASKED[:1]


def test_a_question_that_was_broken_for_its_width() -> None:
    text = "Senior Level Questions\n\nHow do you\nplan a week?\n\nAnswer: Should name a list, and\na call."
    assert asked(read(text)) == ASKED[:1]


@pytest.mark.parametrize(
    "heading",
    [
        ("Experienced Paralegal Questions", "New Paralegal Questions"),
        ("Senior Paralegals", "Junior Paralegals"),
        ("Questions for Senior Paralegals", "Questions for Junior Paralegals"),
        ("Senior (5+ years)", "Junior (0-2 years)"),
        ("Senior:", "Junior:"),
        ("Level 3 Questions", "Level 1 Questions"),
        ("Lead Level", "Entry Level"),
    ],
)
def test_levels_of_questions_under_other_headings(heading: tuple[str, str]) -> None:
    first = heading[0].removeprefix("Questions for ").split(" (")[0].rstrip(":")
    name = {"Experienced": "Experienced Paralegal", "Level": "Level 3", "Lead": "Lead"}.get(first.split()[0])
    last = {"Experienced": "New Paralegal", "Level": "Level 1", "Lead": "Entry"}.get(first.split()[0])
    style = Style(
        questions=lambda *_: laid_out(heading, "Q: {text}", "Expected Answer: {text}"),
        level=lambda _, level: {
            "senior": f"{name or 'Senior'} (5+ years)",
            "junior": f"{last or 'Junior'} (0-2 years)",
            "mid": "Mid (2-5 years)",
        }[level],
    )
    found = read_page(page(TRADE, style))
    assert len(found.sheet.levels) == 3
    places = [[level.id for level in found.sheet.levels].index(each or "") for each, *_ in asked(found)]
    assert places == [2, 2, 0]
    assert [level.indicators for level in found.sheet.levels if not level.indicators] == []


def test_items_of_an_answer_lose_their_lead_in() -> None:
    found = read("Q: How?\n\nExpected Answer:\n- Should mention a list\n- Explains the call\n- Calm")
    assert asked(found) == [(None, "How?", ["a list", "the call", "Calm"])]


def test_an_answer_that_asks_is_no_question() -> None:
    found = read(
        "Q: How?\n\nExpected Answer:\n- Who was told?\n- What came next?\n\nQ: Why?\n\nAnswer: Because."
    )
    assert [each[1] for each in asked(found)] == ["How?", "Why?"]
