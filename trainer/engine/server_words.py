"""What a message says to somebody on a server, who has no file, no command and no disk of it.

Messages are written for whoever sits at the computer. Here the parts of them go that name a path or a
command, or say what only that person can do; whoever reads it is told whom to ask instead.
"""

import re
from collections.abc import Iterable
from pathlib import Path

ASK = "Whoever runs this server can put it right."

UPKEEP = frozenset(
    {"backups", "doctor", "erase", "export", "import-progress", "launcher", "merge", "rename", "serve"}
)
"""Commands that look after records: who reads of them has to ask for what they do."""
COMMANDS = UPKEEP | {
    *("brief", "check", "decks", "doubts", "drill", "import", "interview", "put-away", "quiz", "roles"),
    *("settings", "stars", "stats", "study", "team", "words"),
}
"""All commands; the others do what the app does too."""

_COMMAND = re.compile(rf"\btrainer ({'|'.join(sorted(COMMANDS))})\b")
_OPTION = re.compile(r"(?<!\w)--[a-z]")
_NOT_THEIRS = re.compile(
    r"\bmake space\b|\bmake the folder\b|\bmake it readable\b|\bconnect that\b|\bshorter path\b"
    r"|\bmove .* elsewhere\b|\bclose other programs\b|\bclock of this computer\b|\bset it right\b"
    r"|\bupdate trainer\b|\bthe disk\b|\bits links lead\b|\blook whether it is still there\b"
    r"|\bit lies where\b|\bthe path to it\b",
    re.IGNORECASE,
)
"""What only who runs the server can do."""
_CLAUSE = re.compile(r"(?<=[.!?:;]) +")
_BELOW = r"""(?:/(?:(?!:\ |,\ |;\ |\.\ )[^\n"“”])*?\.\w{2,8}\b|/[^\s"“”:;,]*)?"""
"""What may follow a folder: a file in it, whose name may hold blanks, or another folder."""
_ANY_PATH = r"(?<![\w.:/])(?:/[\w.@+~-]+){2,}"
_A_FILE = "a file on the server"


def told_on_a_server(words: str, hidden: Iterable[Path]) -> str:
    """Return a message without what is the server's own; `hidden` are its folders, the inner ones first.

    The file of a sheet keeps its name, by which who looks after the sheets knows it.
    """
    return "\n".join(_line(line, hidden) for line in words.split("\n"))


def _line(line: str, hidden: Iterable[Path]) -> str:
    places = "|".join([*(f"{re.escape(str(folder))}{_BELOW}" for folder in hidden), _ANY_PATH])
    without = re.sub(places, _named, line)
    clauses = _CLAUSE.split(without)
    kept, asks = [], _A_FILE in without
    for clause in clauses:
        command = _COMMAND.search(clause)
        if command or _OPTION.search(clause) or _NOT_THEIRS.search(clause):
            asks = asks or not command or command[1] in UPKEEP
        else:
            kept.append(clause)
    if kept == clauses and not asks:
        return without
    said = re.sub(r"[:;,]$", ".", " ".join(kept))
    said = re.sub(rf"(^|[.!?] ){_A_FILE}", lambda found: f"{found[1]}{_A_FILE.capitalize()}", said)
    return " ".join(filter(None, [said, ASK if (asks or not said) and ASK not in said else ""]))


def _named(found: re.Match[str]) -> str:
    path = Path(found[0])
    return path.name if path.suffix == ".toml" and path.parent.name == "decks" else _A_FILE
