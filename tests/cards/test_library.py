"""Which sheets and decks there are, and what they are called."""

import random
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import msgspec
import pytest
from msgspec import structs

from tests.bench.library import library_with
from trainer.cards.card import Answer, Card
from trainer.cards.decks import DECKS
from trainer.cards.library import Library, load_library
from trainer.cards.marking import mark
from trainer.errors import UnknownDeckError
from trainer.home import Home
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import sheet_files, shipped_decks

from .shipped import ASM, CARDS, LIBRARY, ROLES, asked

CARD_IDS = Path(__file__).with_name("card_ids.txt")
SECTIONS = ("terms", "titles", "levels", "unclear", "questions", "red_flags", "examples")
SMALL = 'format = 1\nid = "{0}"\nname = "{1}"\n[[terms]]\nid = "prop"\nterm = "Prop"\nmeaning = "A thing"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.decks.mkdir()
    return made


def own(home: Home, file: str, text: str) -> Path:
    path = home.decks / file
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_sheets_load_without_a_problem() -> None:
    assert LIBRARY.problems == ()
    assert list(LIBRARY.sheets) == [path.stem for path in sorted(shipped_decks().glob("*.toml"))]
    assert set(LIBRARY.sheets) >= {
        "assistant-stage-manager",
        "company-manager",
        "deputy-stage-manager",
        "lighting",
        "production-manager",
        "props",
        "sound",
        "stage-manager",
        "theatre-vocabulary",
        "wardrobe-supervisor",
        "wigs-hair-and-makeup",
    }


def test_each_role_has_the_four_decks_and_a_vocabulary_one() -> None:
    assert [deck.id for deck in LIBRARY.decks] == [
        f"{sheet.id}/{deck}"
        for sheet in LIBRARY.sheets.values()
        for deck in (DECKS if sheet in ROLES else ["meanings"])
    ]
    assert all(deck.cards and deck.name for deck in LIBRARY.decks)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_a_role_has_sixty_to_ninety_cards(role: Sheet) -> None:
    assert 60 <= len(LIBRARY.select([role.id])) <= 90


def test_no_card_of_earlier_versions_is_gone() -> None:
    """Progress hangs on the ids: add new ones to the file, never change or remove one.

    Cards that asked how many years go with a level were taken out on purpose: they taught to screen by age.
    """
    known = CARD_IDS.read_text(encoding="utf-8").split()
    assert len(known) == len(set(known)) > 90
    gone = set(known) - set(LIBRARY.cards)
    assert gone == {id_ for id_ in known if id_.endswith(".years")}


def test_no_two_cards_share_an_id() -> None:
    assert len(LIBRARY.cards) == sum(len(deck.cards) for deck in LIBRARY.decks)


@pytest.mark.parametrize(
    ("name", "decks"),
    [
        ("assistant-stage-manager", {"meanings", "synonyms", "levels", "answers"}),
        ("assistant-stage-manager/levels", {"levels"}),
        ("levels", {"levels"}),
        (" levels ", {"levels"}),
        ("assistant-stage-manager.toml", {"meanings", "synonyms", "levels", "answers"}),
        ("assistant-stage-manager/", {"meanings", "synonyms", "levels", "answers"}),
    ],
)
def test_a_sheet_a_deck_and_a_deck_over_all_sheets_have_names(name: str, decks: set[str]) -> None:
    assert {card.deck for card in LIBRARY.select([name])} == decks


def test_a_deck_over_all_sheets_takes_from_each() -> None:
    assert {card.sheet.id for card in LIBRARY.select(["meanings"])} == set(LIBRARY.sheets)
    assert {card.sheet.id for card in LIBRARY.select(["theatre-vocabulary"])} == {"theatre-vocabulary"}


def test_no_name_means_all_and_naming_twice_does_not_double() -> None:
    assert LIBRARY.select([]) == list(CARDS)
    assert LIBRARY.select(["levels", "assistant-stage-manager/levels"]) == LIBRARY.select(["levels"])
    both = LIBRARY.select(["answers", "levels"])
    assert [card.id for card in both] == [card.id for card in CARDS if card.deck in {"answers", "levels"}]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("levles", "levels"),
        ("assistant-stage-manger", "assistant-stage-manager"),
        ("theatre-vocabulary/meaning", "theatre-vocabulary/meanings"),
    ],
)
def test_a_slip_in_a_name_is_told_with_what_was_meant(name: str, meant: str) -> None:
    with pytest.raises(UnknownDeckError, match=f'no deck "{name}".*Did you mean "{meant}"?'):
        LIBRARY.select([name])


@pytest.mark.parametrize(
    "name", ["", "/", "qqqq", "levels/assistant-stage-manager", "../levels", "theatre-vocabulary/levels"]
)
def test_any_other_name_is_unknown_and_says_where_the_names_are(name: str) -> None:
    with pytest.raises(UnknownDeckError, match="trainer decks"):
        LIBRARY.select(["levels", name])


def test_a_library_without_cards_knows_no_deck() -> None:
    empty = Library({})
    assert empty.select([]) == []
    with pytest.raises(UnknownDeckError):
        empty.select(["levels"])


def test_without_a_folder_of_ones_own_the_shipped_sheets_are_all(tmp_path: Path) -> None:
    assert load_library(Home(tmp_path / "nothing-here")).cards.keys() == LIBRARY.cards.keys()


def test_a_sheet_of_ones_own_stands_beside_the_shipped_ones(home: Home) -> None:
    own(home, "mine.toml", SMALL.format("mine", "Mine"))
    library = load_library(home)
    assert library.problems == ()
    assert {card.id for card in library.select(["mine"])} == {"mine/meanings/prop"}
    assert LIBRARY.cards.keys() < library.cards.keys()


def test_cards_of_sheets_of_one_name_say_which_industry_they_are_of(home: Home) -> None:
    for industry in ("Film", "Construction"):
        terms = f'[[terms]]\nid = "crane"\nterm = "Crane"\nmeaning = "Lifts in {industry}."\n'
        head = f'format = 1\nid = "crane-{industry.lower()}"\nname = "Crane"\nindustry = "{industry}"\n'
        own(home, f"crane-{industry.lower()}.toml", head + terms)
    cards = load_library(home).cards.values()
    topics = {card.topic.partition(" · ")[2] for card in cards if card.sheet.name == "Crane"}
    assert topics == {"Crane (Film)", "Crane (Construction)"}
    film = load_library(home).sheets["crane-film"]
    added = structs.replace(film, id="crane-port", industry="Ports", name="Arm")
    library = load_library(home).with_sheet(added, home.decks / "crane-port.toml")
    assert "Arm" in {card.sheet_name for card in library.cards.values()}
    library = library.with_sheet(structs.replace(added, id="arm", industry="Games"), home.decks / "arm.toml")
    assert {"Arm (Ports)", "Arm (Games)"} <= {card.sheet_name for card in library.cards.values()}
    assert all(card.sheet_name == card.sheet.name for card in cards if card.sheet.name != "Crane")


def test_a_sheet_of_ones_own_replaces_the_shipped_one_of_its_id(home: Home) -> None:
    changed = (shipped_decks() / "theatre-vocabulary.toml").read_text(encoding="utf-8")
    own(home, "any-file-name.toml", changed.replace('name = "Theatre vocabulary"', 'name = "Ours"'))
    library = load_library(home)
    assert library.problems == ()
    assert library.sheets["theatre-vocabulary"].name == "Ours"
    assert library.cards.keys() == LIBRARY.cards.keys()


def test_a_broken_sheet_of_ones_own_is_left_out_and_told(home: Home) -> None:
    path = own(home, "theatre-vocabulary.toml", 'format = 1\nid = "theatre-vocabulary"\n')
    library = load_library(home)
    assert library.cards.keys() == LIBRARY.cards.keys()
    [problem] = library.problems
    assert str(path) in problem
    assert '"name" is missing' in problem


def test_two_sheets_of_ones_own_with_one_id_are_told_with_both_files(home: Home) -> None:
    first = own(home, "a.toml", SMALL.format("mine", "First"))
    second = own(home, "b.toml", SMALL.format("mine", "Second"))
    library = load_library(home)
    assert library.sheets["mine"].name == "First"
    [problem] = library.problems
    assert str(first) in problem
    assert str(second) in problem


def test_a_reference_to_a_sheet_that_is_not_there_is_told_and_its_cards_still_work(home: Home) -> None:
    text = SMALL.format("mine", "Mine").replace(
        'meaning = "A thing"',
        'meaning = "A thing"\nconfuse_with = ["no-such#x", "theatre-vocabulary#no-such"]',
    )
    path = own(home, "mine.toml", text)
    library = load_library(home)
    assert len(library.problems) == 2
    assert all(problem.startswith(f"{path}: ") for problem in library.problems)
    assert every_card_can_be_answered(library.select(["mine"])) == 1


def test_a_hidden_file_is_no_sheet(home: Home) -> None:
    """A Mac lays one beside each file on drives that keep no more of a file than its text."""
    (home.decks / "._own.toml").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        ")
    library = load_library(home)
    assert library.problems == ()
    assert not [path for path in sheet_files(home) if path.name.startswith(".")]


def test_the_files_come_in_one_order_with_ones_own_last(home: Home) -> None:
    for name in ("z.toml", "b.toml", "notes.txt"):
        own(home, name, "")
    found = sheet_files(home)
    assert found[-2:] == [home.decks / "b.toml", home.decks / "z.toml"]
    assert [path.stem for path in found[:-2]] == list(LIBRARY.sheets)


def every_card_can_be_answered(cards: list[Card]) -> int:
    """Ask each card in each way and answer as its options say; return how many cards there were."""
    for card in cards:
        assert card.ways()
        for question in asked(card, seeds=1):
            assert question.prompt
            assert question.answer
            for i in range(len(question.options)):
                mark(question, Answer(chosen=frozenset({i})))
    return len(cards)


def _libraries_without(section: str) -> Iterator[Library]:
    """Give the sheet without a section, alone and beside the other; what pointed into it points on."""
    less: Sheet = msgspec.structs.replace(ASM, **{section: ()})
    yield Library({less.id: less})
    yield Library({**LIBRARY.sheets, less.id: less})


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS)
def test_a_sheet_without_a_section_works(section: str) -> None:
    for library in _libraries_without(section):
        assert every_card_can_be_answered(library.select([])) > 20


@pytest.mark.parametrize("section", SECTIONS)
def test_a_sheet_of_one_section_alone_works(section: str) -> None:
    bare = Sheet(format=1, id="bare", name="Bare")
    only: Sheet = msgspec.structs.replace(bare, **{section: getattr(ASM, section)})
    cards = Library({"bare": only}).select([])
    assert every_card_can_be_answered(cards) == len(cards)
    assert bool(cards) is (section != "unclear")  # a line is unclear only beside levels


@pytest.mark.parametrize("count", range(4))
def test_a_vocabulary_of_few_terms_works(count: int) -> None:
    terms = LIBRARY.sheets["theatre-vocabulary"].terms[:count]
    few = Library({"few": Sheet(format=1, id="few", name="Few", terms=terms)})
    assert every_card_can_be_answered(few.select([])) == 2 * count


def test_the_smallest_items_that_a_sheet_may_hold_work(home: Home) -> None:
    own(
        home,
        "least.toml",
        'format = 1\nid = "least"\nname = "L"\n'
        '[[terms]]\nid = "t"\nterm = "T"\nmeaning = "M"\n'
        '[[titles]]\nid = "t"\ntitle = "T"\nsearch = "yes"\nrelation = "same"\n'
        '[[titles]]\nid = "u"\ntitle = "U"\nfrom = "trade"\nsearch = "filter"\nrelation = "junior"\n'
        '[[levels]]\nid = "a"\nname = "A"\n[[levels.indicators]]\nid = "i"\ntext = "I"\n'
        '[[levels]]\nid = "b"\nname = "B"\nyears = "3"\n'
        '[[unclear]]\nid = "x"\ntext = "X"\nwhy = "W"\n'
        '[[questions]]\nid = "q"\nask = "Q?"\n'
        '[[questions]]\nid = "r"\nask = "R?"\n[[questions.points]]\nid = "p"\ntext = "P"\n'
        '[[red_flags]]\nid = "f"\ntext = "F"\nevidence = ["E"]\nlook_alike = "L"\n'
        '[[red_flags]]\nid = "g"\ntext = "G"\n'
        '[[examples]]\nid = "e"\ntext = "E"\nconcludes = ["C"]\n'
        '[[examples]]\nid = "h"\ntext = "H"\ndoes_not = ["D"]\n'
        '[[examples]]\nid = "n"\ntext = "N"\n',
    )
    library = load_library(home)
    assert library.problems == ()
    cards = library.select(["least"])
    assert every_card_can_be_answered(cards) == len(cards) > 7


@pytest.mark.slow
def test_a_term_never_competes_with_one_of_its_own_name_or_meaning() -> None:
    for card in LIBRARY.select(["meanings"]):
        for way in card.ways():
            for seed in range(5):
                question = card.ask(way, way.stages[-1], random.Random(seed))
                texts = [option.text for option in question.options]
                assert len(set(texts)) == len(texts)


def test_a_sheet_without_cards_is_not_called_unknown() -> None:
    library = Library({"bare": Sheet(format=1, id="bare", name="Bare")})
    for name in ("bare", "bare/levels"):
        with pytest.raises(UnknownDeckError, match=r'nothing to ask in .*"bare"'):
            library.select([name])


def test_sheets_of_one_name_carry_their_industry(home: Home) -> None:
    for file, industry in (("crane", "Building"), ("crane-film", "Film"), ("jib", "")):
        text = SMALL.format(file, "Jib" if file == "jib" else "Crane")
        if industry:
            text = text.replace("[[terms]]", f'industry = "{industry}"\n[[terms]]')
        own(home, f"{file}.toml", text)
    library = load_library(home)
    names = {deck.id: deck.name for deck in library.decks}
    assert names["crane/meanings"] == "Crane (Building): term meanings"
    assert names["crane-film/meanings"] == "Crane (Film): term meanings"
    assert names["jib/meanings"] == "Jib: term meanings"
    with pytest.raises(UnknownDeckError, match=r"Crane \(Film\).* or .*Crane \(Building\)"):
        library.select(["CRANE"])
    assert {card.sheet.id for card in library.select(["Crane (Film)"])} == {"crane-film"}


def test_a_deck_that_there_is_not_is_named_in_short() -> None:
    with pytest.raises(UnknownDeckError) as told:
        LIBRARY.select(["x" * 100_000])
    assert len(str(told.value)) < 200


@pytest.mark.slow
def test_cards_are_made_in_time_that_grows_as_their_terms_do() -> None:
    """Each term was compared with each other one before: four times the terms took sixteen times as long."""

    def seconds(terms: int) -> float:
        sheets, times = library_with(terms, terms).sheets, []
        for _ in range(3):
            start = process_time()
            assert len(Library(dict(sheets)).cards) > terms
            times.append(process_time() - start)
        return min(times)

    assert seconds(2000) < 8 * seconds(500) + 0.02
