"""What recruiters may not weigh is said where it comes up, and nothing that is marked wrong is right."""

import random
import re
from pathlib import Path

import pytest

from trainer.cards.card import Card
from trainer.cards.flags import FlagCard
from trainer.cards.library import library_of
from trainer.cards.stage import STAGES
from trainer.errors import SheetError
from trainer.material.files import read_sheet

from .shipped import CARDS, LIBRARY, asked, every_question, told, words

VOCABULARY = "theatre-vocabulary"
UNIONS = ("aea", "agma", "atpam", "bectu", "emc", "equity-uk", "iatse", "open-access", "sdc", "usa-829")
GUARDS = {
    **{
        f"{VOCABULARY}/meanings/{id_}": "TULRCA" for id_ in (*UNIONS, "equity", "deputy", "touring-agreement")
    },
    "assistant-stage-manager/synonyms/equity-deputy": "TULRCA",
    "assistant-stage-manager/answers/blames-others": "TULRCA",
    "deputy-stage-manager/synonyms/equity-deputy": "TULRCA",
    "stage-manager/answers/tells-private-matters": "Pregnancy",
    "assistant-stage-manager/answers/inability-to-handle-pressure": "health",
    "company-manager/answers/newcomer.asks": "illness",
    "company-manager/answers/newcomer": "illness",
    "company-manager/answers/newcomer.rate": "illness",
    "company-manager/answers/leaks-confidences": "other people's pay",
    "company-manager/meanings/per-diem": "never what they earned",
    "company-manager/answers/takes-sides": "harassment",
    "company-manager/levels/payroll-running": "Right to work",
    "company-manager/meanings/eleven-countries": "Right to work",
    "company-manager/meanings/broadway-transfer": "Right to work",
    "wardrobe-supervisor/levels/dresser-rota": "health data",
    "stage-manager/meanings/psm-at-a-lort-theatre": "TULRCA",
    "production-manager/meanings/under-budget": "TULRCA",
    "stage-manager/answers/rules-by-fear": "References",
    "lighting/answers/careless-at-height": "may climb",
    "lighting/meanings/etcp": "lack proves nothing",
    "lighting/meanings/lighting-technician": "Colour vision",
    "sound/answers/fit-a-mic.clean": "own health",
    "sound/answers/hands-on-uninvited": "no test",
    "sound/answers/harms-ears": "hearing",
    "sound/answers/one-head": "ill or away",
    "wigs-hair-and-makeup/answers/gossip": "Health, surgery",
    "wigs-hair-and-makeup/answers/left-to-themselves": "hair or skin",
    "wigs-hair-and-makeup/meanings/patch-test": "own allergies",
    "wigs-hair-and-makeup/meanings/wigs-supervisor": "hair or skin",
    "wigs-hair-and-makeup/synonyms/wig-master": "neither sex nor age",
    "assistant-stage-manager/answers/lack-of-attention-to-detail": "Dyslexia",
    "assistant-stage-manager/synonyms/production-stage-manager": "age",
    "deputy-stage-manager/synonyms/production-stage-manager": "age",
    f"{VOCABULARY}/meanings/half-hour": "origin",
    f"{VOCABULARY}/meanings/places": "origin",
    f"{VOCABULARY}/meanings/on-book": "origin",
    "assistant-stage-manager/meanings/asm.signal": "origin",
}
"""By card, a word of the guard that stands in the feedback to each of its questions."""


@pytest.mark.parametrize("card", GUARDS)
def test_what_must_not_count_is_said_after_every_question(card: str) -> None:
    for question in asked(LIBRARY.cards[card], seeds=1):
        said = [line.text for line in question.lines if line.label == "Fair hiring"]
        assert [text for text in said if GUARDS[card] in text], told(question)


@pytest.mark.slow
def test_no_card_asks_for_somebodys_country_or_reads_it_from_their_words() -> None:
    asks = re.compile(
        r"\bask (for )?the country|which (side of the ocean|country)|where they (trained|are from)\b",
        re.IGNORECASE,
    )
    for question in every_question():
        lines = [line.text for line in question.lines if line.label != "Fair hiring"]
        assert not asks.search("\n".join([question.prompt, question.answer, *lines])), told(question)


@pytest.mark.slow
def test_no_years_stand_beside_a_level() -> None:
    for question in every_question():
        if question.card.deck == "levels":
            shown = [f"{option.text} {option.note}" for option in question.options]
            assert not re.search(r"\d", " ".join(shown)), told(question)


@pytest.mark.slow
def test_nobody_is_told_on_for_a_pregnancy_and_replaced() -> None:
    everything = "\n".join(words(question) for question in every_question())
    assert "Pregnant, and she hadn't told" not in everything
    assert "Dersire" not in everything


def test_every_red_flag_is_told_from_its_look_alike_by_one_fair_question() -> None:
    flags = [flag for sheet in LIBRARY.sheets.values() for flag in sheet.red_flags]
    unfair = re.compile(r"\b(ill|sick|health|age|old|pregnan\w*|union|family|children|home country)\b")
    for flag in flags:
        probe = flag.probe or ""
        assert re.fullmatch(r"[A-Z][^?!]{30,110}\?", probe), f"{flag.id}: {probe}"
        assert not unfair.search(probe), f"{flag.id}: {probe}"
    assert len({flag.probe for flag in flags}) == len(flags)


FLAG = """
format = 1
id = "s"
name = "S"

[[red_flags]]
id = "moves"
text = "Moves without the clear"
evidence = ["I stopped asking."]
look_alike = ["I waited.", "I asked twice."]
why = "The clear comes first."
also_fits = ["bypasses"]

[[red_flags]]
id = "bypasses"
text = "Leaves the desk out"
evidence = ["We agreed on it between us."]
look_alike = "I told her after."
why = "It was hers to decide."
"""


def flag_card(tmp_path: Path, text: str = FLAG) -> Card:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    return library_of([path]).cards["s/answers/moves"]


def test_a_flag_that_a_line_raises_too_is_no_wrong_option_beside_it(tmp_path: Path) -> None:
    card = flag_card(tmp_path)
    offered: dict[str, set[str]] = {}
    for way in card.ways():
        for stage in STAGES:
            for seed in range(20):
                question = card.ask(way, stage, random.Random(seed))
                offered.setdefault(way.key, set()).update(option.id for option in question.options)
    assert offered["evidence-0"] == {"moves", "none"}
    assert offered["look-alike"] == {"moves", "bypasses", "none"}


def test_each_look_alike_is_asked_and_none_of_them_is_a_flag(tmp_path: Path) -> None:
    card = flag_card(tmp_path)
    alike = {q.text: q for q in asked(card) if q.way.key.startswith("look-alike")}
    assert set(alike) == {"“I waited.”", "“I asked twice.”"}
    for question in alike.values():
        assert [option.id for option in question.options if option.right] == ["none"]


def test_what_a_harmless_line_was_taken_for_is_told_as_that(tmp_path: Path) -> None:
    """Of each look-alike, the further ones as the first."""
    card = flag_card(tmp_path)
    told = {way.key: card.mistake(way.key, "bypasses") for way in card.ways()}
    assert {way for way, words in told.items() if words == "took something harmless for a red flag"} == {
        "look-alike",
        "look-alike-1",
    }
    assert told["evidence-0"] == "took one red flag for another"


def test_a_flag_that_fits_too_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match='red flag "moves" › also_fits: sheet "s" has no red flag "gone"'):
        read_sheet_with(tmp_path, FLAG.replace('["bypasses"]', '["gone"]'))


def read_sheet_with(folder: Path, text: str) -> None:
    path = folder / "s.toml"
    path.write_text(text, encoding="utf-8")
    read_sheet(path)


def test_no_shipped_line_offers_a_flag_that_it_raises_too() -> None:
    for card in CARDS:
        if not isinstance(card, FlagCard) or not card.flag.also_fits:
            continue
        for question in asked(card, seeds=12):
            if question.way.key.startswith("evidence"):
                assert not {option.id for option in question.options} & set(card.flag.also_fits), told(
                    question
                )


def test_a_key_in_the_wrong_place_is_no_slip_of_the_pen(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r'the key "fair" does not belong here\. Move it to where it does'):
        read_sheet_with(tmp_path, FLAG.replace('name = "S"', 'name = "S"\nfair = "x"'))
