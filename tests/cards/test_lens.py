"""The words of the trade in a text."""

from collections.abc import Sequence
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards.shipped import LIBRARY
from tests.resume import RESUME
from trainer.cards.lens.look import LONGEST, Lens
from trainer.errors import TrainerError
from trainer.material.sheet import Sheet, Term

LENS = Lens(LIBRARY.sheets)


def sure(text: str, lens: Lens = LENS) -> list[str]:
    looked = lens.look(text)
    return [looked.text[spot.start : spot.end] for spot in looked.spots if spot.sure]


def doubtful(text: str, lens: Lens = LENS) -> list[str]:
    looked = lens.look(text)
    return [looked.text[spot.start : spot.end] for spot in looked.spots if not spot.sure]


def terms(text: str, lens: Lens = LENS) -> list[list[str]]:
    looked = lens.look(text)
    return [[each.term.term for each in looked.entries[spot.key].terms] for spot in looked.spots]


def unknown(text: str) -> list[str]:
    return [each.text for each in LENS.look(text).unknown]


def sheet(*terms: Term) -> Lens:
    return Lens({"own": Sheet(format=1, id="own", name="Own", terms=terms)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stage left", "Stage left"),
        ("STAGE LEFT", "STAGE LEFT"),
        ("preset lists", "preset lists"),
        ("ground plan", "ground plan"),
        ("ground-plan", "ground-plan"),
        ("groundplans", "groundplans"),
        ("a ﬂy system", "ﬂy system"),
        ("Stage\xa0Manager", "Stage Manager"),
        ("the Stage Managers' report", "Stage Managers"),
        ("Heads of Props", "Heads of Props"),
        ("fringe theater", "fringe theater"),
        ("fringe theatre", "fringe theatre"),
        ("fringe théâtre", "fringe théâtre"),
        ("U/S Hamlet, A.S.M.", "A.S.M."),
        ("Wigs, Hair and Make-up", "Wigs, Hair and Make-up"),
        ("cue to cue", "cue to cue"),
        ("Cue–to–cue", "Cue–to–cue"),
        ("called the show", "called the show"),
        ("stopped the show", "stopped the show"),
        ("ran the deck", "ran the deck"),
        ("Must be able to call the show", "call the show"),
        ("Calls the show nightly.", "Calls the show"),
        ("experience of calling shows", "calling shows"),
        ("called every show", "called every show"),
        ("to call a show", "call a show"),
        ("runs the deck", "runs the deck"),
        ("tapes the floor", "tapes the floor"),
        ("covers the book", "covers the book"),
        ("calls cues", "calls cues"),
        ("Called the cues of a musical", "Called the cues"),
        ("call all cues", "call all cues"),
        ("held book", "held book"),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, found: str) -> None:
    looked = LENS.look(text)
    assert found in {looked.text[spot.start : spot.end] for spot in looked.spots}


def test_what_is_no_phrase_of_a_verb_has_no_forms_of_one() -> None:
    for text in ("moved heads", "set list", "tapping the floor", "please call Stage Left", "run or deck"):
        assert not {"Moving light", "Preset list", "Taping out", "Calling the show", "Deck stage manager"} & {
            term for found in terms(f"At the sitzprobe: {text}") for term in found
        }, text
    assert not sure("we opened the house, at an open house, run a deck")
    assert doubtful("At the sitzprobe ran deck") == ["ran deck"]


def test_a_phrase_of_a_verb_in_any_sheet_is_found_in_all_its_forms() -> None:
    lens = sheet(
        Term(id="strike", term="Strike the set", meaning="x"),
        Term(id="book", term="Carrying the book", meaning="x"),
        Term(id="on", term="On the floor", meaning="x"),
    )
    text = "struck the set, strikes a set, striking sets; carries the book, carried the books, carry a book"
    assert sure(text, lens) == text.replace(";", ",").split(", ")
    assert not lens.look("on a floor").spots


def test_the_longer_phrase_is_meant_where_a_word_in_it_may_mean_something() -> None:
    assert terms("Stage Manager: to call the show when the DSM is off") == [
        ["Stage Manager"],
        ["Calling the show"],
        ["DSM"],
    ]


@pytest.mark.parametrize(
    "phrase",
    ["maternity cover", "Maternity Cover", "cover letters", "please call", "track record", "on board"],
)
def test_a_word_in_a_phrase_of_every_day_is_not_told(phrase: str) -> None:
    assert not doubtful(f"Stage Manager ({phrase})")
    assert doubtful("Stage Manager (first cover)") == ["cover"]


def test_of_two_names_at_one_place_the_longer_one_is_meant() -> None:
    assert terms("Deputy Stage Manager") == [["DSM"]]
    assert terms("Production Stage Manager") == [["PSM"]]
    assert terms("stage manager") == [["Stage Manager"]]


def test_a_name_goes_on_over_a_line_that_was_wrapped_and_over_no_other() -> None:
    wrapped = "For three years on tour and in the West End a Stage\nManager of plays"
    assert "Stage\nManager" in sure(wrapped)
    assert sure("Props\nMaster electrician") == ["Props", "Master electrician"]
    assert "Stage Manager" not in sure("Centre Stage    Manager: somebody")


def test_an_abbreviation_counts_in_capitals_and_as_a_word_alone() -> None:
    assert sure("DSM and ASMs of a sitzprobe") == ["DSM", "ASMs", "sitzprobe"]
    assert doubtful("a TD of the sitzprobe") == ["TD"]
    assert not LENS.look("plasma, psms, the asm listing, tdd, smart, ASMAX").spots


def test_an_abbreviation_alone_may_mean_something_else() -> None:
    assert doubtful("ASM lithography engineer") == ["ASM"]


def test_a_word_of_every_day_counts_near_the_trade_alone_and_is_in_doubt() -> None:
    plain = (
        "I run half marathons and cover songs. We call customers, hold meetings, set goals and get out more. "
        "Strike a balance; the company is in the dark. Put in the work, load in the truck. A tour of a plant."
    )
    assert not LENS.look(plain).spots
    assert doubtful("Kept the prompt book for the run") == ["run"]
    assert not doubtful("Kept the prompt book. I run on Sundays.")
    assert doubtful("Kept the prompt book at a get in") == ["get in"]
    assert sure("get-in and get-out at the fit-up") == ["get-in", "get-out", "fit-up"]


def test_a_word_of_every_day_within_a_name_is_no_word_of_the_trade() -> None:
    assert not doubtful("At the sitzprobe Mr John Swing kept the prompt book")
    assert not doubtful("Sitzprobe, Birmingham Rep Theatre")
    assert not doubtful("Sitzprobe until 7 PM")
    assert not doubtful("Sitzprobe in Pittsburgh, PA 15222")
    assert doubtful("Sitzprobe, then PA to the director") == ["PA", "director"]
    assert doubtful("Swing of the national tour") == ["Swing"]


def test_addresses_are_not_looked_at() -> None:
    assert not LENS.look("dsm@props.example https://stage-manager.example/DSM www.props.example/DSM").spots


def test_one_word_may_mean_several_things() -> None:
    assert ["AEA", "Equity (UK)"] in terms("An Equity stage manager")
    assert [
        "Production Assistant (stage)",
        "Production Assistant (film and TV)",
    ] in terms("Production Assistant")


def test_a_title_is_told_from_the_roles_that_know_it() -> None:
    looked = LENS.look("Stage Management Assistant")
    titles = [each for entry in looked.entries.values() for each in entry.titles]
    assert [(each.sheet.id, each.title.title) for each in titles] == [
        ("assistant-stage-manager", "Stage Management Assistant")
    ]
    assert titles[0].card in LIBRARY.cards


def test_every_card_of_a_word_is_there() -> None:
    looked = LENS.look(RESUME)
    assert {card for entry in looked.entries.values() for card in entry.cards} <= LIBRARY.cards.keys()


def test_what_looks_like_the_trade_and_is_in_no_sheet_is_named() -> None:
    assert unknown(RESUME) == ["IPAF", "IOSH", "photo call", "hanging plot", "deck crew", "GrandMA3", "COSHH"]


@pytest.mark.parametrize(
    "text",
    [
        "Stage manager LOLER IOSH BSL",
        "Stage manager with LOLER, IOSH and BSL",
        "Knowledge of LOLER, trained by IOSH, fluent in BSL",
        "knowledge of the LOLER regulations; IOSH, BSL",
        "LOLER, IOSH and BSL\nStage manager",
        "Holder of LOLER/IOSH\nBSL users are welcome",
        "At a theatre. Rigger (LOLER), company driver (IOSH, BSL)",
    ],
)
def test_an_abbreviation_is_named_wherever_it_stands(text: str) -> None:
    assert [each for each in unknown(text) if each.isupper()] == ["LOLER", "IOSH", "BSL"]


def test_an_abbreviation_in_a_name_or_a_heading_is_not() -> None:
    text = (
        "JO DOE, ASM\nKEY DATES\nDirector: JANE DOE. Worked with NYMF, toured with the NYMT, stage manager "
        "for NYT, National Youth Music Theatre (NYMT)"
    )
    assert unknown(text) == []


def test_an_abbreviation_is_named_that_is_long_or_looks_like_a_word_of_every_day() -> None:
    text = "Jo\nProps on tour. SKILLS\nPyro licence (NSPYRO), ETC Ion, cans etc. REFERENCES"
    assert [each for each in unknown(text) if each.isupper()] == ["NSPYRO", "ETC"]


def test_names_of_persons_places_and_firms_are_not() -> None:
    text = (
        "JANE DOE\nIan McKellen and Danny DeVito at the RSC and at NYU, the Royal Example Company (REC), "
        "MA in London, UK. PO Box, LinkedIn, PowerPoint, EDUCATION AND TRAINING, RADA Theatre School."
    )
    assert unknown(text) == []


def test_what_a_sheet_has_is_never_unknown() -> None:
    for text in ("a SM of nothing", "town, PA 15222", "QLab", "PAT"):
        assert not unknown(text)


def test_own_words_are_found_and_everyday_ones_are_as_the_sheet_says() -> None:
    lens = sheet(
        Term(id="iris", term="Iris", meaning="x"),
        Term(id="bridge", term="Bridge", aliases=("gantry",), everyday=("Bridge",), meaning="x"),
    )
    assert sure("an iris on the gantry", lens) == ["iris", "gantry"]
    assert doubtful("an iris on the bridge", lens) == ["bridge"]
    assert not lens.look("a bridge over a river").spots


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "[red]", "(.*)+", "🎭" * 40, "مدير المسرح", "\x00\x1b[31m\u202e"]
)
def test_odd_texts_hold_nothing(text: str) -> None:
    looked = LENS.look(text)
    assert (looked.spots, looked.unknown) == ((), ())


def test_tabs_move_places_beyond_the_length_that_is_taken_and_change_nothing_else() -> None:
    text = "the deputy stage manager and prop table, appliance apprentice of it"
    far = "\t" * (LONGEST - len(text) - 2) + "a\n" + text
    assert unknown(far) == unknown(text) == ["appliance apprentice"]
    assert doubtful(far) == doubtful(text) == []


@pytest.mark.slow
def test_a_text_that_is_too_long_is_refused_with_what_to_do() -> None:
    with pytest.raises(TrainerError, match=r"1,000,000 characters.*Take the part|take the part"):
        LENS.look("DSM " * 250_000)
    assert LENS.look("DSM " * (LONGEST // 4)).spots


@given(
    st.lists(
        st.sampled_from(
            [
                "DSM",
                "run",
                "stage",
                " ",
                "-",
                "\n",
                ".",
                "manager",
                "PA",
                "photo call",
                "x",
                "Equity",
                "deputy",
                "the deck",
                "crew",
                "fly floor",
                "plan",
                "tabs",
                "called",
                "cover",
            ]
        )
    )
)
def test_places_are_in_order_within_the_text_and_apart(parts: Sequence[str]) -> None:
    looked = LENS.look(" ".join(parts))
    spans = sorted(
        [(spot.start, spot.end) for spot in looked.spots]
        + [span for each in looked.unknown for span in each.spans]
    )
    assert all(0 <= start < end <= len(looked.text) for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))


@pytest.mark.slow
@pytest.mark.parametrize("piece", [RESUME, "SM ", "call ", "a", "\n", "u/s/", "A.", "stage manager of "])
def test_the_cost_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        times = []
        for _ in range(3):
            start = process_time()
            LENS.look(text)
            times.append(process_time() - start)
        return min(times)

    assert seconds(LONGEST) < 24 * seconds(LONGEST // 8) + 0.02
