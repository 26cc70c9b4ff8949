"""The settings: whatever stands in the file, the app starts, and what is wrong is told in a sentence."""

import stat
from pathlib import Path

import pytest

from tests.app.stage import running
from tests.commands import ran
from tests.learners import begun
from trainer.app.features import key_tables
from trainer.app.kit.settings import Settings, keep_setting, read_settings
from trainer.app.kit.themes import DARK, LIGHT
from trainer.home import Home

WRONG = {
    'theme = ["dark"]': 'theme is no text; write theme = "dark" or theme = "light".',
    "theme = {}": 'theme is no text; write theme = "dark" or theme = "light".',
    "[theme]\nx = 1": 'theme is no text; write theme = "dark" or theme = "light".',
    "theme = 3": 'theme is no text; write theme = "dark" or theme = "light".',
    "motion = 1": "motion is neither true nor false; write motion = false to have nothing glide.",
    'theme = "blue"': 'theme is "blue"; write theme = "dark" or theme = "light".',
    f'theme = "{"b" * 5000}"': f'theme is "{"b" * 60}…"; write theme = "dark" or theme = "light".',
    'keys = "x"': 'keys is no table. Write [keys] on a line, and below it lines such as app.find = "f5".',
    "[[keys]]": 'keys is no table. Write [keys] on a line, and below it lines such as app.find = "f5".',
    'colour = "x"': 'no setting "colour". There are "theme", "motion", "plain" and the table [keys].',
    'teme = "light"': 'there is no setting "teme". Did you mean "theme"?',
    "[key]": 'there is no setting "key". Did you mean "keys"?',
    "keys.study.hint = 3": "[keys] study.hint: write the key in quotes.",
    f"x = {'[' * 4000}{']' * 4000}": "its brackets are nested too deeply",
    f"keys = {'{a = ' * 400}1{'}' * 400}": f"[keys] {'a.' * 30}…: there is no key of this name.",
    f"keys.{'a.' * 1000}a = 1": "its brackets are nested too deeply",
    f"keys.{'a.' * 40}a = 1": f"[keys] {'a.' * 30}…: there is no key of this name.",
    f"x = {'9' * 5000}": "a number in it has too many digits",
    'theme = "light': "can't be read, so nothing in it counts: Unterminated string",
    b'theme = "light"\nx = "\xff"': "line 2 is not UTF-8 text. Save it as UTF-8.",
    b"\xff\xfet\0h\0": "line 1 is not UTF-8 text. Save it as UTF-8.",
    b"\0" * 100: "can't be read, so nothing in it counts:",
    b"#" * 1_000_001: "it is too large",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.mark.parametrize(("content", "said"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_wrong_is_told_and_left_out(path: Path, content: str | bytes, said: str) -> None:
    put(path, content)
    found = read_settings(path, key_tables())
    (problem,) = found.problems
    assert problem.startswith(str(path))
    assert said in problem
    assert problem.isprintable()
    assert (found.theme, found.keymap) == (DARK, {})


def put(path: Path, content: str | bytes | None) -> None:
    """Write settings; None makes a folder of that name."""
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_what_is_right_beside_it_counts(path: Path) -> None:
    path.write_text('theme = "light"\ncolour = 1\n[keys]\nstudy.hint = "z"\nnosuch = "y"\n', encoding="utf-8")
    found = read_settings(path, key_tables())
    assert (found.theme, found.keymap) == (LIGHT, {"study.hint": "z"})
    assert len(found.problems) == 2


def test_ids_of_earlier_versions_count(path: Path) -> None:
    path.write_text('[keys]\nreview.save = "f8"\nreview.zzzzz = "f9"\n', encoding="utf-8")
    found = read_settings(path, key_tables())
    assert found.keymap == {"mending.save": "f8"}
    assert [problem.partition(": there")[0] for problem in found.problems] == [f"{path}: [keys] review.zzzzz"]


def test_of_many_faults_some_are_told_and_the_others_counted(path: Path) -> None:
    path.write_text("".join(f"x{number} = 1\n" for number in range(100)), encoding="utf-8")
    problems = read_settings(path, key_tables()).problems
    assert len(problems) == 13
    assert problems[-1] == f"{path}: 88 more like these."


def test_a_folder_of_that_name_is_told(path: Path) -> None:
    path.mkdir()
    assert read_settings(path, key_tables()).problems == (
        f"{path} can't be read, so nothing in it counts: Is a directory.",
    )


def test_without_a_file_there_is_nothing_to_tell(path: Path) -> None:
    assert read_settings(path, key_tables()) == Settings()


@pytest.mark.slow
@pytest.mark.parametrize("content", [*WRONG, None], ids=range(len(WRONG) + 1))
async def test_the_app_and_the_check_up_start_all_the_same(path: Path, content: str | bytes | None) -> None:
    put(path, content)
    done = ran("doctor", "--home", path.parent)
    assert (done.status, done.err) == (1, "")
    assert f"✗ Settings: {path}" in done.out
    async with running(Home(path.parent), "anna") as stage:
        assert stage.app.theme == DARK


def text(path: Path) -> str:
    return path.read_bytes().decode("latin-1")


def link(path: Path, target: Path) -> None:
    path.symlink_to(target)


class TestTheTheme:
    async def test_it_is_kept_at_once(self, path: Path) -> None:
        begun(Home(path.parent), "anna")
        async with running(Home(path.parent)) as stage:
            await stage.press("f2")
            assert text(path) == 'theme = "light"\n'
        async with running(Home(path.parent)) as stage:
            assert stage.app.theme == LIGHT
            await stage.press("f2")
        assert text(path) == 'theme = "dark"\n'

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("# mine\n\ntheme = 'dark'  # at night\n", '# mine\n\ntheme = "light"  # at night\n'),
            ('[keys]\n"study.hint" = "x" # h\n', 'theme = "light"\n\n[keys]\n"study.hint" = "x" # h\n'),
            ("theme = 3\r\n# end", 'theme = "light"\r\n# end'),
            ("\ufeff# with a mark\n", '# with a mark\ntheme = "light"\n'),
            ("nosuch = 1", 'nosuch = 1\ntheme = "light"\n'),
        ],
    )
    def test_all_else_stays_as_it_is(self, path: Path, before: str, after: str) -> None:
        path.write_bytes(before.encode())
        path.chmod(0o640)
        keep_setting(path, "theme", "light")
        assert path.read_bytes().decode() == after
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    @pytest.mark.parametrize("content", ["theme = ", b"\xff", "a = 1\na = 2"])
    async def test_a_file_that_cannot_be_changed_is_left_alone_and_told(
        self, path: Path, content: str | bytes
    ) -> None:
        put(path, content)
        before = text(path)
        begun(Home(path.parent), "anna")
        async with running(Home(path.parent)) as stage:
            await stage.press("f2")
            assert stage.app.theme == LIGHT
            (told,) = [each.message for each in stage.app._notifications]
            assert told.startswith("These colours are not kept for the next time.")
            assert 'Write theme = "light" into it yourself.' in told
        assert text(path) == before

    async def test_a_folder_that_cannot_be_written_is_told(self, path: Path) -> None:
        begun(Home(path.parent), "anna")
        link(path, path.parent / "progress" / "anna.json" / "x")
        async with running(Home(path.parent)) as stage:
            await stage.press("f2")
            assert len(stage.app._notifications) == 1
