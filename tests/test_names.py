"""One person, one record: names are compared by what one reads, and nobody is made by a slip."""

import os
import sys
from pathlib import Path

import pytest

from tests.commands import ran, trainer
from tests.learners import answered, begun
from tests.progress.samples import FakeClock, record_of, session
from tests.terminal import Terminal
from trainer.errors import RecruiterNameError
from trainer.home import Home
from trainer.names import look_alike, name_key, new_here, same_name

pytestmark = pytest.mark.slow

ZOE = ["Zoë", "zoë", "ZOË", "Zoë\u200b", "Zo\u00adë", "Zoe\u0308", "Ｚoë", " Zoë ", "Zo\udceb"]
LOCALE = {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def names(home: Home) -> list[str]:
    """Return the files of records, by their names in bytes as text."""
    return sorted(path.name for path in home.progress.iterdir() if path.suffix == ".json")


class TestTheSame:
    def test_every_spelling_has_one_key(self) -> None:
        assert len({name_key(name) for name in ZOE}) == 1
        assert len({name_key(name) for name in ("Zoe", "Zoë", "Zoö", "\u0430nna", "anna")}) == 5

    def test_every_spelling_opens_one_record(self, home: Home) -> None:
        for answers, name in enumerate(ZOE, start=1):
            assert answered(home, name, 1).name == "Zoë.json"
            assert len(list(home.progress.glob("*.json"))) == 1
            assert home.known(name) == "Zoë"
            assert f"{answers} review" in ran("doctor", "--recruiter", name, "--home", home.root).out
        assert [each.name for each in home.backups.iterdir()] in ([], ["Zoë"])

    @pytest.mark.parametrize("stem", [b"Zoe\xcc\x88", b"Zo\xeb", "zoë".encode(), "Zoë\u200b".encode()])
    def test_a_record_in_another_form_is_reached_and_stays_where_it_is(self, home: Home, stem: bytes) -> None:
        begun(home, "Zoë").rename(home.progress / os.fsdecode(stem + b".json"))
        for name in ("Zoë", "zoë"):
            assert os.fsencode(answered(home, name).name) == stem + b".json"
        assert [name_key(name) for name in home.recruiters()] == ["zoë"]
        assert ran("doctor", "--home", home.root).status == 0
        backups = [os.fsencode(each.name) for each in home.backups.iterdir()]
        assert backups in ([], [stem])

    def test_two_that_were_made_before_are_told_apart_by_their_spelling(self, home: Home) -> None:
        aside = begun(home, "Zoë").rename(home.root / "aside")
        begun(home, "zoë")
        aside.rename(home.progress / "Zoë.json")
        assert home.recruiters() == ["Zoë", "zoë"]
        assert [home.known(name) for name in ("Zoë", "zoë")] == ["Zoë", "zoë"]
        with pytest.raises(RecruiterNameError, match=r'may be each of these: "Zoë", "zoë".*trainer merge'):
            home.known("ZOË")
        done = ran("merge", "zoë", "Zoë", "--yes", "--home", home.root)
        assert (done.status, names(home)) == (0, ["Zoë.json"])
        assert home.known("ZOË") == "Zoë"

    def test_a_name_can_be_spelled_anew(self, home: Home) -> None:
        clock = FakeClock()
        session(record_of(home.root, "Zoe\u0308"), clock, "asm/meanings/asm")
        clock.move(60 * 24 * 3)
        session(record_of(home.root, "zoë"), clock, "asm/meanings/asm")
        done = ran("rename", "ZOË", "zoë", "--home", home.root)
        assert (done.status, names(home)) == (0, ["zoë.json"])
        assert [each.name for each in home.backups.iterdir()] == ["zoë"]
        assert ran("rename", "zoë", "zoe\u0308", "--home", home.root).status == 2

    def test_another_ones_name_is_taken_in_every_spelling(self, home: Home) -> None:
        begun(home, "anna")
        begun(home, "Zoë")
        done = ran("rename", "anna", "ZOË", "--home", home.root)
        assert done.status == 2
        assert 'There is progress of "Zoë" already' in done.err

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locale")
    def test_a_locale_without_utf8_starts_nobody_from_zero(self, home: Home) -> None:
        answered(home, "Zoë", 2)
        for name in ("Zoë".encode("latin-1"), "Zoë".encode()):
            done = trainer("doctor", "--recruiter", os.fsdecode(name), "--home", home.root, **LOCALE)
            assert "2 reviews" in done.stdout, done.stderr
        assert names(home) == ["Zoë.json"]

    @pytest.mark.parametrize(
        "copy",
        [
            "Copy of anna",
            "anna - Copy",
            "anna copy",
            "Kopie von anna",
            "anna (1)",
            "annaのコピー",
            "Copy of anna (2)",
            "#anna#",
            "hannah-anna",
            "Hanna's anna",
        ],
    )
    def test_a_copy_by_a_file_manager_is_no_recruiter(self, home: Home, copy: str) -> None:
        path = answered(home, "anna", 2)
        path.with_name(f"{copy}.json").write_bytes(path.read_bytes())
        assert home.recruiters() == ["anna"]
        done = trainer("study", "--plain", "--home", home.root)
        assert (done.returncode, names(home)) == (0, ["anna.json"])


def test_what_goes_while_names_are_looked_for_is_nobody_and_hides_nobody(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal goes for a moment whenever somebody's answers are folded."""
    answered(home, "anna", 1)
    answered(home, "ben", 1)
    gone = home.progress / "anna.journal"
    gone.write_bytes(b"x")
    real = Path.is_file

    def is_file(path: Path) -> bool:
        found = real(path)
        if path == gone:
            path.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "is_file", is_file)
    assert home.recruiters() == ["anna", "ben"]


class TestNobodyBySlip:
    def test_a_name_leaves_nothing_before_its_first_answer(self, home: Home) -> None:
        for _ in range(2):
            done = trainer("study", "--plain", "--recruiter", "Bne", "--home", home.root)
            assert done.returncode == 0
            assert not home.progress.exists() or not list(home.progress.iterdir())
            assert not home.backups.exists()
        done = trainer("study", "--plain", "--recruiter", "Bne", "--home", home.root, typed="1\n")
        assert (done.returncode, home.recruiters()) == (0, ["Bne"])

    @pytest.mark.parametrize("command", ["study", "quiz"])
    def test_where_nobody_can_be_asked_a_new_name_has_to_be_said_to_be_new(
        self, home: Home, command: str
    ) -> None:
        begun(home, "Ben")
        arguments = (command, "--plain", "--recruiter", "Bne", "--home", home.root)
        done = trainer(*arguments, typed="1\n")
        assert done.returncode == 2
        assert (
            'New here: Bne? There is "Ben" already. Somebody new begins with --new-recruiter.' in done.stderr
        )
        assert home.recruiters() == ["Ben"]
        assert trainer(*arguments, "--practice", typed="1\n").returncode == 0
        assert home.recruiters() == ["Ben"]
        assert trainer(*arguments, "--new-recruiter", typed="1\n").returncode == 0
        assert home.recruiters() == ["Ben", "Bne"]
        assert trainer(*arguments, typed="1\n").returncode == 0, "known by now"

    def test_on_a_terminal_it_is_asked(self, home: Home) -> None:
        begun(home, "Ben")
        for typed, status, known in (("\r", 1, ["Ben"]), ("y\r", 0, ["Ben", "\u0412en"])):
            arguments = ("study", "--plain", "--recruiter", "\u0412en", "--home", home.root)
            with Terminal.trainer(*arguments, columns=120) as terminal:
                terminal.wait_for("looks the same in other letters. [y/N]")
                terminal.press(typed)
                if status == 0:
                    for question in ("What do you hire for?", "minutes a day"):
                        terminal.wait_for(question)
                        terminal.press("\r")
                    terminal.wait_for("don't know >")
                    terminal.press("1\r:q\r")
                assert terminal.wait_for_end() == status
            assert home.recruiters() == known


@pytest.mark.parametrize(
    ("name", "known", "alike"),
    [
        ("\u0430nna", "anna", True),
        ("\u0391nna", "Anna", True),
        ("\u041e\u0441\u043a\u0430\u0440", "Ockap", True),
        ("anna", "anna", False),
        ("ANNA", "anna", False),
        ("anne", "anna", False),
        ("Zoe", "Zoë", False),
    ],
)
def test_letters_of_another_script_look_alike(name: str, known: str, alike: bool) -> None:
    assert look_alike(name, ["x", known]) == (known if alike else None)
    assert not (alike and same_name(name, known))


def test_the_question_names_who_may_be_meant() -> None:
    assert new_here("Bne", ["Anna", "Ben"]) == 'New here: Bne? There is "Ben" already.'
    assert new_here("Kim", ["Anna", "Ben"]) == "New here: Kim? Here train: Anna, Ben."
    assert new_here("Kim", list("abcdef")) == "New here: Kim? Here train: a, b, c, d, e, …."
