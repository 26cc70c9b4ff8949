"""The glossary: every word, title and role once, with all that the sheets say of it."""

from pathlib import Path

import pytest

from tests.learners import shipped
from trainer.cards.glossary import DIGITS, Glossary, letter_of
from trainer.cards.library import Library
from trainer.cards.typed import fold
from trainer.material.sheet import Contrast, ContrastLine, Note, Relation, Search, Sheet, Term, Title

WORDS = Sheet(
    format=1,
    id="words",
    name="Words",
    industry="Stage",
    terms=(
        Term(id="asm", term="ASM", stands_for="Assistant Stage Manager", meaning="Helps.", signal="Ask."),
        Term(
            id="cue",
            term="Cue",
            meaning="A signal.",
            confuse_with=("role#call", "asm"),
            notes=(Note(region="UK", text="So."),),
        ),
    ),
    contrasts=(
        Contrast(
            id="pa",
            word="PA",
            sides={"stage": "On a stage", "screen": "On a set"},
            difference="Takes or cues.",
            lines=(ContrastLine(id="one", text="PA on two takes", means="screen", why="Takes."),),
        ),
    ),
)
ROLE = Sheet(
    format=1,
    id="role",
    name="Stage Manager",
    industry="Stage",
    job_titles=("Stage Managers",),
    terms=(
        Term(id="sm", term="Stage Manager", aliases=("SM",), meaning="Runs it."),
        Term(id="call", term="Call", meaning="An hour.", confuse_with=("words#cue",)),
        Term(id="cue", term="Cues", meaning="Another wording."),
    ),
    titles=(
        Title(
            id="asm",
            title="Assistant Stage Manager (ASM)",
            search=Search.FILTER,
            relation=(Relation.JUNIOR, Relation.SAME),
            why="Below it.",
            notes=(Note(region="US", text="A veteran perhaps."),),
        ),
        Title(id="crew", title="Crew", search=Search.NO, relation=Relation.DIFFERENT),
    ),
)
ELSEWHERE = Sheet(
    format=1,
    id="film",
    name="Film",
    industry="Film",
    terms=(Term(id="cue", term="Cue", meaning="A line to speak after."),),
)


@pytest.fixture
def glossary() -> Glossary:
    sheets = {sheet.id: sheet for sheet in (ROLE, WORDS, ELSEWHERE)}
    return Library(sheets, files={id_: Path(f"{id_}.toml") for id_ in sheets}).glossary


def test_a_word_of_one_trade_stands_there_once(glossary: Glossary) -> None:
    assert [word.word for word in glossary.words.values()] == [
        *("ASM", "Call", "Crew", "Cue", "Cue", "PA", "Stage Manager")
    ]
    cue, other = glossary.called("cues")
    assert (cue.id, cue.sheets) == ("words#cue", ("words", "role")), "a vocabulary is a word's first home"
    assert (other.id, other.sheets) == ("film#cue", ("film",)), "another trade has a word of its own"
    assert [sense.meaning for sense in glossary.entry(cue.id).senses] == ["A signal.", "Another wording."]


def test_a_title_stands_with_the_word_that_it_names(glossary: Glossary) -> None:
    (asm,) = glossary.called("assistant stage manager")
    entry = glossary.entry(asm.id)
    assert entry.word == "ASM"
    assert entry.names == ("Assistant Stage Manager", "Assistant Stage Manager (ASM)")
    (judged,) = entry.judged
    assert judged.role == "Stage Manager"
    assert judged.relation == "The same job; or below it, in the same team"
    assert judged.search == "Yes, then filter"
    assert [(note.region, note.text) for note in judged.notes] == [("US", "A veteran perhaps.")]
    (crew,) = glossary.called("Crew")
    assert (crew.kind, crew.id, crew.meaning) == ("title", "role#titles.crew", "")


def test_a_role_is_known_as_one(glossary: Glossary) -> None:
    (role,) = glossary.called("SM")
    assert (role.kind, glossary.entry(role.id).roles) == ("role", ("role",))


def test_a_word_is_told_as_confused_with_another_only_where_both_are_named_so(glossary: Glossary) -> None:
    """What stands on one side alone is there for a wrong option: nobody takes a fly system for QLab."""
    asm, call, cue = (glossary.entry(id_) for id_ in ("words#asm", "role#call", "words#cue"))
    assert [each.word for each in cue.confused_with] == ["Call"]
    assert [each.word for each in call.confused_with] == ["Cue"]
    assert not asm.confused_with
    flying = shipped().glossary.entry("theatre-vocabulary#fly-system")
    assert [each.word for each in flying.confused_with] == ["Automation"]


def test_it_tells_where_a_word_is_asked(glossary: Glossary) -> None:
    asked = {
        word.word: [each.card for each in glossary.entry(id_).asked] for id_, word in glossary.words.items()
    }
    assert asked["ASM"] == ["words/meanings/asm", "words/meanings/asm.signal", "role/synonyms/asm"]
    assert asked["PA"] == ["words/meanings/pa"]
    (pa,) = glossary.entry("words#contrasts.pa").two_meanings
    assert pa.meanings == ("On a stage", "On a set")


def test_words_stand_by_letter_and_by_sheet(glossary: Glossary) -> None:
    assert [(group.head, len(group.words)) for group in glossary.by_letter] == [
        *(("A", 1), ("C", 4), ("P", 1), ("S", 1))
    ]
    assert [(group.head, [word.word for word in group.words]) for group in glossary.by_role] == [
        ("Film", ["Cue"]),
        ("Words", ["ASM", "Cue", "PA"]),
        ("Stage Manager", ["ASM", "Call", "Crew", "Cue", "Stage Manager"]),
    ]


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("Éclairage", "E"),
        ("“On book”", "O"),
        ("10 out of 12", DIGITS),
        ("مرحبا", "م"),
        ("🎭", DIGITS),
        ("", DIGITS),
    ],
)
def test_a_word_stands_under_its_letter(word: str, letter: str) -> None:
    assert letter_of(word) == letter


def test_words_in_a_text_are_found_in_their_order(glossary: Glossary) -> None:
    used = glossary.used_in(ROLE, ["Gave 40 cues, then the call", "as an ASM on call"])
    assert [word.word for word in used] == ["Cue", "Call", "ASM"]


@pytest.mark.slow
def test_every_term_and_title_that_we_ship_is_found_by_each_of_its_names() -> None:
    library = shipped()
    glossary = library.glossary
    for sheet in library.sheets.values():
        named = [
            *(name for term in sheet.terms for name in term.names),
            *(each.title for each in sheet.titles),
        ]
        for name in named:
            assert any(sheet.id in word.sheets for word in glossary.called(name)), name
    asked = {each.card for id_ in glossary.words for each in glossary.entry(id_).asked}
    titles = {
        card.id for card in library.cards.values() if card.deck == "synonyms" and card.aspect != "search"
    }
    assert titles <= asked
    assert {card.id for card in library.cards.values() if card.word} <= asked


def test_every_role_that_we_ship_is_an_entry() -> None:
    glossary = shipped().glossary
    roles = [role for id_ in glossary.words for role in glossary.entry(id_).roles]
    assert sorted(roles) == sorted(sheet.id for sheet in shipped().sheets.values() if sheet.is_role)
    assert all(fold(word.word) for word in glossary.words.values())


def test_what_a_sentence_makes_of_a_name_that_says_what_is_done_is_that_word() -> None:
    """Not the call that is an hour: "calls the show" offered the call time."""
    library = shipped()
    sheet = library.sheets["stage-manager"]
    for text in ("Calls the show from the wings.", "They called the show", "maintains the show"):
        (word,) = (each.word for each in library.glossary.used_in(sheet, [text]) if "the show" in each.word)
        assert word.split()[0].casefold()[:4] in text.casefold()
    found = [each.word for each in library.glossary.used_in(sheet, ["Who calls the show?"])]
    assert found == ["Calling the show"]
