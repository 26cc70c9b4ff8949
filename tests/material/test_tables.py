"""Levels and questions in a table, as text, as Markdown and on a web page."""

from dataclasses import replace

import pytest

from tests.material.layouts import TRADES, Style, page
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page

TRADE = TRADES[0]


def with_levels(table: str) -> Found:
    return read_page(page(replace(TRADE, questions=()), Style(levels=lambda *_: table)))


def with_questions(table: str) -> Found:
    return read_page(page(TRADE, Style(questions=lambda *_: table)))


def levels(found: Found) -> list[tuple[str, str, list[str]]]:
    return [(level.name, level.years, [item.text for item in level.indicators]) for level in found.levels]


LEVELS = [("Junior", "0-2", ["Climbing", "Greasing"]), ("Senior", "5+", ["Planning", "Teaching"])]


@pytest.mark.parametrize(
    "table",
    [
        "Junior (0-2 years)\tSenior (5+ years)\nClimbing\tPlanning\nGreasing\tTeaching",
        "| Junior (0-2 years) | Senior (5+ years) |\n|---|---|\n| Climbing | Planning |\n|Greasing|Teaching|",
        "Junior (0-2 years)     Senior (5+ years)\nClimbing               Planning\nGreasing    Teaching",
        "Level\tYears\tSkills\nJunior\t0-2\tClimbing; Greasing\nSenior\t5+ years\tPlanning; Teaching",
        "Level | Indicators\nJunior (0-2 years) | Climbing, Greasing\nSenior (5+) | Planning, and Teaching",
        "Seniority\tWhat to look for\nJunior (0-2)\tClimbing • Greasing\nSenior, 5+ yrs\tPlanning • Teaching",
    ],
)
def test_levels_in_a_table(table: str) -> None:
    found = with_levels(table)
    assert levels(found) == LEVELS
    assert [each.what for each in found.unsure if "place" in each.what] == []


def test_an_empty_cell_moves_no_skill_to_another_level() -> None:
    head = "Junior (0-2 years)\tSenior (5+ years)\n"
    assert levels(with_levels(f"{head}Climbing\tPlanning\n\tTeaching"))[0][2] == ["Climbing"]
    found = with_levels(f"{head.replace(chr(9), ' | ')}Climbing | Planning\n| | Teaching |\n")
    assert levels(found) == [("Junior", "0-2", ["Climbing"]), ("Senior", "5+", ["Planning", "Teaching"])]


def test_a_row_of_another_width_is_told_and_goes_to_no_level() -> None:
    found = with_levels("Junior (0-2 years) | Senior (5+ years)\nClimbing | Planning\na | b | c\n")
    assert levels(found) == [("Junior", "0-2", ["Climbing"]), ("Senior", "5+", ["Planning"])]
    assert [line.text for line in found.unplaced] == ["a | b | c"]


def test_a_sentence_with_commas_stays_one_sign() -> None:
    found = with_levels("Level\tSkills\nJunior (0-2 years)\tClimbs alone, but asks before the first storm")
    assert levels(found)[0][2] == ["Climbs alone, but asks before the first storm"]


ROWS = "Why?\tShould name dust, and noise.\nTell me of a repair.\tShould name a plan, and a date."


@pytest.mark.parametrize(
    "table",
    [
        f"Question\tExpected Answer\n{ROWS}",
        f"| Question | What to listen for |\n| --- | --- |\n{ROWS}".replace("\t", " | "),
        f"Interview Question\tSample Answers\n\n{ROWS}".replace("\n", "\n\n"),
    ],
)
def test_questions_in_a_table(table: str) -> None:
    found = with_questions(table)
    asked = [(each.ask.text, [point.text for point in each.points]) for each in found.questions]
    assert asked == [("Why?", ["dust", "noise"]), ("Tell me of a repair.", ["a plan", "a date"])]


def test_the_level_of_a_row_counts_for_the_rows_below_it() -> None:
    first, second = ROWS.split("\n")
    found = with_questions(f"Level\tQuestion\tAnswer\nSenior (5+ years)\t{first}\n\t{second}")
    assert [each.level for each in found.questions] == ["Senior", "Senior"]
    assert [question.level for question in found.sheet.questions] == ["senior", "senior"]


WEB = """<html><body><h1>Rig</h1><p>Term from Oil industry explained for recruiters</p>
<p>A Rig is a platform at sea.</p><h2>Example Interview Questions</h2>
<table><thead><tr><th>Level</th><th>Question</th><th>Expected Answer</th></tr></thead><tbody>
<tr><td>Junior</td><td><p>Why?</p></td><td><ul><li>Dust</li><li>Noise</li></ul></td></tr></tbody></table>
<h2>Experience Level Indicators</h2>
<table><tr><th>Junior (0-2 years)</th><th><p>Senior (5+ years)</p></th></tr>
<tr><td></td><td><ul><li>Planning</li><li>Teaching</li></ul></td></tr></table>
<table><tr><td><h2>Red Flags to Watch For</h2><ul><li>Late</li></ul></td><td>Share this page</td></tr></table>
</body></html>"""


@pytest.mark.parametrize(
    "row", ["</tr>", "<tr></tr>", "<table></tr></table>", "<td></td></tr></tr>", "</table>"]
)
def test_a_row_without_cells_and_ends_without_a_beginning_do_no_harm(row: str) -> None:
    assert read_page(WEB.replace("<table>", f"<table>{row}")).questions[0].ask.text == "Why?"
    assert read_page(WEB.replace("</tbody>", f"{row}</tbody>")).questions[0].ask.text == "Why?"


def test_tables_of_a_web_page() -> None:
    found = read_page(WEB)
    assert levels(found) == [("Junior", "0-2", []), ("Senior", "5+", ["Planning", "Teaching"])]
    [question] = found.questions
    assert (question.level, question.ask.text) == ("Junior", "Why?")
    assert [flag.text for flag in found.red_flags] == ["Late"]
