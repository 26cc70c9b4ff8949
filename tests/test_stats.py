"""`trainer stats`: in lines, as JSON, and as a page."""

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.sheets import home_with_sheet
from tests.clocks import FakeClock
from tests.commands import ran, trainer
from tests.learners import begun
from tests.measured import confused, rate
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.calendar import study_day
from trainer.reports.statistics.html_format import as_html
from trainer.reports.statistics.sections import sections

HOSTILE = "<script>alert('1')</script> & [red]"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


class Page(HTMLParser):
    """Reads a page as a browser does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href", "srcset", "data"}]
        if tag not in {"meta", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_in_lines_and_as_json(home: Home) -> None:
    rate(home, 12)
    done = ran("stats", "--home", home.root)
    assert (done.status, done.err) == (0, "")
    assert "Lenient: +1.0 on average." in done.out
    assert "Days with answers\n-----------------\n" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    found = json.loads(ran("stats", "--json", "--home", home.root).out)
    rating = found["rating"]
    assert (rating["ratings"], rating["distance"], rating["leniency"]) == (12, 1.0, 1.0)
    assert (rating["ranking"], rating["agreement"]) == (None, None)
    assert rating["points"] == {"there": 12, "spotted": 12, "absent": 12, "imagined": 12}
    assert rating["weak"] == {"ratings": 6, "distance": 1.0, "leniency": 1.0}
    assert rating["strong"] == {"ratings": 3, "distance": None, "leniency": None}
    assert found["days"]["answers"] == 12


def test_hard_cards_and_mix_ups(home: Home) -> None:
    clock = confused(home, misses=4, clock=FakeClock(datetime.now(UTC) - timedelta(days=7)))
    done = ran("stats", "--home", home.root)
    told = " ".join(done.out.split())
    assert (
        "missed 4 of 5; Level indicators · Sample [red]room[/x] · mostly you took a Junior line for Senior"
        in told
    )
    last = study_day(clock.at)
    assert f"- You took a Junior line for Senior (4 times; last {last:%a} {last.day} " in told
    found = json.loads(ran("stats", "--json", "--home", home.root).out)
    assert found["accuracy"]["whole"]["ever"] == {"right": 0, "of": 4}
    assert found["mix_ups"][0]["practice"] == ["sample/levels/props", "sample/levels/show"]


def test_without_an_answer_and_without_a_record(tmp_path: Path) -> None:
    done = trainer("stats", "--home", tmp_path, "--recruiter", "nobody")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No whole answer" in done.stdout
    assert "No answers yet." in done.stdout
    assert not list(tmp_path.rglob("*.json")), "to look at statistics makes no record"


def test_for_a_screen_reader_there_are_words_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    confused(home, misses=4)
    drawn = ran("stats", "--home", home.root).out
    monkeypatch.setenv("ACCESSIBLE", "1")
    words = ran("stats", "--home", home.root).out
    assert "■" in drawn
    assert not {"■", "▪", "▁"} & set(words)
    assert "0 of 4, 0%" in words


def test_cards_of_a_sheet_that_is_gone(home: Home) -> None:
    confused(home, misses=4)
    (home.decks / "sample.toml").unlink()
    done = ran("stats", "--home", home.root)
    assert done.status == 0
    assert "No card is hard." in done.out
    assert "0 of 4, 0%" in done.out
    assert "sample" not in json.loads(ran("stats", "--json", "--home", home.root).out)["hard"]


def test_as_a_page(home: Home, tmp_path: Path) -> None:
    confused(home, misses=4)
    rate(home, 12)
    file = tmp_path / "progress.html"
    done = ran("stats", "--html", file, "--home", home.root)
    assert (done.status, done.out) == (0, f"{file}\n")
    html = file.read_text(encoding="utf-8")
    page = Page(html)
    assert not page.open
    assert not page.links
    assert not {"script", "link", "img", "iframe", "object"} & page.tags
    assert "svg" in page.tags
    assert "url(" not in html
    assert "@import" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert "default-src 'none'" in html
    for words in ("Progress of anna", "missed 4 of 5", "Sample [red]room[/x]", "Lenient: +1.0 on average."):
        assert words in page.words
    assert ran("stats", "--html", "-", "--home", home.root).out == html


def test_a_page_of_what_looks_like_markup(home: Home) -> None:
    clock = confused(home, misses=4)
    with Engine.open(home, "anna", saving=False, clock=clock) as engine:
        found = engine.statistics()
    hard = replace(found.hard[0], asks=HOSTILE, topic=HOSTILE)
    course = replace(found.accuracy.whole, name=HOSTILE)
    hostile = replace(found, hard=(hard,), accuracy=replace(found.accuracy, roles=(course, course)))
    page = Page(as_html(sections(hostile), HOSTILE, found.days.today))
    assert "script" not in page.tags
    assert page.words.count(HOSTILE) == 2 + 2 + 2, "in the title twice, of the card twice, of two roles"


def test_nothing_is_written_over_unasked(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "mine.html"
    file.write_text("mine", encoding="utf-8")
    done = ran("stats", "--html", file, "--home", home.root)
    assert done.status == 2
    assert "is there already" in done.out + done.err
    assert "--yes" in done.err
    assert file.read_text(encoding="utf-8") == "mine"
    assert ran("stats", "--html", file, "--home", home.root, typed="n\n").status == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert ran("stats", "--html", file, "--yes", "--home", home.root).status == 0
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("where", ["folder", "gone/page.html", "/dev/full"])
def test_where_no_page_can_be(home: Home, tmp_path: Path, where: str) -> None:
    (tmp_path / "folder").mkdir()
    done = ran("stats", "--html", tmp_path / where, "--yes", "--home", home.root)
    assert done.status == 2
    assert done.err.startswith("trainer: ")
    assert not list(tmp_path.rglob("*.tmp"))


def test_two_forms_at_once_are_refused(home: Home) -> None:
    done = ran("stats", "--json", "--html", "-", "--home", home.root)
    assert (done.status, done.err) == (2, "trainer: Say --json or --html, not both.\n")
