"""Random command lines, with what a shell may do to a command: odd paths, streams and variables.

Left out, as other rooms answer for them: devices and FIFOs as files, libraries of a thousand terms, locks
of network drives, and records whose content is damaged.
"""

import random
import shutil
from pathlib import Path
from typing import NamedTuple

from tests.app.sheets import SHEET
from tests.attack.grammar import Option, commands
from tests.learners import right
from tests.material.pages import FULL
from tests.sharing.drills import published
from trainer.engine.drills import begin, to_take
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.home import Home

NAMES = (
    *(
        "anna",
        "Zoë",
        "Zoe\u0308",
        "Anna B.",
        "あ",
        "🎭",
        "\U0001f468\u200d\U0001f3a4",
        "a\u200bnna",
        "\u202eanna",
    ),
    *(
        "",
        " ",
        ".",
        "..",
        "-",
        "--",
        "a/b",
        "../x",
        "a\\b",
        "con",
        "nul.txt",
        "x" * 60,
        "x" * 300,
        "%41",
        "a:b*?",
    ),
    *(
        "\udce9",
        "Zo\udceb",
        "\x1b]52;c;eA==\a",
        "\x1b[31mred",
        "a\nb",
        "\r",
        "\t",
        "a\x7f",
        "\u0085",
        "[/x]",
        "{}",
    ),
    *("anna.json", "nobody yet", "\ufeff", "--help", "-h", "'", '"', "$HOME", "`id`", "a\u2028b"),
)
NUMBERS = (
    "1",
    "0",
    "-1",
    "5",
    "101",
    "1e3",
    "1.5",
    "",
    "x",
    "9" * 30,
    "9" * 5000,
    "٣",
    "０",
    "+2",
    " 3 ",
    "0x10",
)
DECKS = (
    *(
        "levels",
        "meanings",
        "synonyms",
        "answers",
        "assistant-stage-manager",
        "assistant-stage-manager/levels",
    ),
    *("stage manager", "Props", "ASM", "manager", "prop master/levels", "SAMPLE [red]room"),
    *("sample", "sample/levels", "nosuch", "/", "//", "levels/", "levels.toml", "a/b/c/d", "*"),
)
TYPED = (
    b"",
    b"\n",
    b"1\n" * 30,
    b"1\n:u\n:r\n:q\n",
    b"y\n",
    b"n\n",
    b"anna\n",
    b"\xff\xfe\n",
    b"\0\n",
    b"0\n" * 5,
)
_IN_A_TEAM = 0.4
"""So many learners are in a team."""
_HALF = 0.5
_ODD = (
    *("progress", "decks", "backups", "config.toml", "pages", "cache", "told.txt", "imports", "bases", "web"),
    *(
        "teams",
        "teams/anna/member.json",
        "teams/anna/agreed.jsonl",
        "teams/anna/attempts",
        "teams/anna/known.json",
    ),
    *("teams/anna/read.msgpack", "teams/anna/address.json", "teams/anna/drafts", "backups/anna"),
)
SETTINGS = ("minutes", "region", "retention", "roles", "paused", "nosuch", "")
STREAMS = (*("whole",) * 12, "closed", "full", "broken")
_SWITCHES = (
    "--plain",
    "--practice",
    "--json",
    "--yes",
    "--fix",
    "--csv",
    "--dry-run",
    "--help",
    "-h",
    "--version",
)
LEVELS = ("junior", "mid", "SENIOR", "", "none", "lead", "\u202esenior", "x" * 300)
DATES = (
    *(
        "today",
        "tomorrow",
        "Thu",
        "3 Dec",
        "2026-12-03",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "yesterday",
    ),
    *("29 Feb", "31.12.", "12/11/10", "٣ Dec", "1 " * 500, "", "9" * 30, "-1", "2026-12-03T10:00", "mañana"),
)
HOURS = ("14:00", "2 pm", "00:00", "24:00", "25:61", "noon", "", "9" * 30, "02:30", "-1:00", "12 am", "٢ pm")
_COMMANDS = commands()
_CHECK = ("check",)
"""Without a file it proofreads all shipped sheets, which takes longer than a line may."""


class Line(NamedTuple):
    """A command line, and what is around it."""

    arguments: list[str]
    typed: bytes
    source: str
    """What the standard input is: whole, closed, or one that can't be read."""
    out: str
    err: str
    environment: dict[str, str | None]


class Place(NamedTuple):
    """Folders that nothing needs afterwards."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def work(self) -> Path:
        """The folder that commands are run in."""
        return self.root / "work"

    def furnish(self, chance: random.Random, *, sound: bool = False) -> None:
        """Make everything anew: a home, mostly a sound one, and files that commands may be given."""
        for folder in (self.home, self.work):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        decks = self.home / "decks"
        decks.mkdir()
        (decks / "sample.toml").write_text(SHEET, encoding="utf-8")
        with Engine.open(Home(self.home), "anna") as training:
            session = training.study(limit=2)
            while session.question:
                session.answer(right(session.question))
                session.next()
        self._files()
        if chance.random() < _IN_A_TEAM:
            self._join(chance)
        if not sound:
            self._break(chance)

    def _join(self, chance: random.Random) -> None:
        """Put the learner into a team that has a drill, which they may have begun, and maybe sent."""
        share = self.work / "share"
        team = Team(Home(self.home), "anna")
        team.join(team.plan_new(str(share), "Casting [/x]", "Anna"))
        drill = published(count=2, attempts=2)
        team.publish(drill)
        with Engine.open(Home(self.home), "anna") as training:
            run = begin(training, team, to_take(team))
            for _ in range(chance.randint(0, 2)):
                assert run.session.question
                run.session.answer(right(run.session.question))
                run.session.next()
            if not run.session.question:
                run.finish()
                team.agree(run.result(), team.readers)
                if chance.random() < _HALF:
                    team.send()
        (self.work / "a.drill.toml").write_bytes(drill.data)

    def _files(self) -> None:
        (self.work / "page.txt").write_text(FULL, encoding="utf-8")
        (self.work / "page.html").write_text(f"<html><body><pre>{FULL}</pre></body></html>", encoding="utf-8")
        (self.work / "odd.html").write_text(f"<p>&#{'9' * 5000}; <![x[y]]> <!z></p>", encoding="utf-8")
        (self.work / "sheet.toml").write_text(SHEET, encoding="utf-8")
        (self.work / "bad.toml").write_bytes(b"x = \xff")
        (self.work / "deep.toml").write_text(f"x = {'[' * 400}{']' * 400}", encoding="utf-8")
        (self.work / "zeros").write_bytes(bytes(3000))
        (self.work / "empty").touch()
        (self.work / "folder").mkdir()
        (self.work / "folder.toml").mkdir()
        (self.work / "loop").symlink_to("loop")
        (self.work / "dangling").symlink_to("nothing-there")
        (self.work / "Zo\udceb.txt").touch()

    def _break(self, chance: random.Random) -> None:
        """Put something odd into every third home."""
        odd = chance.choice(_ODD)
        kind = chance.choice(("file", "folder", "loop", "text", "", "", "", "", ""))
        path = self.home / odd
        if not kind:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        match kind:
            case "file":
                path.touch()
            case "folder":
                path.mkdir()
            case "loop":
                path.symlink_to(path.name)
            case _:
                path.write_bytes(chance.randbytes(50))


def paths(place: Place) -> tuple[str, ...]:
    """Return paths that a command may be given: of files, of folders, and of nothing."""
    work, home = place.work, place.home
    return (
        *(str(work / "new" / "folder"), "folder", "."),
        *(path.name for path in work.iterdir()),
        *(
            "nosuch",
            "nosuch/x",
            "empty/x",
            "empty/x/y",
            "~nosuch/x",
            "~",
            "~/x",
            "-",
            ".",
            "",
            "..",
            "/dev/null",
        ),
        *(
            "/dev/null/x",
            "n" * 300,
            "n/" * 2500,
            f"{'n' * 250}/{'m' * 250}",
            "a\nb",
            "\x1b[31mx",
            "🎭/é",
            "\udce9",
        ),
        *(
            str(home),
            str(home / "decks"),
            str(home / "progress" / "anna.json"),
            str(home / "decks" / "sample.toml"),
        ),
        str(work / "page.txt"),
    )


def line(place: Place, chance: random.Random) -> Line:
    """Return a random command line: mostly one that makes sense, sometimes none at all."""
    known = paths(place)
    if chance.random() < 0.08:
        pool = (*(word for each in _COMMANDS for word in each.words), *_SWITCHES, *NAMES, *known[:20])
        pool = tuple(each for each in pool if each != "serve")  # without more it runs until it is stopped
        arguments = [chance.choice(pool) for _ in range(chance.randint(0, 5))]
        arguments += ["sheet.toml"] * (tuple(arguments) == _CHECK)
    else:
        arguments = _sensible(chance, known)
    return Line(
        [each.replace("\0", "") for each in arguments],
        chance.choice(TYPED),
        chance.choice(("whole", "whole", "whole", "whole", "closed", "no input")),
        chance.choice(STREAMS),
        chance.choice(STREAMS),
        _environment(place, chance, known),
    )


def _sensible(chance: random.Random, known: tuple[str, ...]) -> list[str]:
    """Return the arguments of a command, most of them such as it takes."""
    command = chance.choice(_COMMANDS)
    rest = [_given(chance, each, known) for each in command.arguments if chance.random() < 0.85]
    if command.words == _CHECK and not rest:
        rest = ["sheet.toml"]
    most = min(1.0, 2.5 / max(1, len(command.options)))
    for option in command.options:
        if chance.random() < most:
            rest += _option(chance, option, known)
    if command.recruiter and chance.random() < 0.5:
        rest += _option(chance, Option("--recruiter", "name"), known)
    if chance.random() < 0.1:
        rest += ["--home", chance.choice(known)]
    if chance.random() < 0.03:
        rest.append(chance.choice(_SWITCHES))
    return [*command.words, *rest]


def _option(chance: random.Random, option: Option, known: tuple[str, ...]) -> list[str]:
    if not option.kind:
        return [option.name]
    if option.kind == "word" and chance.random() < 0.8:
        value = chance.choice(option.words)
    else:
        value = _given(chance, option.kind, known)
    joined = chance.random() < 0.2 and option.name.startswith("--")
    return [f"{option.name}={value}"] if joined else [option.name, value]


def _given(chance: random.Random, kind: str, known: tuple[str, ...]) -> str:
    """Return what a command is given: of its kind and usable, only of its kind, or anything."""
    usable = {
        "deck": DECKS[:9],
        "setting": SETTINGS[:4],
        "name": NAMES[:5],
        "number": NUMBERS[:4],
        "level": LEVELS[:3],
        "date": DATES[:5],
        "hour": HOURS[:3],
        "page": ("page.txt", "page.html", "a.drill.toml"),
        "place": ("share", "new/folder", "postgresql://127.0.0.1:1/x"),
    }
    if chance.random() < 0.6:
        return chance.choice(usable.get(kind, known[:3]))
    pools = {
        "deck": DECKS,
        "name": NAMES,
        "number": NUMBERS,
        "setting": SETTINGS,
        "level": LEVELS,
        "date": DATES,
        "hour": HOURS,
    }
    return _odd(chance, chance.choice(pools.get(kind, known)))


def _odd(chance: random.Random, text: str) -> str:
    """Return a text, and now and then another one in its place."""
    if chance.random() < 0.1:
        return chance.choice(NAMES)
    if chance.random() < 0.03:
        return "".join(chr(chance.choice((*range(1, 300), *range(0xDC80, 0xDD00)))) for _ in range(9))
    return text


def _environment(place: Place, chance: random.Random, known: tuple[str, ...]) -> dict[str, str | None]:
    """Return variables to set, or to take away; the home is always one that nothing needs."""
    found: dict[str, str | None] = {"HOME": str(place.work), "TRAINER_HOME": str(place.home)}
    if chance.random() < 0.1:
        inside = [path for path in known if path]
        found["TRAINER_HOME"] = chance.choice(inside)
    if chance.random() < 0.05:
        found["TRAINER_HOME"] = f"{place.home}/\udce9 🎭\x1b[31m"
    for name, values in {
        "COLUMNS": ("0", "-1", "x", "1", "9" * 20),
        "LINES": ("0", "x"),
        "TERM": ("dumb", "", "nosuch"),
        "LANG": ("C", "xx_XX.nosuch"),
        "NO_COLOR": ("1",),
        "USER": ("", "\udce9", "a/b"),
        "LOGNAME": ("", "x" * 300),
        "TZ": ("nosuch", "", "UTC+99", "UTC+14"),
    }.items():
        if chance.random() < 0.05:
            found[name] = chance.choice(values)
    if chance.random() < 0.05:
        found |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return found
