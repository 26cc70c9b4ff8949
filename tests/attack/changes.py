"""Records and journals, changed in their structure: other values, types, keys, dates and numbers."""

import json
import random
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from trainer.progress import checksums

NUMBERS = (
    *(0, -1, 1, 5, 7, 10**3, 36_500, 3_000_000, 10**10, 10**15, 2**53, 10**17, 10**18),
    *(2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), 10**30, -(10**30), 10**400),
    *(0.0, -0.5, 2.0, 1e-320, 1e17, 1e308, float("inf"), float("-inf"), float("nan")),
)
TEXTS = (
    *(
        "",
        "x",
        "0",
        "-1",
        "1e5",
        "\0",
        "\x1b]52;c;eA==\a",
        "\ud800",
        "a\nb",
        "é" * 30,
        "x" * 5000,
        "recall",
        "dance",
    ),
    *("0001-01-01", "0999-01-01", "1899-12-31", "1970-01-01", "2026-02-30", "2026-3-4", "20260304"),
    *("2999-12-31", "3000-01-01", "9999-12-31", "10000-01-01", "2026-03-04T05:06:07Z", "-0001-01-01"),
)
KEYS = (
    *("", "0", "00", "-1", "x", "1", "05", "1_0", "٣", "²", "9990101", "09990101", "99991231", "20260230"),
    *("9007199254740993", "32503766400000000", "33503766400000000", "9223372036854775807"),
    *(
        "18446744073709551616",
        "9" * 40,
        "9" * 5000,
        "undo",
        "sum",
        "home",
        "at",
        "rated",
        "card",
        "reviews",
        "cards",
    ),
)


def record(whole: bytes, chance: random.Random) -> bytes:
    """Return a record that was changed in one to four places; half of them get a right sum all the same."""
    tree = json.loads(whole)
    if chance.random() < 0.5:  # from another computer: what it tells is new here
        tree["reviews"] = {
            str(int(id_) + 1000): {**each, "ms": 77}
            for id_, each in tree["reviews"].items()
            if "undo" not in each
        }
    _change(tree, chance)
    content = _encoded(tree)
    if chance.random() < 0.5:
        content = _sealed(tree) or content
    if chance.random() < 0.1:
        at = chance.randrange(len(content))
        content = content[:at] + bytes([chance.randrange(256)]) + content[at + chance.randrange(3) :]
    return content


def journal(whole: bytes, chance: random.Random) -> bytes:
    """Return a journal for a record, changed so; all its sums are right."""
    tree = json.loads(whole)
    generation = tree["meta"]["1"]["generation"] + chance.choice([0, 0, 0, 1])
    lines: list[Any] = [{"format": 1, "generation": generation, "recruiter": "anna"}]
    newest = max(map(int, tree["reviews"]))
    for number, each in enumerate(list(tree["reviews"].values())[:3]):
        more = {str(newest + 1000 * (1 + number)): {**each, "ms": 78}}
        lines.append({"reviews": more, "cards": dict(list(tree["cards"].items())[:1]), "days": tree["days"]})
    _change(lines, chance)
    content = b""
    for line in lines:
        body = _encoded(line)
        content += b"%08x %b\n" % (zlib.crc32(body), body)
    return content


def _change(tree: Any, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        inner, key = chance.choice(list(_places(tree)))
        match chance.randrange(8):
            case 0:
                del inner[key]
            case 1 if isinstance(inner, dict):
                inner[chance.choice(KEYS)] = inner.pop(key)
            case 2 if isinstance(inner, dict):
                inner[chance.choice(KEYS)] = inner[key]
            case 3:
                inner[key] = _nested(chance)
            case _:
                inner[key] = _value(chance, inner[key])


def _places(tree: Any, depth: int = 6) -> Iterator[tuple[Any, Any]]:
    """Give every place in a tree where something can be changed, as what holds it and the key."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(inside) if depth else ():
        yield tree, key
        yield from _places(value, depth - 1)


def _value(chance: random.Random, old: object) -> Any:
    if isinstance(old, bool | None) or chance.random() < 0.2:
        return chance.choice([True, False, None, [], {}, [1], {"1": {}}, {"undo": 1}, *TEXTS[:3], 0])
    alike = TEXTS if isinstance(old, str) else NUMBERS
    return chance.choice(alike if chance.random() < 0.8 else (*TEXTS, *NUMBERS))


def _nested(chance: random.Random) -> Any:
    found: Any = chance.choice([{}, [], 1, {"1": {"card": "x"}, "2": {}}])
    for _ in range(chance.choice([1, 5, 40, 200, 700])):
        found = chance.choice([{"1": found}, [found], {"a": 1, "reviews": found}])
    return found


def _encoded(tree: Any) -> bytes:
    with suppress(RecursionError):
        return json.dumps(tree, separators=(",", ":")).encode()
    return b"{}"


def _sealed(tree: dict[str, Any]) -> bytes | None:
    """Return a file with a right sum, whatever it says; None where its tables have another form."""
    try:
        meta = {key: value for key, value in tree["meta"]["1"].items() if key not in {"check", "sum"}}
        head = b'{"meta":' + _encoded({"1": meta}).removesuffix(b"}}")
        names = ["cards", *(name for name in tree if name not in {"meta", "cards", "reviews"}), "reviews"]
        body = b"".join(b"," + _encoded(name) + b":" + _encoded(tree[name]) for name in names) + b"}\n"
        return checksums.with_sums(head, [body]) + body
    except (KeyError, TypeError, AttributeError):
        return None
