"""A line of job titles is cut where a person would cut it, or says that it is unsure."""

import time
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.material.role_words import BOTH, CLOSING, FIELDS, QUALIFIERS
from trainer.material.titles import MOST_WORDS, Cut, closes_title, cut_titles, whole_title

RELAXED = settings(max_examples=150)
LINES = [
    line.split("|")
    for line in Path(__file__).with_name("titles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SEEN = LINES[:6]


def texts(cuts: list[Cut]) -> list[str]:
    return [cut.text for cut in cuts]


def ends(titles: list[str]) -> set[int]:
    """Return after which words the titles end, but for the last."""
    return set(list(accumulate(len(title.split()) for title in titles))[:-1])


@pytest.mark.parametrize("right", SEEN, ids=lambda right: right[0])
def test_the_lines_seen_on_pages_are_cut_right_and_sure(right: list[str]) -> None:
    cuts = cut_titles(" ".join(right))
    assert texts(cuts) == right
    assert [cut.doubt for cut in cuts] == [""] * len(right)


def test_nearly_all_cuts_are_right_on_lines_of_many_trades() -> None:
    wanted = found = made = 0
    for right in LINES:
        cuts = ends(texts(cut_titles(" ".join(right))))
        wanted, made, found = wanted + len(ends(right)), made + len(cuts), found + len(cuts & ends(right))
    assert len(LINES) > 180
    assert found / wanted > 0.98
    assert found / made > 0.98


def test_every_line_that_is_cut_wrong_says_that_it_is_unsure() -> None:
    silent = [
        right
        for right in LINES
        if texts(cuts := cut_titles(" ".join(right))) != right and all(cut.sure for cut in cuts)
    ]
    assert silent == []


def test_few_lines_that_are_cut_right_say_that_they_are_unsure() -> None:
    cut_right = [cuts for right in LINES if texts(cuts := cut_titles(" ".join(right))) == right]
    doubted = [cuts for cuts in cut_right if not all(cut.sure for cut in cuts)]
    assert len(doubted) < len(cut_right) / 4


@pytest.mark.parametrize(
    "right",
    [
        "Lead Developer|Team Lead",
        "Assistant Buyer|Merchandise Planner",
        "Head of Wardrobe|Costume Supervisor",
        "Stage Manager|Head of Stage Management|Production Manager",
        "Master Electrician|Head Electrician",
        "Six Sigma Black Belt|Quality Manager",
        "Project Management Office Manager",
        "Director of Photography|Camera Operator",
        "Assistant to the Director|Production Assistant",
        "Assistant to the Stage Manager|Company Manager",
        "QA Engineer|Test Lead",
        "Software Engineer II|Software Engineer III|Sr. Software Engineer",
        "Registered Nurse|Nurse Manager|Clinical Nurse Specialist",
        "Chef de Partie|Sous Chef",
        "Editor in Chief|Managing Editor",
        "Account Executive|Executive Assistant|Executive Producer",
        "First Assistant Director|Second Assistant Director",
        "Deck Crew|Crew Chief|Stage Hand",
        "Draper/Cutter|Stitcher|First Hand",
        "Co-Producer|Line Producer",
        "Writers' Assistant|Script Reader",
        "Assistant Stage Manager (ASM)|Production Stage Manager (PSM)|Show Caller",
        "Vice President of Sales|Sales Director",
        "OR Nurse|Surgical Tech",
        "Trial Attorney|Of Counsel",
        "Hair and Makeup Artist|Wig Maker",
        "VP Marketing|Marketing Director",
    ],
)
def test_words_that_may_open_or_close_a_title(right: str) -> None:
    assert texts(cut_titles(right.replace("|", " "))) == right.split("|")


@pytest.mark.parametrize("separator", [", ", ",", "; ", " | ", " • ", "  ", "\n", " – ", ",\n"], ids=repr)
def test_signs_part_titles_before_any_word_does(separator: str) -> None:
    right = ["Deputy Stage Manager", "Props", "Stage Management", "Developer Advocate"]
    assert texts(cut_titles(separator.join(right))) == right


def test_the_last_of_a_list_may_have_an_and_before_it() -> None:
    assert texts(cut_titles("Flyman, Rigger, and Stage Hand")) == ["Flyman", "Rigger", "Stage Hand"]
    assert texts(cut_titles("Stage Manager and Show Caller")) == ["Stage Manager", "Show Caller"]


def test_one_stray_double_space_does_not_make_two_titles_of_many() -> None:
    line = "Production Manager  Technical Director Show Caller Performance Manager"
    right = ["Production Manager", "Technical Director", "Show Caller", "Performance Manager"]
    assert texts(cut_titles(line)) == right


def test_capitals_tell_where_titles_begin_when_only_first_words_have_them() -> None:
    line = "Production manager Technical director Show caller"
    assert texts(cut_titles(line)) == ["Production manager", "Technical director", "Show caller"]
    assert texts(cut_titles(line.lower())) == ["production manager", "technical director", "show caller"]
    assert texts(cut_titles(line.upper())) == ["PRODUCTION MANAGER", "TECHNICAL DIRECTOR", "SHOW CALLER"]


@pytest.mark.parametrize(
    ("line", "doubted"),
    [
        ("Stage Manager Technical Theater", "Technical Theater"),
        ("Grand Old Repertory Company Stage Manager", "Grand Old Repertory Company Stage Manager"),
        ("Sound No. 2 Radio Mic Technician", "Sound No. 2 Radio Mic Technician"),
        ("Stage Manager, Backstage", "Backstage"),
    ],
)
def test_what_is_too_long_or_names_no_role_is_unsure(line: str, doubted: str) -> None:
    assert [cut.text for cut in cut_titles(line) if not cut.sure] == [doubted]


def test_a_title_that_stands_apart_is_taken_as_it_is() -> None:
    assert whole_title(" Stage Manager Show Caller. ") == Cut("Stage Manager Show Caller")
    assert not whole_title("Backstage").sure
    assert closes_title("Directors")
    assert not closes_title("Health")
    assert not closes_title("")


@pytest.mark.parametrize("line", ["", "   ", " , ; | ", "•", "()", "( ( (", "and", "of the", "& / +"])
def test_a_line_without_a_title_gives_none_or_one_that_is_unsure(line: str) -> None:
    assert all(not cut.sure for cut in cut_titles(line))


def test_a_line_far_too_long_is_left_whole_and_unsure() -> None:
    [cut] = cut_titles("Stage Manager " * (MOST_WORDS // 2 + 1))
    assert "too long" in cut.doubt


WORDS = st.sampled_from(
    [*sorted(CLOSING | BOTH | FIELDS | QUALIFIERS), "of", "to", "the", "and", "(ASM)", "II", "QA", "🎭", "x'"]
)


@RELAXED
@given(st.lists(WORDS | WORDS.map(str.title), max_size=25))
def test_no_word_is_lost_but_an_and_between_titles(words: list[str]) -> None:
    cut = [word for title in texts(cut_titles(" ".join(words))) for word in title.split()]
    assert [word for word in cut if word.lower() != "and"] == [
        word for word in words if word.lower() != "and"
    ]


@pytest.mark.slow
@RELAXED
@given(st.text(max_size=200))
def test_each_title_stands_in_the_line_as_it_is(text: str) -> None:
    line = " ".join(text.split())
    assert [cut.text for cut in cut_titles(text) if not cut.text or cut.text not in line] == []


def seconds(words: int) -> float:
    line = " ".join(["Stage Manager Assistant Nurse of Sales"] * (words // 6))
    started = time.process_time()
    cut_titles(line)
    return time.process_time() - started


def test_the_time_is_in_step_with_the_length() -> None:
    short, long = (min(seconds(words) for _ in range(3)) for words in (90, 360))
    assert long < 12 * short + 0.05
