"""`trainer words --in`: the words of the trade in a text."""

import json
from pathlib import Path

import pytest

from tests.commands import ran, trainer
from tests.material.test_documents import paragraph, pdf, word, workbook
from tests.resume import OWN, RESUME


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


def told(home: Path, *arguments: str | Path) -> str:
    done = ran("words", "--in", *arguments, "--home", home)
    assert (done.status, done.err) == (0, ""), done
    return done.out


def test_each_word_is_told_with_its_meaning_and_what_to_ask(tmp_path: Path, resume: Path) -> None:
    out = told(tmp_path / "home", resume)
    assert "prompt corner\n  Prompt corner" in out
    assert "  Conclude or ask: " in out
    assert "LX  (may mean)" in out
    assert (
        "For Assistant Stage Manager: UK: the same job; US: below it, in the same team. Helping"
        in " ".join(out.split())
    )
    assert "Not in your sheets (a name may be among them)\n  IPAF, IOSH, photo call" in out
    assert max(map(len, out.splitlines())) <= 90


def test_nothing_of_the_person_is_told_and_nothing_is_kept(tmp_path: Path, resume: Path) -> None:
    home = tmp_path / "home"
    out = told(home, resume)
    assert not {"JANE", "Jane", "Lyceum", "Pittsburgh", OWN, "2022"} & set(out.replace(",", " ").split())
    assert not home.exists()


def test_as_json_each_word_has_its_places(tmp_path: Path, resume: Path) -> None:
    found = json.loads(told(tmp_path, resume, "--json"))
    first = found["words"][0]
    assert (first["words"], first["sure"]) == ("Stage Manager", True)
    assert [RESUME[start:end].casefold() for start, end in first["places"]] == ["stage manager"] * 2
    assert {"term", "meaning", "ask", "region", "regions", "fair", "sheet", "card"} <= set(
        first["meanings"][0]
    )
    assert [each["words"] for each in found["unknown"]][:2] == ["IPAF", "IOSH"]
    assert OWN not in json.dumps(found)


def test_what_no_card_teaches_is_told_by_the_words_around_it(tmp_path: Path) -> None:
    (tmp_path / "cover.txt").write_text("A1 cover on Six, sitzprobe")
    assert "cover  (may mean)\n  Cover of a post: Knows" in told(tmp_path, tmp_path / "cover.txt")
    [_, cover, _] = json.loads(told(tmp_path, tmp_path / "cover.txt", "--json"))["words"]
    assert [(each["term"], each["sheet"], each["card"]) for each in cover["meanings"]] == [
        ("Cover of a post", "", "")
    ]


def test_a_document_is_read_as_an_import_reads_it(tmp_path: Path) -> None:
    for name, data in {
        "a.docx": word(paragraph("Sitzprobe at the West End")),
        "a.pdf": pdf(["Sitzprobe at the West End"]),
        "a.html": b"<html><body><p>Sitzprobe at the <b>West End</b></p></body></html>",
        "a.rtf": rb"{\rtf1\ansi Sitzprobe at the West End\par}",
        "a.txt": "Sitzprobe at the West\u00a0End".encode("utf-16"),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert told(tmp_path, tmp_path / name).startswith("2 words of the trade"), name


@pytest.mark.slow
def test_it_is_piped_in() -> None:
    done = trainer("words", "--in", "-", typed=RESUME)
    assert done.returncode == 0
    assert "Prompt corner" in done.stdout


def test_what_holds_nothing_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert told(tmp_path, tmp_path / "empty.txt") == "No word of the trade that your sheets know is in it.\n"


def test_what_no_sheet_has_is_named_where_nothing_else_is_known(tmp_path: Path) -> None:
    (tmp_path / "advert.txt").write_text("Knowledge of LOLER is needed.")
    assert told(tmp_path, tmp_path / "advert.txt") == (
        "No word of the trade that your sheets know is in it.\n\n"
        "Not in your sheets (a name may be among them)\n  LOLER\n"
    )


def test_what_can_not_be_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("a" * 1_000_000)
    (tmp_path / "list.xlsx").write_bytes(workbook([["DSM", "a"], ["ASM", "b"]]))
    (tmp_path / "zip.docx").write_bytes(b"PK\x03\x04 no")
    for name, said in {
        "long.txt": "This text has 1,000,000 characters. The lens takes 200,000",
        "list.xlsx": "a workbook or a package of cards. Copy its text",
        "zip.docx": "damaged, or locked by a password",
        "missing.txt": "can't be read (No such file or directory)",
    }.items():
        done = ran("words", "--in", tmp_path / name, "--home", tmp_path)
        assert done.status == 2, name
        assert said in done.err
