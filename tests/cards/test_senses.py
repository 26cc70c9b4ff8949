"""What a word in a text means beside the words that stand around it."""

from collections.abc import Sequence
from importlib.resources import files

import pytest
import tomli

from tests.cards.shipped import LIBRARY
from trainer.cards.lens.look import Lens
from trainer.cards.typed import fold
from trainer.material.sheet import Sheet, Term
from trainer.reports.lens import lens_report

LENS = Lens(LIBRARY.sheets)
RULES = tomli.loads(files("trainer.cards.lens").joinpath("rules.toml").read_text(encoding="utf-8"))

Said = tuple[str, bool, str]
"""A word, whether it is sure, and what it is said to mean first."""


def said(text: str, lens: Lens = LENS) -> list[Said]:
    words = lens_report(lens.look(text), LIBRARY).words
    return [(word.words, word.sure, word.meanings[0].term if word.meanings else "") for word in words]


def of(text: str, word: str) -> list[tuple[bool, str]]:
    return [(sure, means) for words, sure, means in said(text) if words.casefold() == word]


def unknown(text: str) -> list[str]:
    return [each.text for each in LENS.look(text).unknown]


def means(term: str) -> list[tuple[bool, str]]:
    return [(False, term)]


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Deputy Technical Manager at HOME Manchester", "deputy", means("Deputy of a post")),
        ("Wigs deputy on Hairspray: blocking, wig dressing", "deputy", means("Deputy of a post")),
        ("Deputy Chief LX, rig check each night, Equity member", "deputy", means("Deputy of a post")),
        ("Deputy HOD wigs, wig dressing", "deputy", means("Deputy of a post")),
        ("Deputy Head of Wardrobe at the Lyric", "deputy", means("Deputy of a post")),
        ("Deputy to the Stage Manager", "deputy", means("Deputy of a post")),
        ("Deputy on tour: kept the prompt book", "deputy", means("DSM")),
        ("Props cover and deputy: set dressing, ASM", "deputy", []),
        ("Sitzprobe, and deputy of the parish council", "deputy", []),
        ("Dep dresser on Six, quick changes", "dep", means("Dep")),
        ("Dep keys 2 in the pit for Wicked, sitzprobe", "dep", means("Dep")),
        ("Stage manager, elected deputy by the company", "deputy", means("Equity Deputy")),
        ("Stage manager and dep for Equity", "dep", means("Equity Deputy")),
        ("Equity Deputy on tour", "equity deputy", [(True, "Equity Deputy")]),
        ("Equity Deputy Stage Manager, West End", "deputy stage manager", [(True, "DSM")]),
        ("Equity Deputy Stage Manager, West End", "equity deputy", []),
        ("Stage manager. Deputy head teacher", "deputy", []),
    ],
)
def test_a_deputy_is_one_of_the_union_beside_it_alone(
    text: str, word: str, meant: Sequence[tuple[bool, str]]
) -> None:
    assert of(text, word) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("A1 cover on Six, sitzprobe", "Cover of a post"),
        ("some MA2 followspot cover", "Cover of a post"),
        ("Automation cover, QLab", "Cover of a post"),
        ("Stage manager: DSM/ASM cover", "Cover of a post"),
        ("QLab, cover for the DSM", "Cover of a post"),
        ("Sitzprobe, first cover for Hamlet", "Understudy"),
    ],
)
def test_a_cover_of_a_post_is_none_of_a_part(text: str, meant: str) -> None:
    assert of(text, "cover") == means(meant)


def test_a_word_in_doubt_stays_so_where_another_for_the_same_is_sure() -> None:
    assert [each for each in said("Understudy at the sitzprobe. Cover at another sitzprobe") if each[2]] == [
        ("Understudy", True, "Understudy"),
        ("sitzprobe", True, "Sitzprobe"),
        ("Cover", False, "Understudy"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        (
            "Show maintenance and laundry, wardrobe assistant",
            "show maintenance",
            means("Upkeep during a run"),
        ),
        ("Show maintenance: stage manager", "show maintenance", means("Maintaining the show")),
        ("Maintained the show, mended costumes, ASM", "maintained the show", means("Upkeep during a run")),
        ("Maintained the show's costumes, ASM", "maintained the show's", []),
        ("Maintained the show on tour", "maintained the show", [(True, "Maintaining the show")]),
        ("Props tech on Frozen", "tech", means("Technician")),
        ("chief LX tech", "tech", means("Technician")),
        ("casual tech, get-ins at the Lyric", "tech", means("Technician")),
        ("Kept the prompt book through tech", "tech", means("Tech week")),
        ("Wig dressing, blocking and knotting", "blocking", means("Blocking a wig")),
        ("Blocking in the prompt book", "blocking", means("Blocking")),
        ("Ran a deck track, stage crew", "ran a deck", []),
        ("Ran a deck track, stage crew", "deck track", [(True, "Track")]),
        ("Ran the deck crew, stage manager", "ran the deck", []),
        ("Ran the deck, stage manager", "ran the deck", [(True, "Deck stage manager")]),
        ("Run the front desk and run the bar, stage manager", "run", []),
        ("Stage manager. Long runs a year apart, at the sitzprobe", "runs", means("Run")),
        ("Stage manager of the tour of a musical", "tour", means("Tour")),
        ("Stock the shelves, stage manager", "stock", []),
        ("Set and struck the tea tray, stage manager", "set", []),
        ("Calls 8 shows a week at the sitzprobe", "calls", means("Calling the show")),
        ("The Understudy by Theresa Rebeck, stage manager", "understudy", []),
        ("Marked up the script, stage manager", "marked up", []),
        ("Stage manager: marked up the floor", "marked up", means("Taping out")),
        ("Counterweight forklift licence", "counterweight", []),
        ("Stage manager, automation OP", "op", []),
        ("Swing ASM at the sitzprobe", "swing", means("Swing of a crew")),
        ("Swing at the sitzprobe", "swing", means("Swing")),
        ("Setting props, stage manager", "setting", []),
        ("Wig prep and setting", "setting", means("Wig dressing")),
        ("Pin curls, wash and set", "set", []),
        ("Wig dressing, cut a fringe", "fringe", []),
        ("Tested each appliance, stage manager", "appliance", []),
        ("Pulled costumes from stock, stage manager", "stock", []),
        ("Stage manager, two seasons of stock", "stock", means("Stock")),
        ("Programmed presets on the desk, QLab", "presets", []),
        ("Stage manager for the musical director", "director", []),
        ("Stage manager, camera operator", "operator", []),
        ("Stage manager, German A2", "a2", []),
        ("Rigged PA and sound, stage manager", "pa", means("PA (loudspeakers)")),
        ("Stage manager, then PA on a play", "pa", means("Production Assistant (stage)")),
        ("QLab, backing tracks", "tracks", []),
        ("Held keys, hold auditions, stage manager", "hold", []),
        ("Stage manager, cans of paint", "cans", []),
        ("Dress wigs, pin curls", "dress", []),
    ],
)
def test_a_word_means_what_its_neighbours_tell(
    text: str, word: str, meant: Sequence[tuple[bool, str]]
) -> None:
    assert of(text, word) == meant


@pytest.mark.parametrize(
    "text",
    [
        "House clearance and removals",
        "Book covers for a publisher",
        "Performance reports for the board",
        "Tech packs for a fashion label",
        "A mark-up of 15 percent",
        "A mock-up of the website",
    ],
)
def test_a_phrase_of_another_trade_alone_tells_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Dresser on Wicked, Apollo Victoria", "dresser"),
        ("Dresser", "dresser"),
        ("Worked as a dresser at the Lyric", "dresser"),
        ("A2 on Hamilton", "a2"),
        ("Skills\n- Rigger, three years", "rigger"),
        ("Director on Cats", "director"),
    ],
)
def test_a_title_that_opens_a_line_or_stands_before_a_name_is_told(text: str, word: str) -> None:
    assert [(words.casefold(), sure) for words, sure, _ in said(text)] == [(word, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Director of Marketing",
        "Director at a bank",
        "Languages: German A2",
        "A dresser with drawers",
        "A4 on",
    ],
)
def test_a_title_of_any_trade_and_what_is_none_are_not(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "word", "term"),
    [
        ("Called 120 performances of Cats", "called", "Calling the show"),
        ("Called Act One of Cats", "called", "Calling the show"),
        ("Called the show's cues", "called", "Calling the show"),
        ("Cut crew on strike", "strike", "Strike"),
        ("Assisted on strike and get-out", "strike", "Strike"),
        ("Set and struck the tea tray in the interval; props table", "interval", "Interval"),
    ],
)
def test_a_word_of_every_day_is_told_beside_what_makes_it_one_of_the_trade(
    text: str, word: str, term: str
) -> None:
    assert of(text, word) == means(term)


@pytest.mark.parametrize(
    "text",
    ["Called clients weekly", "Called in to cover shows", "The union was on strike", "At regular intervals"],
)
def test_and_not_without(text: str) -> None:
    assert said(text) == []


def test_sides_of_the_stage_are_known_in_short() -> None:
    found = LENS.look("Sitzprobe: SL, SR, USL, DSR and OP, counterweight")
    assert [[each.term.term for each in found.entries[spot.key].terms] for spot in found.spots[1:]] == [
        ["Stage left"],
        ["Stage right"],
        ["Upstage", "Stage left"],
        ["Downstage", "Stage right"],
        ["Stage right"],
        ["Fly system"],
    ]


def test_words_of_the_stage_that_no_sheet_has_are_named() -> None:
    assert unknown("Flyman: deads, cut crew, tabs and the iron") == [
        "Flyman",
        "deads",
        "cut crew",
        "tabs",
        "the iron",
    ]
    assert unknown("Browser tabs and the iron") == unknown("ran the front desk, sitzprobe") == []


def test_what_an_own_sheet_says_of_a_word_is_left_alone() -> None:
    own = Sheet(
        format=1, id="own", name="Own", terms=(Term(id="deputy", term="Deputy", meaning="Next in line."),)
    )
    looked = Lens({**LIBRARY.sheets, "own": own}).look("Sitzprobe: deputy technical manager")
    assert "Deputy" in [each.term.term for each in looked.entries["deputy"].terms]


def test_what_the_rules_name_is_there() -> None:
    terms = {fold(term.term) for sheet in LIBRARY.sheets.values() for term in sheet.terms}
    assert {fold(term) for rule in RULES["rules"] for term in rule["term"].split(";")} <= terms
    meant = {rule["means"] for rule in RULES["rules"]}
    assert {each for each in meant if not each.startswith("as ")} - {"itself", "nothing", "doubtful"} == set(
        RULES["senses"]
    )
    names = [name for each in RULES["names"] for name in each["as"].split(";")]
    names += [each.removeprefix("as ") for each in meant if each.startswith("as ")]
    assert [name for name in names if not LENS.look(f"Sitzprobe: {name}").spots[1:]] == []
