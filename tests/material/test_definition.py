"""What a definition says besides becomes what it is: the long name, other names, what to conclude."""

import pytest

from trainer.material.page import mend
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page

PAGE = """{title}

Term from Lifting industry explained for recruiters

{definition}

Examples in Resumes

Lifted a bell into a tower

Typical job title: "Slingers"
"""


def read(title: str, definition: str) -> Found:
    return read_page(PAGE.format(title=title, definition=definition))


@pytest.mark.parametrize(
    ("title", "definition", "long"),
    [
        ("SWL", "SWL (Safe Working Load) is the most that a hook may carry.", "Safe Working Load"),
        ("SWL", "SWL stands for safe working load, and is stamped on a hook.", "safe working load"),
        ("An SWL", "A load is given in kilos.", ""),
        ("LEP", "An LEP, short for Lifting and Erection Plan, is a drawing.", "Lifting and Erection Plan"),
        ("MHRA", "MHRA is short for masts, hoists, ropes and anchors.", "masts, hoists, ropes and anchors"),
        ("SWL (Safe Working Load)", "SWL stands for something else that lifts.", "Safe Working Load"),
        ("SWL", "A hook (or eye) is stamped with it.", ""),
        ("SWL", "SWL stands for nothing in particular.", ""),
    ],
)
def test_what_the_term_stands_for(title: str, definition: str, long: str) -> None:
    found = read(title, definition)
    assert found.stands_for == long
    assert found.meaning is not None
    assert found.meaning.text == definition


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ("A Shackle is a bow of steel. It is also called a bow link.", ("bow link",)),
        ("A Shackle, also known as D-ring or gin link, is a bow.", ("D-ring", "gin link")),
        (
            "A Shackle is a bow. Other names are bow link, gin link and clevis.",
            ("bow link", "gin link", "clevis"),
        ),
        ("A Shackle is a bow, sometimes called “the clevis” by sailors of old ships.", ("clevis",)),
        ("A Shackle is a bow. It is also called a D-ring in the workshop.", ("D-ring",)),
        ("A Shackle is a bow. It is also called when a load hangs still.", ()),
        ("A Shackle is a bow, also called a shackle.", ()),
        ("A Shackle is a bow of steel.", ()),
    ],
)
def test_its_other_names(definition: str, names: tuple[str, ...]) -> None:
    assert read("Shackle", definition).sheet.terms[0].aliases == names


@pytest.mark.parametrize(
    "signal",
    [
        "When you see a Gin Pole on a résumé, it means that somebody worked without a crane.",
        "On a CV it usually shows work on masts.",
        "If someone's resume names a Gin Pole, it tells of tall masts.",
        "If a CV says Gin Pole, ask how high it was.",
        "Where it stands on a curriculum or a CV, ask how high it was.",
    ],
)
def test_what_it_means_on_a_resume_is_its_signal(signal: str) -> None:
    plain = "A Gin Pole is a mast that lifts parts of another mast. It has a wheel at its top."
    term = read("Gin Pole", f"{plain} {signal}").sheet.terms[0]
    assert (term.meaning, term.signal) == (plain, signal)
    first, last = plain.split(" It ")
    term = read("Gin Pole", f"{first} {signal} It {last}").sheet.terms[0]
    assert (term.meaning, term.signal) == (plain, signal)


def test_a_definition_that_says_nothing_else_stays_whole() -> None:
    only = "When you see a Gin Pole on a résumé, it is a mast."
    term = read("Gin Pole", only).sheet.terms[0]
    assert (term.meaning, term.signal) == (only, None)


def test_a_signal_is_mended_and_taken_out() -> None:
    found = read("Gin Pole", "A Gin Pole is a mast. On a CV it shows work on masts.")
    mended = mend.set_single(found, "signal", " It shows  climbing. ")
    assert mended.sheet.terms[0].signal == "It shows climbing."
    assert mend.set_single(found, "signal", " ").sheet.terms[0].signal is None
