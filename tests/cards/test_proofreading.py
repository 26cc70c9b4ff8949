"""Cards that would teach badly are named, and only those."""

from pathlib import Path

import pytest

from tests.material.sheets import HEAD, read
from trainer.cards.library import library_of
from trainer.cards.proofreading import proofread

from .shipped import LIBRARY

TERM = '[[terms]]\nid = "{0}"\nterm = "{1}"\nmeaning = "{2}"\n'
ANSWERS = """
[[questions]]
id = "q"
ask = "Why?"
[[questions.points]]
id = "calm"
text = "Stays calm"
[[questions.answers]]
id = "good"
text = "I took one thing after the other."
score = 5
points = { calm = "shown" }
why = "It shows it."
[[questions.answers]]
id = "bad"
text = "I shouted."
score = 1
why = "It does not."
"""
LEVELS = """
[[levels]]
id = "junior"
name = "Junior"
[[levels.indicators]]
id = "sets"
text = "Sets props"
variants = ["Set 40 props from a list"]
why = "Somebody else made the list."
[[levels]]
id = "senior"
name = "Senior"
[[levels.indicators]]
id = "calls"
text = "Calls the show"
variants = ["Called 60 shows"]
why = "The show is theirs."
"""
FLAG = """
[[red_flags]]
id = "late"
text = "Comes late"
evidence = ["I'm never on time.", "Ten past is fine."]
look_alike = "I came late once."
why = "Once is no habit."
"""
TITLE = '[[titles]]\nid = "t"\ntitle = "Caller"\nsearch = "yes"\nrelation = "same"\nwhy = "The same."\n'


def remarks(folder: Path, text: str) -> list[str]:
    read(folder, HEAD + text)
    library = library_of([folder / "sheet.toml"])
    assert not library.problems
    return [f"{remark.way}: {remark.text}" for remark in proofread(library.sheets["small"], library)]


@pytest.mark.parametrize("text", [ANSWERS, LEVELS, FLAG, TITLE, TERM.format("a", "Cue", "A signal to act.")])
def test_a_good_section_gives_no_remark(tmp_path: Path, text: str) -> None:
    assert remarks(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TERM.format("a", "Cue", "A cue to act."), 'term "a" › meaning: it contains "Cue"'),
        (TITLE.replace('why = "The same."\n', ""), 'title "t": the key "why" is missing'),
        (FLAG.replace('why = "Once is no habit."\n', ""), 'red flag "late": the key "why" is missing'),
        (
            LEVELS.replace('why = "The show is theirs."', ""),
            'level "senior" › indicator "calls": the key "why" is missing',
        ),
        (
            LEVELS.replace("Called 60 shows", "set 40 props  from a list"),
            'level "senior" › indicator "calls": "set 40 props from a list" stands at another level too',
        ),
        (
            LEVELS.replace('"Called 60 shows"', '{ id = "a", text = "set 40 props from a list" }'),
            'level "senior" › indicator "calls": "set 40 props from a list" stands at another level too',
        ),
        (
            TERM.format("foh", "FOH", "The public's side") + 'signal = "An FOH engineer mixes the sound"\n',
            'term "foh" › signal: it names the term',
        ),
        (
            LEVELS.replace('why = "The show is theirs."', 'cues = ["CALLED 60", "60 show"]\nwhy = "Theirs."'),
            'level "senior" › indicator "calls" › cues: "60 show" stands in none of its lines',
        ),
        (ANSWERS.replace('"shown"', '"partly"'), 'question "q" › point "calm": no answer shows it'),
        (ANSWERS.replace("score = 1", "score = 3"), 'question "q": it has no weak answer'),
        (
            ANSWERS.replace('why = "It does not."', ""),
            'question "q" › answer "bad": the key "why" is missing',
        ),
    ],
)
def test_a_fault_in_a_section_is_named_by_its_way(tmp_path: Path, text: str, said: str) -> None:
    [remark] = remarks(tmp_path, text)
    assert remark.startswith(said)


def test_the_right_option_that_is_always_the_longest_is_named(tmp_path: Path) -> None:
    meanings = {"a": "an object that an actor handles, put out before every show", "b": "x y", "c": "z w"}
    text = "".join(TERM.format(id_, id_.upper() * 2, meaning) for id_, meaning in meanings.items())
    [remark] = remarks(tmp_path, text)
    assert remark.startswith(
        "card small/meanings/a, asked by meaning: the right option is always the longest"
    )


def test_options_that_say_the_same_are_named_once(tmp_path: Path) -> None:
    same = "A signal to the crew to do a thing that was agreed"
    text = TERM.format("a", "AA", same) + TERM.format("b", "BB", f"{same}!")
    text += TERM.format("c", "CC", "The side of a stage that the audience does not see")
    found = [remark for remark in remarks(tmp_path, text) if "say the same" in remark]
    assert [remark.split(",")[0] for remark in found] == [f"card small/meanings/{id_}" for id_ in "abc"]


def test_a_card_that_is_too_long_for_a_small_screen_is_named(tmp_path: Path) -> None:
    text = "".join(TERM.format(id_, id_.upper(), f"{id_}ish word " * 40) for id_ in ("one", "two", "six"))
    assert any("where a small screen (60 by 20) has 16" in remark for remark in remarks(tmp_path, text))


@pytest.mark.slow
@pytest.mark.parametrize("sheet", LIBRARY.sheets.values(), ids=lambda sheet: sheet.id)
def test_the_shipped_sheets_pass_without_a_remark(sheet: object) -> None:
    assert [
        f"{remark.way}: {remark.text}"
        for remark in proofread(LIBRARY.sheets[getattr(sheet, "id", "")], LIBRARY)
    ] == []
