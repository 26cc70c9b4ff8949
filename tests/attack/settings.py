"""Settings that were edited by a hand that slipped: each is read, and what is wrong in it is told."""

import random
from pathlib import Path

from textual.binding import BindingsMap

from tests.attack.outcome import Outcome
from trainer.app.features import key_tables
from trainer.app.kit.keys import APP_KEYS
from trainer.app.kit.settings import read_settings
from trainer.app.kit.themes import DARK, LIGHT
from trainer.crash import place
from trainer.reports.health import of_settings

_IDS = {binding.id for table in key_tables() for binding in table if binding.id}
_SOUND = """\
# my settings
theme = "light"

[keys]
app.help = "f1,question_mark"
study.hint = "z"
"today.quiz" = "ctrl+n"
"""
_PIECES = (
    *(
        "theme",
        "keys",
        "[keys]",
        "[[keys]]",
        "=",
        '"',
        "'",
        '"""',
        "\n",
        "\t",
        " ",
        ".",
        ",",
        "[",
        "]",
        "{",
        "}",
        "#",
    ),
    *(
        '"dark"',
        '["dark"]',
        "{}",
        "[]",
        "true",
        "nan",
        "-inf",
        "1979-05-27",
        "07:32:00",
        "0x1F",
        "1e400",
        "9" * 4400,
    ),
    *("é", "\u202e", "\x1b[31m", "\x00", "\\u0000", "\\ud800", "\\UFFFFFFFF", "\\x", "\r\n", "\ufeff", "🎭"),
    *(
        "[" * 400,
        "a." * 1000 + "a = 1\n",
        "x = {y = " * 150,
        '"ctrl+"',
        '"+"',
        '","',
        '""',
        '"a,b,,c"',
        "colour = 3\n",
    ),
    *(
        '"ctrl+shift+f99"',
        f'"{"k" * 5000}"',
        '"space"',
        '"LATIN SMALL LETTER A"',
        'keys = "x"\n',
        "theme.x = 1\n",
    ),
)


def attack(folder: Path, count: int, seed: int = 1) -> list[Outcome]:
    """Read so many files of settings, each with some damage, as the app and the check-up do."""
    folder.mkdir(parents=True)
    chance, outcome = random.Random(seed), Outcome("settings with a slip of the hand")
    path = folder / "config.toml"
    for _ in range(count):
        outcome.tried += 1
        content = _slipped(chance)
        path.write_bytes(content)
        try:
            _look(path, outcome)
        except Exception as error:  # noqa: BLE001 — this is what is looked for
            outcome.wrong[
                f"stack trace, {place(error)}: {ascii(content.decode(errors='replace'))[:300]}"
            ] += 1
    return [outcome]


def _look(path: Path, outcome: Outcome) -> None:
    found = read_settings(path, key_tables())
    outcome.expect(found.theme in {DARK, LIGHT}, "an unknown theme")
    outcome.expect(found.keymap.keys() <= _IDS, "an unknown key")
    for problem in found.problems:
        outcome.expect(str(path) in problem, f"where it is is not told: {problem[:200]!r}")
        outcome.expect(problem.isprintable() and len(problem) < 500, f"not one line: {problem[:200]!r}")
        outcome.expect(problem.endswith((".", "?")), f"no sentence: {problem[:200]!r}")
    told = of_settings(path, found.problems)
    outcome.expect(len(told.findings) == len(found.problems), "not all is told by the check-up")
    BindingsMap(APP_KEYS).apply_keymap(dict(found.keymap))


def _slipped(chance: random.Random) -> bytes:
    """Return settings in which some pieces were cut out, doubled, or put in."""
    text = _sound(chance)
    for _ in range(chance.randint(0, 5)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 0, 1, 3, 20)))
        text = text[:at] + chance.choice((*_PIECES, text[at:end] * 2, "")) + text[end:]
    content = bytearray(text.encode(errors="replace"))
    if content and chance.random() < 0.2:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _sound(chance: random.Random) -> str:
    """Return settings that name keys there are."""
    lines = [f'{id_} = "{chance.choice(("x", "f5", "ctrl+n", "é", "q"))}"' for id_ in sorted(_IDS)]
    return _SOUND + "\n".join(chance.sample(lines, 3)) + "\n"
