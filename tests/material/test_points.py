"""An expected answer is cut into points where a person would cut it, in its own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.material.page.points import LONGEST_ANSWER, cut_points

RELAXED = settings(max_examples=200)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (
            "Should show a plan, calm decisions, and ability to lead a team while keeping quality.",
            ["a plan", "calm decisions", "ability to lead a team", "keeping quality"],
        ),
        ("Should explain systems, counting and methods.", ["systems", "counting", "methods"]),
        ("Should mention basic tasks like setting, and locking up.", ["setting", "locking up"]),
        ("Should mention tools such as QLab, Eos, and pens.", ["tools such as QLab, Eos, and pens"]),
        (
            "Should show knowledge of software, such as QLab, and patience.",
            ["knowledge of software, such as QLab, and patience"],
        ),
        ("A good answer includes clear, calm speech and tact.", ["clear, calm speech", "tact"]),
        ("Look for budgets; contracts; and unions.", ["budgets", "contracts", "unions"]),
        ("They should be able to give a list (who, when), and its use.", ["a list (who, when)", "its use"]),
        ("Should know knots. Should also say who is told, e.g. me.", ["knots", "who is told, e.g. me"]),
        ("Knowledge of rigging, showing care.", ["Knowledge of rigging", "showing care"]),
        ("Should describe a time they led, which helped, and why.", ["a time they led, which helped", "why"]),
        ("Should explain what is first, who is told, and why.", ["what is first", "who is told", "why"]),
        ("Understanding of knots as well as loads.", ["Understanding of knots", "loads"]),
        # Whoever should tell it is no part of the first point.
        ("A senior flyman should talk about brakes, spotters and logs.", ["brakes", "spotters", "logs"]),
        ("The best answers point to a date, and a buyer.", ["a date", "a buyer"]),
        ("Look for answers that show tact, and speed.", ["tact", "speed"]),
        ("Listen for candidates who can name shackles, and slings.", ["shackles", "slings"]),
        ("Someone at this level might outline costs, and risks.", ["costs", "risks"]),
        ("Ideally names the form, and the deadline.", ["the form", "the deadline"]),
        ("You want to hear about patience, and clear notes.", ["patience", "clear notes"]),
        ("Expect them to cover light, and sound.", ["light", "sound"]),
        ("Candidates who can explain fuses, and cables.", ["fuses", "cables"]),
        ("Name three tools, and a use.", ["three tools", "a use"]),
        ("At this level, candidates should discuss budgets, and risk.", ["budgets", "risk"]),
        ("For a senior post, look for answers that mention law, and cost.", ["law", "cost"]),
        ("Someone good would bring up noise, and light.", ["noise", "light"]),
        ("Should be comfortable explaining a plot, and a patch.", ["a plot", "a patch"]),
        ("Should give clear examples of repairs, and savings.", ["repairs", "savings"]),
        ("Look for mention of dates, and names.", ["dates", "names"]),
        ("Key points to mention: weather, and crew.", ["weather", "crew"]),
        ("We are looking for patience, and tact.", ["patience", "tact"]),
        ("Should discuss money, mention unions, and should also explain risk.", ["money", "unions", "risk"]),
        ("Look for someone who can explain a ledger, and a close.", ["a ledger", "a close"]),
        ("Able to explain brakes, and tyres.", ["brakes", "tyres"]),
        ("It is good if they mention tact, and humour.", ["tact", "humour"]),
        # What only looks like a lead-in stays.
        ("Notes on each cue, and show reports.", ["Notes on each cue", "show reports"]),
        ("In an emergency, calls for help, and stays calm.",
         ["In an emergency, calls for help", "stays calm"]),
        ("Having patience, and covering costs.", ["Having patience", "covering costs"]),
        ("Should explain the load, the crew, and when to stop.", ["the load", "the crew", "when to stop"]),
        ("The crew chief should call the move, and wait.", ["The crew chief should call the move", "wait"]),
        ("Knowing how they would explain it, and when.", ["Knowing how they would explain it, and when"]),
        # A list of three and more is a list of points.
        ("Should describe a drill including a call, a count, a signal and a stop.",
         ["a drill", "a call", "a count", "a signal", "a stop"]),
        ("Should describe a drill, including a call and a stop.", ["a drill, including a call and a stop"]),
        ("Should name steps including a call, a count and a stop.", ["a call", "a count", "a stop"]),
        ("Should name a drill which includes: a call, a stop and a log.",
         ["a drill", "a call", "a stop", "a log"]),
        ("Teamwork", ["Teamwork"]),
        ("Should show teamwork, teamwork, and teamwork.", ["teamwork"]),
        ("", []),
    ],
)  # fmt: skip
def test_clauses_become_points(answer: str, points: list[str]) -> None:
    assert cut_points(answer) == points


@pytest.mark.parametrize(
    "head",
    [
        *("What matters is ", "What matters most here are ", "What counts: ", "What you want to hear is "),
        *(
            "What they should mention is ",
            "What really helps is ",
            "The most important thing is ",
            "The key points: ",
        ),
        *("What we listen for are ", "What is important: ", "What makes a good answer is "),
    ],
)
def test_what_heads_a_list_is_no_part_of_its_first_point(head: str) -> None:
    points = ["a clear plot", "a spare torch", "a call to the desk"]
    assert cut_points(f"{head}a clear plot, a spare torch and a call to the desk.") == points
    assert cut_points("What a rigger does first, and how they check it.")[0] == "What a rigger does first"


def test_a_text_far_too_long_stays_whole() -> None:
    answer = "calm, " * LONGEST_ANSWER
    assert cut_points(answer) == [answer]


SOME = st.sampled_from(
    [
        *("Should", "show", "mention", "candidates", "a", "the", "of", ",", ";", ".", "(", ")", "and", "or"),
        *("while", "keeping", "such as", "like", "e.g.", "“", "”", "calm", "props", "which"),
    ]
)


@RELAXED
@given(st.lists(SOME, max_size=30).map(" ".join) | st.text(max_size=100))
def test_every_point_stands_in_the_answer_and_is_told_once(answer: str) -> None:
    points = cut_points(answer)
    assert [point for point in points if point not in answer] == []
    assert len(set(points)) == len(points)
    assert bool(points) == bool(answer)
