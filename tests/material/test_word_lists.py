"""Lists of words: what is a pair, what is none, and what becomes of both."""

import random
import time
from pathlib import Path

import pytest

from tests.material.pages import FULL
from trainer.errors import PageError
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.importing import save
from trainer.material.intake import read_file, read_text
from trainer.material.words.adding import plan_addition, plan_vocabulary
from trainer.material.words.word_list import WordList

PAIRS = {
    "Iris": "Metal blades that close around a beam",
    "Ghost light": "A lamp that burns on an empty stage",
    "Tab-lines": "Ropes that draw a curtain apart",
    "Sitzprobe": "First singing with the orchestra, seated",
}


def words(text: str, *, is_csv: bool = False) -> WordList:
    found = read_text(text, is_csv=is_csv)
    assert isinstance(found, WordList)
    return found


def pairs(found: WordList) -> dict[str, str]:
    return {entry.term: entry.meaning for entry in found.entries}


def lines(between: str, before: str = "") -> str:
    return "\n".join(f"{before}{term}{between}{meaning}" for term, meaning in PAIRS.items())


@pytest.mark.parametrize(
    "between", [" – ", " — ", " - ", "—", ": ", " : ", "\t", " = ", " -- ", " → ", "\t\t"]
)
def test_a_line_is_parted_by_any_usual_sign(between: str) -> None:
    assert pairs(words(lines(between))) == PAIRS


@pytest.mark.parametrize("before", ["• ", "- ", "* "])
def test_bullets_and_numbers_are_no_part_of_a_term(before: str) -> None:
    assert pairs(words(lines(": ", before))) == PAIRS
    numbered = "\n".join(f"{i}. {term} – {meaning}" for i, (term, meaning) in enumerate(PAIRS.items(), 1))
    assert pairs(words(numbered)) == PAIRS


def test_each_line_may_have_a_sign_of_its_own() -> None:
    signs = (" – ", ": ", "\t", " — ")
    mixed = "\n".join(f"{term}{sign}{text}" for sign, (term, text) in zip(signs, PAIRS.items(), strict=True))
    assert pairs(words(mixed)) == PAIRS


def test_a_line_that_is_no_pair_is_told_with_its_number() -> None:
    found = words(lines(" – ") + "\n\nsee the handbook\nIris – \nPit – Space: below – the stage\nA: b – c\n")
    assert pairs(found) == PAIRS | {"Pit": "Space: below – the stage"}
    assert [each.line for each in found.unplaced] == [6, 7, 9]


def test_a_line_above_a_list_names_it() -> None:
    assert words("House words\n\n" + lines(" – ")).name == "House words"


def test_a_double_is_counted_and_another_meaning_is_told() -> None:
    text = lines("\t") + "\nIRIS\tmetal blades that close around a beam\nIris\tA flower"
    found = words(text)
    assert (pairs(found), found.doubles) == (PAIRS, 1)
    assert [(each.line, each.text) for each in found.unplaced] == [(6, "Iris – A flower")]


def test_csv_with_and_without_a_head_quoted_and_over_several_lines() -> None:
    body = 'Iris,"Metal blades, that ""close"""\nPit,"Below\nthe stage"\nFlood,A wide lamp\n'
    wanted = {"Iris": 'Metal blades, that "close"', "Pit": "Below the stage", "Flood": "A wide lamp"}
    for head in ("", "Term,Meaning\n", "\ufeffWord,Definition\r\n"):
        found = words(head + body, is_csv=True)
        assert pairs(found) == wanted
    assert [entry.line for entry in words(body, is_csv=True).entries] == [1, 2, 4]
    assert pairs(words(body.replace(",", ";").replace("blades;", "blades,"), is_csv=True)) == wanted


def test_columns_are_known_by_their_heads_and_others_are_told() -> None:
    head = "Meaning;Term;Also called;On a résumé;Week\n"
    found = words(f"{head}A wide lamp;Flood;floodlight, scoop;Lighting work;3\n")
    (entry,) = found.entries
    assert (entry.term, entry.meaning, entry.aliases) == ("Flood", "A wide lamp", ("floodlight", "scoop"))
    assert entry.signal == "Lighting work"
    assert "Column 5 (“Week”)" in found.notes[0]


def test_bold_terms_and_tables_of_markdown_are_read() -> None:
    bold = "\n".join(f"**{term}:** {text}" for term, text in PAIRS.items())
    assert pairs(words(bold)) == PAIRS
    rows = "".join(f"| **{term}** | {text} |\n" for term, text in PAIRS.items())
    found = words(f"# House words\n\n| Term | Meaning |\n|---|:--|\n{rows}")
    assert pairs(found) == PAIRS
    assert [each.line for each in found.unplaced] == [1]


def test_a_row_of_too_many_cells_and_an_open_quote_are_told() -> None:
    found = words('Iris,Blades\nPit,Below, the stage\nFlood,"A lamp\nBoom,A pole\n', is_csv=True)
    assert pairs(found) == {"Iris": "Blades", "Boom": "A pole"}
    assert [each.line for each in found.unplaced] == [2, 3]


def test_an_export_of_anki_as_text_says_how_it_is_to_be_read() -> None:
    head = "#separator:tab\n#html:true\n#deck column:1\n#tags column:4\n"
    found = words(f"{head}Stage\t<b>Iris</b>\tBlades&nbsp;that<br>close\twk1\n")
    assert [(entry.term, entry.meaning, entry.line) for entry in found.entries] == [
        ("Iris", "Blades that close", 5)
    ]
    assert not found.notes


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\nthe show is on.",
        "I hung lamps for years. It was fun, and hard: nobody slept.\nThen I left.\nNow – who knows?",
        "Location: York\nSalary: 20 a day\nHours: nights\nContact: us",
        "one\ntwo\nthree",
        "Iris – blades",
    ],
)
def test_what_is_neither_says_what_to_do(text: str) -> None:
    with pytest.raises(PageError, match="term – meaning"):
        read_text(text)


def test_an_address_and_a_job_description_are_told_what_to_do() -> None:
    with pytest.raises(PageError, match="Open it in your browser"):
        read_text(" https://example.org/glossary?x=1\n")
    with pytest.raises(PageError, match="Open it in your browser"):
        read_file(Path("https://example.org/glossary"))
    with pytest.raises(PageError, match="job description"):
        read_text("Rigger wanted\nResponsibilities:\nHang things\nRequirements\nNo fear of heights")


def test_a_page_stays_a_page_and_a_table_of_a_web_page_is_a_list() -> None:
    assert isinstance(read_text(FULL), list)
    rows = "".join(f"<tr><td>{term}</td><td><p>{text}</p></td></tr>" for term, text in PAIRS.items())
    assert pairs(words(f"<html><body><table>{rows}</table></body></html>")) == PAIRS


def test_terms_whose_ids_would_meet_are_told_apart(home: Home) -> None:
    plan = plan_vocabulary(words("C\tOld\nC++\tLarger\nC#\tOther\n"), "Code", home)
    assert [term.id for term in plan.sheet.terms] == ["c", "c-2", "c-3"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_list_becomes_a_vocabulary_and_again_changes_nothing(home: Home) -> None:
    plan = plan_vocabulary(words(lines(" – ")), "House words", home)
    path = save(plan)
    sheet = read_sheet(path)
    assert (sheet.id, sheet.name, sheet.is_role) == ("house-words", "House words", False)
    assert {term.term: term.meaning for term in sheet.terms} == PAIRS
    again = plan_vocabulary(words(lines("\t")), "House words", home)
    assert not again.is_new
    assert not again.changes_something


def test_what_a_sheet_says_stays_unless_it_is_to_be_replaced(home: Home) -> None:
    path = save(plan_vocabulary(words(lines(" – ")), "House words", home))
    path.write_text(path.read_text().replace("[[terms]]", "# mine\n[[terms]]", 1))
    other = words("Iris\tA flower\nBoom\tA pole\n")
    plan = plan_addition(other, path, home)
    assert [change.kind for change in plan.changes] == ["kept", "added"]
    assert "Line 1 of the list says of “Iris”: A flower" in str(plan.changes[0])
    save(plan)
    said = {term.term: term.meaning for term in read_sheet(path).terms}
    assert said == PAIRS | {"Boom": "A pole"}
    save(plan_addition(other, path, home, replacing=True))
    assert read_sheet(path).terms[0].meaning == "A flower"
    assert "# mine" in path.read_text()


def test_a_shipped_sheet_is_copied_before_it_is_added_to(home: Home) -> None:
    from trainer.material.sheet_files import shipped_decks

    shipped = shipped_decks() / "theatre-vocabulary.toml"
    before = shipped.read_bytes()
    path = save(
        plan_addition(words("Zarzuela\tA Spanish play with songs\nBoomerang\tChanges colours"), shipped, home)
    )
    assert path == home.decks / "theatre-vocabulary.toml"
    assert read_sheet(path).terms[-2].term == "Zarzuela"
    assert shipped.read_bytes() == before
    assert (home.bases / path.name).read_bytes() == before
    known = read_sheet(shipped).terms[0]
    assert not plan_addition(words(f"{known.term}\t{known.meaning}\nX\t–"), shipped, home).is_new


def test_a_name_that_is_taken_is_refused_with_what_to_do(home: Home) -> None:
    with pytest.raises(PageError, match="--into theatre-vocabulary"):
        plan_vocabulary(words(lines("\t")), "Theatre vocabulary", home)
    with pytest.raises(PageError, match="--name"):
        plan_vocabulary(words(lines("\t")), " ", home)


@pytest.mark.slow
def test_a_list_too_long_for_a_sheet_is_refused_in_time(home: Home) -> None:
    text = "\n".join(f"term {i}\tmeaning number {i} of a long list" for i in range(120_000))
    assert len(text) > 5_000_000
    begun = time.process_time()
    with pytest.raises(PageError, match="Divide it"):
        plan_vocabulary(words(text), "Long", home)
    assert time.process_time() - begun < 4  # half of it on a machine that does nothing else


@pytest.mark.slow
def test_nothing_is_invented_whatever_a_list_is_like(home: Home) -> None:
    rng = random.Random(15)
    signs = [
        " – ",
        ": ",
        "\t",
        ",",
        ";",
        '"',
        "\n",
        "\r",
        "#",
        "|",
        "<td>",
        "&amp;",
        "\0",
        "\u200b",
        "1. ",
        "• ",
    ]
    for turn in range(2_000):
        text = lines(rng.choice([" – ", "\t", ",", ": ", ";", " | "]))
        for _ in range(rng.randrange(12)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice([*signs, text[at : at + 9]]) + text[at + rng.randrange(5) :]
        try:
            found = read_text(text, "Fuzz", is_csv=turn % 2 == 0)
        except PageError:
            continue
        if isinstance(found, WordList) and found.entries:
            said = "".join(sign for sign in text.casefold() if sign.isalnum())
            for term, meaning in pairs(found).items():
                for words_of in (term, meaning):
                    assert "".join(sign for sign in words_of.casefold() if sign.isalnum()) in said
            if turn % 20 == 0:
                save(plan_vocabulary(found, f"Fuzz {turn}", home))


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_list_is_called_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PageError, match="The list is empty"):
        read_file(path)


@pytest.mark.slow
def test_adding_thousands_of_words_takes_time_in_step_with_their_number(home: Home) -> None:
    def seconds(count: int) -> float:
        path = save(plan_vocabulary(words("Iris – a\nGobo – b\nBarrel – c"), f"Words {count}", home))
        many = words("\n".join(f"Word {number} – meaning {number}" for number in range(count)))
        started = time.process_time()
        plan = plan_addition(many, path, home)
        assert len(plan.sheet.terms) == count + 3
        return time.process_time() - started

    short, long = (min(seconds(size) for _ in range(2)) for size in (2_000, 8_000))
    assert long < 8 * short + 0.15, "four times as many take about four times the time"


def test_added_terms_are_written_as_the_others_are(home: Home) -> None:
    path = save(plan_vocabulary(words("Iris – a “leaf”\nGobo – b \\ c\nBarrel – ĉ"), "Optics", home))
    first = path.read_text(encoding="utf-8")
    save(plan_addition(words("Lens – d \\ e\nSnoot – “f”\nTop – g\nHat – h\tk"), path, home))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(first)
    assert text.endswith('\n\n[[terms]]\nid = "hat"\nterm = "Hat"\nmeaning = "h k"\nfrom = "page"\n')


def test_a_list_is_given_an_industry(home: Home) -> None:
    words = read_text("Boom – a pole for lamps\nGel – a sheet of colour\nGobo – a shape in the light")
    assert isinstance(words, WordList)
    save(plan_vocabulary(words, "Light words", home))
    plan = plan_vocabulary(words, "Light words", home, industry=" Film  and TV ")
    assert list(map(str, plan.changes)) == ["~ sheet, industry: nothing → “Film and TV”"]
    path = save(plan)
    assert read_sheet(path).industry == "Film and TV"
    assert plan_vocabulary(words, "Light words", home, industry="film and tv").changes == ()
    (kept,) = plan_vocabulary(words, "Light words", home, industry="Opera").changes
    assert "yours stays. You said Opera" in str(kept)
    other = plan_vocabulary(words, "Opera words", home, industry="Opera")
    assert read_sheet(save(other)).industry == "Opera"
