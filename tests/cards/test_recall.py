"""Which point a typed line is taken for: right and wrong wordings that nobody wrote into a sheet."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from trainer.cards.card import Form
from trainer.cards.library import Library
from trainer.cards.recall import match_lines, stems
from trainer.material.questions import Point

from .shipped import ASM, LIBRARY

OF_THE_STAGE = LIBRARY.sheets["theatre-vocabulary"].same_words
AT_ONCE = (
    Point(
        id="priorities",
        text="Says what comes first, and why",
        shows="Three people wanted me. The sword was needed in one page, so sword first.",
        claims="Prioritising is really my strength. I see straight away what matters most.",
    ),
    Point(
        id="calm",
        text="Shows calm by what they did",
        shows="I stop, er, one breath, and then one question: 'by when?'",
        claims="Calm, yeah, that's me really. I don't lose it, whatever happens.",
    ),
    Point(
        id="coordination",
        text="Gives other people clear jobs",
        shows="I asked Priya from props to fetch the spare lamp and Ben to hold the cast at the door.",
        claims="I'm a natural coordinator. I get the whole crew pulling in one direction.",
    ),
    Point(
        id="safety",
        text="Guards safety and the show",
        shows="A child stood where the truck was about to roll, so I told the caller: 'not clear, hold'.",
        claims="Safety is number one for me, and I would never let the standard of the show slip.",
    ),
)
A_SHOW = (
    Point(id="props", text="Looks after the props"),
    Point(id="cues", text="Acts on cues as called"),
    Point(id="artists", text="Gets performers on stage, ready"),
    Point(id="quiet", text="Keeps the wings quiet"),
)
"""Without snippets there are only the points' own words to go by."""

FIRST_DAY = (
    Point(id="script", text="Prepares the scripts"),
    Point(id="room", text="Sets up the room"),
    Point(id="sign-in", text="Has people sign in, and checks"),
    Point(id="with-sm", text="Agrees the day with the stage manager"),
)


@pytest.mark.parametrize(
    ("points", "line", "point"),
    [
        (AT_ONCE, "priorities", "priorities"),
        (AT_ONCE, "Prioritizes", "priorities"),
        (AT_ONCE, "what to do first", "priorities"),
        (AT_ONCE, "sets an order and explains the reason", "priorities"),
        (AT_ONCE, "triage", "priorities"),
        (AT_ONCE, "priorites", "priorities"),
        (AT_ONCE, "stays calm", "calm"),
        (AT_ONCE, "keeps a cool head under pressure", "calm"),
        (AT_ONCE, "remains composed", "calm"),
        (AT_ONCE, "doesn't panic", "calm"),
        (AT_ONCE, "CALMNESS!", "calm"),
        (AT_ONCE, "delegates", "coordination"),
        (AT_ONCE, "delegation", "coordination"),
        (AT_ONCE, "coordinates the others", "coordination"),
        (AT_ONCE, "gives tasks to named colleagues", "coordination"),
        (AT_ONCE, "uses the crew", "coordination"),
        (AT_ONCE, "thinks of the safety of the cast", "safety"),
        (AT_ONCE, "holds the show if somebody is in danger", "safety"),
        (AT_ONCE, "nobody gets hurt", "safety"),
        (AT_ONCE, "protects the quality of the show", "safety"),
        (A_SHOW, "props", "props"),
        (A_SHOW, "sets and checks the props", "props"),
        (A_SHOW, "executes cues", "cues"),
        (A_SHOW, "cues on time", "cues"),
        (A_SHOW, "actors are ready", "artists"),
        (A_SHOW, "gets the cast on stage", "artists"),
        (A_SHOW, "silence", "quiet"),
        (A_SHOW, "no noise in the wings", "quiet"),
        (FIRST_DAY, "copies of the script", "script"),
        (FIRST_DAY, "prints scripts", "script"),
        (FIRST_DAY, "marks up the floor", "room"),
        (FIRST_DAY, "sets out the furniture", "room"),
        (FIRST_DAY, "attendance list", "sign-in"),
        (FIRST_DAY, "sign-in sheet", "sign-in"),
        (FIRST_DAY, "discusses the day with the stage manager", "with-sm"),
        (AT_ONCE, "stays calm even when three people shout at once on the headset", "calm"),
        (AT_ONCE, "sends other people with named jobs instead of doing it all alone", "coordination"),
        (AT_ONCE, "stops the show when somebody could get hurt and tells the caller", "safety"),
        (A_SHOW, "stops people from talking, as the wings must be silent during the show", "quiet"),
        (AT_ONCE, "is punctual", None),
        (AT_ONCE, "would like to become a producer one day and move to New York", None),
        (AT_ONCE, "has a driving licence", None),
        (AT_ONCE, "smiles a lot", None),
        (AT_ONCE, "went to drama school", None),
        (AT_ONCE, "is a native speaker", None),
        (A_SHOW, "sells programmes", None),
        (A_SHOW, "paints scenery", None),
        (FIRST_DAY, "brings cake", None),
        (FIRST_DAY, "orders pizza", None),
        (FIRST_DAY, "the and of", None),
        (FIRST_DAY, "?!", None),
    ],
)
def test_a_line_is_taken_for_its_point_and_what_is_beside_it_for_none(
    points: tuple[Point, ...], line: str, point: str | None
) -> None:
    (found,) = match_lines([line], points, OF_THE_STAGE)
    assert (None if found is None else points[found].id) == point


def test_each_line_gets_a_point_of_its_own_where_there_is_one() -> None:
    lines = ["safety of cast and audience", "delegation", "calm", "priorities"]
    assert match_lines(lines, AT_ONCE) == (3, 2, 1, 0)


def test_two_lines_may_mean_the_same_point_and_order_does_not_matter() -> None:
    lines = ["calm", "doesn't panic", "cake"]
    assert match_lines(lines, AT_ONCE) == (1, 1, None)
    assert match_lines(lines[::-1], AT_ONCE) == (None, 1, 1)


def test_a_point_that_a_line_means_better_is_not_taken_from_it() -> None:
    points = (Point(id="a", text="Checks the props"), Point(id="b", text="Checks the cues"))
    assert match_lines(["checks", "props"], points) == (1, 0)


def test_stems_are_one_for_all_that_mean_the_same() -> None:
    assert stems("Prioritising") == stems("prioritize") == stems("the priority") == {"first"}
    assert stems("delegated tasks") == stems("Coordinates") == {"job"}
    assert stems("and the of a") == frozenset()


def test_words_of_a_trade_mean_the_same_in_that_trade_alone() -> None:
    night = (
        Point(id="quiet", text="Keeps the department quiet at night"),
        Point(id="calm", text="Stays calm"),
    )
    assert match_lines(["switches the light off"], night, OF_THE_STAGE) == (0,)
    assert match_lines(["switches the light off"], night) == (None,)
    assert match_lines(["tells the ward"], night, (("department", "ward"),)) == (0,)


def test_a_group_of_a_trade_joins_the_general_one_that_has_a_word_of_it() -> None:
    assert stems("triage") != stems("urgent")
    assert stems("triage", (("priority", "triage"),)) == stems("urgent") == {"first"}


@settings(max_examples=100)
@given(st.lists(st.text(max_size=400), max_size=12), st.sampled_from([AT_ONCE, A_SHOW, FIRST_DAY, ()]))
def test_any_lines_are_taken_for_one_point_each_or_none(lines: list[str], points: tuple[Point, ...]) -> None:
    found = match_lines(lines, points)
    assert len(found) == len(lines)
    assert all(each is None or 0 <= each < len(points) for each in found)
    assert match_lines(lines, points) == found


def test_a_question_takes_the_words_of_its_trade_and_of_no_other() -> None:
    film = structs.replace(ASM, id="film", industry="Film", same_words=(("set", "lot"),))
    library = Library({**LIBRARY.sheets, "film": film})
    for sheet, same in ((ASM.id, OF_THE_STAGE), ("film", film.same_words)):
        asked = [
            card.ask(way, 1, random.Random(1))
            for card in library.select([f"{sheet}/answers"])
            for way in card.ways()
            if way.form is Form.RECALL
        ]
        assert asked
        assert {question.same_words for question in asked} == {same}
