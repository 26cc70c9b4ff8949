"""Lines of a text that were broken for its width."""

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resume import RESUME
from trainer.material.page.paragraphs import rejoined

PROSE = (
    "We look for a Stage Manager who can call the show and has experience of touring. You work with a Deputy "
    "and two Assistants. You lead a team, write reports, are there at every get-in. A clean driving "
    "licence would help. Our theatre seats four hundred, and we tour for five months of the year."
)


@pytest.mark.parametrize("width", [60, 72])
def test_a_paragraph_that_was_broken_into_lines_is_one_again(width: int) -> None:
    assert rejoined(f"ADVERT\n\n{fill(PROSE, width)}\n\nApply now") == f"ADVERT\n\n{PROSE}\n\nApply now"


def test_two_lines_are_one_where_the_second_goes_on_small() -> None:
    text = "You call the show and have experience of calling\nshows in the West End."
    assert rejoined(text) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Stage Manager\nprops",
        "You call the show and have experience of calling\n- shows in the West End",
        "You call the show and have experience of calling\n\nshows in the West End",
        "You call the show and have experience of calling\n    shows in the West End",
        "Deputy Stage Manager at the Lyceum Theatre, London\nAssistant Stage Manager on tour",
        f"{PROSE}\nYou call the show and have experience of calling\nshows in the West End",
        "",
        "\n\n",
    ],
)
def test_other_lines_stay_lines(text: str) -> None:
    assert rejoined(text) == text


def test_what_was_broken_in_a_resume_is_one_and_its_list_is_not() -> None:
    assert rejoined(RESUME) == RESUME.replace(";\ncalled", "; called")


@given(st.text(alphabet="ab \n-•", max_size=400))
def test_all_stays_in_its_place(text: str) -> None:
    assert rejoined(text).replace(" ", "\n") == text.replace(" ", "\n")
