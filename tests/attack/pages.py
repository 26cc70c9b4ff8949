"""Pages, lists and documents that were changed at random, imported one after the other into one home.

`python -m tests.attack.pages --count 10000 --seed 1`: no stack trace and no hang, nothing in a sheet that
does not stand in what was imported, and nothing gone from a sheet that was there.
"""

import argparse
import html
import random
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.attack.outcome import Outcome
from tests.material.layouts import LAYOUTS, TRADES, Style
from tests.progress.faults import unsynced
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.material.changes import raw_of
from trainer.material.documents import document
from trainer.material.files import read_sheet
from trainer.material.importing import Plan, plan_import, save
from trainer.material.intake import Given, read_file
from trainer.material.page.source import plain_text, text_of, tidied
from trainer.material.sheet_files import shipped_ids
from trainer.material.words.adding import plan_vocabulary
from trainer.material.words.word_list import WordList

LONGEST = 5
"""Seconds that one text may take with all that is done to it: the machine may be busy."""

_SAID = {
    *("name", "industry", "job_titles", "term", "stands_for", "aliases", "meaning", "signal", "title"),
    *("years", "ask", "text"),
}
"""The keys of a sheet that hold what was imported."""

_SIGNS = (
    *(
        "•",
        "-",
        "*",
        "–",
        ":",
        ".",
        "(",
        ")",
        '"',
        "'",
        "|",
        ",",
        ";",
        "\n",
        " ",
        "\t",
        "\xa0",
        "\x1b[1m",
        "<",
        ">",
    ),
    *(
        "&",
        "\u202e",
        "\u200b",
        "é",
        "0",
        "Q:",
        "A.",
        "=",
        "#",
        "{",
        "\\",
        "\r\n",
        "years",
        "Senior",
        "\n\n",
        '"""',
    ),
    *("Mid (2-5 years)", "Red Flags to Watch For", "Expected Answer:", "---", "\ud83c", "\0", "🎭"),
)


_BULLET = re.compile(r"^\s*(?:\(?\w{1,2}[.)]|[o*→✔-])\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
"""A definition is told without the sentence on what a term means on a résumé, which may stand within."""


class HangError(Exception):
    """An import took too long."""


def attack(folder: Path, count: int, seed: int) -> list[Outcome]:
    """Try so many changed texts, of each kind in turn; the home is a new one after some hundred."""
    outcomes = {kind: Outcome(f"changed {kind}") for kind in _KINDS}
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    with unsynced():
        for number in range(count):
            chance = random.Random(f"{seed}/{number}")
            kind = list(_KINDS)[number % len(_KINDS)]
            home = Home(folder / f"home-{number // 300}")
            name, data = _changed(kind, chance)
            outcome = outcomes[kind]
            outcome.tried += 1
            before = outcome.wrong.total()
            _try(folder / name, data, home, outcome)
            if outcome.wrong.total() > before:
                (folder / "failed" / f"{number}-{name}").write_bytes(data)
    return list(outcomes.values())


def _try(path: Path, data: bytes, home: Home, outcome: Outcome) -> None:
    path.write_bytes(data)
    try:
        with _alarm():
            given = read_file(path)
            text = _source(data, path)
            source = f"{folded(text)}\n{folded(_BULLET.sub('', text))}"
            for plan in _plans(given, home):
                _look(plan, source, outcome)
                kept = _held(plan.path) if plan.path.exists() else set()
                save(plan)
                outcome.expect(kept <= _held(plan.path), "something is gone from a sheet that was there")
    except TrainerError:
        pass  # a sentence
    except HangError:
        outcome.wrong["it took too long"] += 1
    except Exception as error:  # noqa: BLE001 — it is what is looked for
        outcome.wrong[f"stack trace, {type(error).__name__}: {str(error)[:60]}"] += 1
    finally:
        path.unlink()


def _plans(given: Given, home: Home) -> Iterator[Plan]:
    if isinstance(given, WordList):
        yield plan_vocabulary(given, given.name or "Words", home)
        return
    for found in given:
        yield plan_import(found, home, None, shipped_ids())


def _look(plan: Plan, source: str, outcome: Outcome) -> None:
    added = set(facts(raw_of(plan.sheet))) - (set() if plan.before is None else _held_facts(plan.before))
    said = (sentence for fact in added - {plan.sheet.name} for sentence in _SENTENCE_END.split(fact))
    invented = [sentence for sentence in said if folded(sentence) not in source]
    outcome.expect(not invented, f"invented: {invented[:1]}"[:90])


def _source(data: bytes, path: Path) -> str:
    """Return the text in what was imported, in each form in which it may be read."""
    given = document(data, path.name, "")
    if isinstance(given, WordList):
        return " ".join(f"{each.term} {each.meaning}" for each in given.entries)
    text = text_of(data, path.name) if given is None else given
    forms = [tidied(text), text.replace('""', '"')]
    forms.append(re.sub(r"<[^<>]*>", " ", html.unescape(text)))  # a table in what a page does not show
    with suppress(TrainerError):
        forms.append(plain_text(text))
    return "\n".join([*forms, *(form.replace("**", "").replace("__", "") for form in forms)])


def folded(text: str) -> str:
    """Return what counts of a text when it is looked for: no blanks, no hyphens."""
    return re.sub(r"[\s|•-]+", "", text)


def facts(value: Any, key: str = "") -> Iterator[str]:
    """Yield what a sheet says that was on its page."""
    match value:
        case str() if key in _SAID:
            yield value
        case dict():
            for name, item in value.items():
                yield from facts(item, name)
        case list():
            for item in value:
                yield from facts(item, key)


def _held_facts(text: str) -> set[str]:
    import tomllib

    return set(facts(tomllib.loads(text)))


def _held(path: Path) -> set[str]:
    """Return the ids of all items of a sheet, each with its section."""

    def ids(value: Any, way: str) -> Iterator[str]:
        match value:
            case dict():
                here = f"{way}/{value['id']}" if "id" in value and way else way
                yield here
                for name, item in value.items():
                    yield from ids(item, f"{here if name in {'points', 'answers'} else ''}/{name}")
            case list():
                for item in value:
                    yield from ids(item, way)

    return set(ids(raw_of(read_sheet(path)), ""))


# What is changed


def _page(chance: random.Random) -> str:
    layout = chance.choice(list(LAYOUTS.values()))
    return layout(chance.choice(TRADES), Style(first=chance.randrange(30)))


def _entries(chance: random.Random) -> list[tuple[str, str]]:
    trade = chance.choice(TRADES)
    words = [(question.ask.strip("?"), question.points[0]) for question in trade.questions]
    return [*words, *zip(trade.titles, trade.flags, strict=False), (trade.term, trade.meaning)]


def _list(chance: random.Random) -> tuple[str, str]:
    between, name = chance.choice(
        [(" – ", "words.txt"), (": ", "words.md"), ("\t", "set.txt"), (",", "words.csv"), (";", "words.csv")]
    )
    return name, "\n".join(f"{term}{between}{meaning}" for term, meaning in _entries(chance))


def _zipped(parts: dict[str, str]) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    return data.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _escaped(text: str) -> str:
    text = "".join(sign for sign in text if sign in "\n\t" or sign >= " ")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _word(text: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>',
        }
    )


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "for the team"
    message["From"] = "kim@example.org"
    message.set_content(text)
    return bytes(message)


def _rich(text: str) -> bytes:
    signs = "".join(
        {"\\": "\\\\", "{": "\\{", "}": "\\}", "\n": "\\par\n"}.get(sign)
        or (sign if ord(sign) < 128 else f"\\u{(ord(sign) + 0x8000) % 0x10000 - 0x8000}?")
        for sign in text
    )
    return f"{{\\rtf1\\ansi {signs}}}".encode()


def _document(chance: random.Random, text: str) -> tuple[str, bytes]:
    make, name = chance.choice([(_word, "page.docx"), (_mail, "page.eml"), (_rich, "page.rtf")])
    return name, make(text.encode("utf-8", "ignore").decode())


def _lines_moved(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randrange(1, 6)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        what = chance.randrange(5)
        if what == 0:
            lines[at], lines[to] = lines[to], lines[at]
        elif what == 1 and len(lines) > 1:
            del lines[at]
        elif what == 2:
            lines.insert(to, lines[at])
        elif what == 3:
            lines[at] = f"{lines[at]} {lines[to]}"
        else:
            lines.insert(at, "")
    return "\n".join(lines)


def _cut(text: str, chance: random.Random) -> str:
    start = chance.choice([0, 0, chance.randrange(len(text) + 1)])
    return text[start : chance.randrange(start, len(text) + 1)]


def _signs_put_in(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(text) + 1)
        text = f"{text[:at]}{chance.choice(_SIGNS)}{text[at + chance.randrange(3) :]}"
    return text


def _mixed(text: str, chance: random.Random) -> str:
    other = _page(chance)
    at = chance.randrange(len(text) + 1)
    return chance.choice([f"{text}\n\n{other}", f"{text[:at]}{other[chance.randrange(len(other)) :]}", text])


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    *(_lines_moved, _lines_moved, _cut, _signs_put_in, _signs_put_in, _mixed, _shuffled),
)


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(changed))
        changed[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        if not changed:
            break
    return bytes(changed)


def _changed_text(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 3)):
        text = chance.choice(_CHANGES)(text, chance) or " "
    return text


def _changed_page(chance: random.Random) -> tuple[str, bytes]:
    text = _page(chance)
    name = "page.html" if text.startswith("<") else "page.txt"
    return name, _changed_text(text, chance).encode("utf-8", "replace")


def _changed_list(chance: random.Random) -> tuple[str, bytes]:
    name, text = _list(chance)
    return name, _changed_text(text, chance).encode("utf-8", "replace")


def _changed_document(chance: random.Random) -> tuple[str, bytes]:
    if chance.randrange(2):
        return _document(chance, _changed_text(_page(chance), chance))
    name, data = _document(chance, _page(chance))
    return name, _bytes_changed(data, chance)


_KINDS: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "pages": _changed_page,
    "lists of words": _changed_list,
    "documents": _changed_document,
}


def _changed(kind: str, chance: random.Random) -> tuple[str, bytes]:
    return _KINDS[kind](chance)


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise HangError

    former = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def main() -> int:
    """Attack; return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.pages", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="texts to change, %(default)s if not told")
    parser.add_argument("--seed", type=int, default=1, help="for what is left to chance, %(default)s")
    chosen = parser.parse_args()
    scratch = Path("build/attack")  # a disk, where /tmp may be memory
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=scratch)).resolve()
    outcomes = attack(folder, chosen.count, chosen.seed)
    for outcome in outcomes:
        print(outcome)
    wrong = any(outcome.wrong for outcome in outcomes)
    if wrong:
        print(f"What went wrong is in {folder / 'failed'}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
