"""Whatever a file, a folder or an argument is called: its name is only text where it is printed."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import trainer
from tests.learners import answered
from tests.material.pages import FULL
from tests.terminal import Terminal
from trainer.clean import clean_text, printable, printable_json
from trainer.home import Home

pytestmark = pytest.mark.slow

ESCAPES = "\x1b]52;c;b3Bz\x07\x1b[31m\x9b2J\x7f\r"
HIDDEN = "\u200b\u200e\u200f\u061c\u202e\u2066\ufeff\ufff9\ufffb\u2060\u00ad\u034f\U000e0041\ufe0f"
ODD = f"b{ESCAPES}a{HIDDEN}d"
SHEET = f'name = "{HIDDEN}Odd"\n[[terms]]\nterm = 1\n'


def raw(text: str) -> list[str]:
    """Return what could steer a terminal or hide in a text."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [
        sign for sign in text if sign in HIDDEN or (sign != "\n" and unicodedata.category(sign) in hidden)
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home in which everything is called so that it would do harm."""
    home = tmp_path / f"h{ODD}"
    (home / "decks").mkdir(parents=True)
    (home / "decks" / f"{ODD}.toml").write_text(SHEET.encode("unicode_escape").decode().replace("\\n", "\n"))
    (home / "config.toml").write_text(f'"{HIDDEN}x" = 1\n')
    answered(Home(home), "anna", 3)
    (home / "progress" / f"anna ({ODD}).json").write_text('{"recruiter":"anna"')
    (home / "progress" / f"{ODD}.json").write_text("{}")
    return home


def commands(home: Path) -> Iterator[tuple[str | Path, ...]]:
    page = home / f"{ODD}.txt"
    page.write_text("no page")
    good = home / f"good{ODD}.txt"
    good.write_text(FULL, encoding="utf-8")
    yield ("decks",)
    yield ("decks", "--json")
    yield ("decks", "show", ODD)
    yield ("check",)
    yield ("check", home / "decks" / f"{ODD}.toml")
    yield ("study", "--plain", "meanings", "--recruiter", "anna")
    yield ("study", "--plain", ODD, "--recruiter", "anna")
    yield ("study", "--plain", "--recruiter", f"/{ODD}")
    yield ("quiz", "--plain", "-n", ODD)
    yield (f"--{ODD}",)
    yield (ODD,)
    yield ("import", page)
    yield ("import", good)
    yield ("import", "--dry-run", "--json", good)
    yield ("import-progress", page)
    yield ("import-progress", home / ODD)
    yield ("backups", "--recruiter", "anna")
    yield ("backups", "restore", ODD, "--recruiter", "anna")
    yield ("export", "--recruiter", "anna", "--out", home / ODD)
    yield ("doctor",)
    yield ("doctor", "--json")
    yield ("rename", "anna", f"/{ODD}")
    yield ("words", ODD)
    yield ("words", "--in", good)
    yield ("brief", ODD)
    yield ("interview", "add", ODD, "--on", ODD, "--recruiter", "anna")
    yield ("roles", "add", ODD, "--recruiter", "anna")
    yield ("settings", ODD, ODD, "--recruiter", "anna")
    yield ("stats", "--html", home / f"{ODD}.html", "--recruiter", "anna")
    yield ("serve", "--host", ODD)
    yield ("serve", "--public-url", f"https://{ODD}")
    yield ("serve", "invite", "bo", ODD)
    yield ("serve", "revoke", ODD)
    yield from in_a_team(home)
    yield ("erase", "--recruiter", "anna", "--yes", ODD)


def in_a_team(home: Path) -> Iterator[tuple[str | Path, ...]]:
    share, draft = home.parent / "share", home / f"{ODD}.drill.toml"
    yield ("team", "create", home / "share", "--name", "Casting", "--yes", "--recruiter", "anna")
    yield ("team", "join", home / ODD, "--alias", ODD, "--recruiter", "anna")
    yield ("team", "create", share, "--name", f"C{ODD}", "--alias", f"A{ODD}", "--yes", "--recruiter", "anna")
    assert (share / "team.toml").exists()
    (share / "results" / f"{ODD}.jsonl").write_text("{}\n")
    (share / "drills" / f"{ODD}.drill.toml").write_text("x")
    yield ("drill", "new", f"D{ODD}", "ASM", "-n", "2", "--into", draft, "--recruiter", "anna")
    for step in ("check", "publish", "take", "take"):
        yield ("drill", step, draft, "--recruiter", "anna")
    yield ("drill", "take", f"d{ODD}", "--recruiter", "anna")
    yield ("drill", "--recruiter", "anna")
    for step in ("members", "check", "report", "remove"):
        yield ("team", step, *([ODD] if step == "remove" else []), "--recruiter", "anna")
    for form in ("html", "csv", "json"):
        yield ("team", "report", "--format", form, "--recruiter", "anna")
    yield ("team", "leave", "--yes", "--recruiter", "anna")


def test_no_name_reaches_the_output_raw(home: Path) -> None:
    for command in commands(home):
        done = trainer("--home", home, *command, typed=f"1\n{ODD}\n:{ODD}\n")
        assert not raw(done.stdout + done.stderr), (command, done.stdout, done.stderr)
        assert done.stdout + done.stderr, command


def test_a_home_that_cannot_be_used_is_told_without_harm(tmp_path: Path) -> None:
    file = tmp_path / f"f{ODD}"
    file.touch()
    for command in (("decks", "--home", file), ("decks", "--home", f"~{ODD}/x")):
        done = trainer(*command)
        assert (done.returncode, raw(done.stderr)) == (2, [])


def test_an_output_in_ascii_has_the_same_door(home: Path) -> None:
    done = trainer("decks", "--home", home, PYTHONIOENCODING="ascii")
    assert not raw(done.stdout + done.stderr)


def test_nothing_hides_in_what_the_app_draws(home: Path) -> None:
    with Terminal.trainer("--home", home, "--recruiter", "anna", columns=120, rows=40) as terminal:
        seen: list[bytes] = []
        terminal.process.logfile_read = Log(seen)
        terminal.wait_for("Start")
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
        drawn = b"".join(seen).decode()
        assert "\x1b]52" not in drawn
        assert not [sign for sign in drawn if sign in HIDDEN or "\x7f" <= sign <= "\x9f"]


def test_a_question_on_a_terminal_has_the_same_door(home: Path) -> None:
    page = home / f"{ODD}.html"
    page.touch()
    with Terminal.trainer("--home", home, "stats", "--recruiter", "anna", "--html", page) as terminal:
        seen: list[bytes] = []
        terminal.process.logfile_read = Log(seen)
        terminal.wait_for("Put the page in its place?")
        terminal.press("n\r")
        assert terminal.wait_for_end() == 1
    assert not raw(b"".join(seen).decode().replace("\r\n", "\n"))


class Log:
    """Keeps what a process wrote."""

    def __init__(self, kept: list[bytes]) -> None:
        self._kept = kept

    def write(self, data: bytes) -> None:
        self._kept.append(data)

    def flush(self) -> None:
        """Nothing waits."""


@pytest.mark.parametrize("text", ["e\u0301", "a\tb\n", "né 🎭", "\udce9"])
def test_what_is_printed_keeps_its_form(text: str) -> None:
    assert printable(text) == text


def test_json_is_read_as_it_was() -> None:
    text = json.dumps({ODD: [ODD, "\U000e0041é"]}, ensure_ascii=False)
    assert not raw(printable_json(text))
    assert json.loads(printable_json(text)) == json.loads(text)


def test_every_sign_that_cannot_be_seen_goes() -> None:
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    odd = {"\n", *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2\u0890\u0891\u070f"}  # these can be seen
    left = [
        sign for sign in every if sign not in odd and unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}
    ]
    kept = [f"U+{ord(sign):04X}" for sign in left if clean_text(sign).strip()]
    assert not [name for name in kept if not name.startswith(("U+110", "U+1343", "U+1344"))]
