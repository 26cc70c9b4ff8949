"""What real pages bring: other spellings are read, and what is not recognised becomes no fact."""

import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest

from trainer.errors import PageError
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.importing import Plan, plan_import, save
from trainer.material.intake import read_text
from trainer.material.page.found import Found
from trainer.material.page.lines import PageLine
from trainer.material.page.reading import read_page, read_pages
from trainer.material.page.source import plain_text, text_of

HEAD = """Prompt Corner

Term from Opera industry explained for recruiters

A Prompt Corner is the desk beside the stage from which a show is run. It holds the cue lights and the book.
"""
LINES = ("Ran the prompt corner of two festival operas", "Rebuilt a prompt corner for a touring house")
FLAGS = ("Talks over the cans", "Never checks the desk")
QUESTIONS = """Typical job title: "Show Callers"

Also try searching for:

Cue Caller, Desk Operator

Example Interview Questions

Senior Level Questions

Q: How do you hand a show over?

Expected Answer: Should show a marked book, and a shared call.
"""
SKILLS = {
    "Junior (0-2 years)": ("Switching cue lights on", "Noting timings"),
    "Mid (2-5 years)": ("Calling a matinee", "Marking a vocal score"),
    "Senior (5+ years)": ("Calling a premiere", "Teaching the desk to others"),
}


def page(
    *,
    head: str = HEAD,
    examples: str = "Examples in Resumes",
    mid: str = "Mid (2-5 years)",
    flags: str = "Red Flags to Watch For",
    bullet: str = "  • ",
    tail: str = "",
) -> str:
    def listed(lines: tuple[str, ...]) -> str:
        return "\n".join(f"{bullet}{line}" for line in lines)

    levels = "\n\n".join(
        f"{mid if name.startswith('Mid') else name}\n\n{listed(lines)}" for name, lines in SKILLS.items()
    )
    parts = [
        head,
        examples,
        *LINES,
        QUESTIONS,
        "Experience Level Indicators",
        levels,
        flags,
        listed(FLAGS),
        tail,
    ]
    return "\n\n".join(part for part in parts if part)


def levels(found: Found) -> dict[str, tuple[str, ...]]:
    return {level.name: tuple(item.text for item in level.indicators) for level in found.levels}


def flags(found: Found) -> tuple[str, ...]:
    return tuple(item.text for item in found.red_flags)


def test_the_page_as_it_should_be() -> None:
    found = read_page(page())
    assert (found.missing, found.unsure) == ((), ())
    assert flags(found) == FLAGS
    assert levels(found) == {name.partition(" ")[0]: lines for name, lines in SKILLS.items()}


@pytest.mark.parametrize(
    ("heading", "name", "years"),
    [
        ("Mid, 2-5 years", "Mid", "2-5"),
        ("Mid (2-5)", "Mid", "2-5"),
        ("Mid [2–5 yrs]", "Mid", "2–5"),
        ("Mid (two to five years)", "Mid", "two to five"),
        ("Mid (24-60 months)", "Mid", "24-60 months"),
        ("Intermediate | 2 to 5 years", "Intermediate", "2 to 5"),
        ("Level 2 (2-5 years)", "Level 2", "2-5"),
        ("Mid (3-8 premieres)", "Mid", "3-8 premieres"),
        ("2-5 years: Mid", "Mid", "2-5"),
        ("(2-5 years) Mid-Level", "Mid-Level", "2-5"),
        ("**Mid** (2-5 years)", "Mid", "2-5"),
        ("★ Mid (2-5 years)", "Mid", "2-5"),
        ("Experienced Caller (2-5 years)", "Experienced Caller", "2-5"),
        ("Mid: at least two years", "Mid", "at least two"),
    ],
)
def test_a_level_is_known_in_many_spellings(heading: str, name: str, years: str) -> None:
    found = read_page(page(mid=heading))
    assert [(level.name, level.years) for level in found.levels][1] == (name, years)
    assert levels(found)[name] == SKILLS["Mid (2-5 years)"]
    assert found.unsure == ()


@pytest.mark.parametrize("bullet", ["  • ", "- ", ""])
@pytest.mark.parametrize(
    "heading", ["Halfway there:", "Callers with some seasons behind them:", "In between:"]
)
def test_skills_below_a_heading_that_is_not_known_go_to_no_level(heading: str, bullet: str) -> None:
    found = read_page(page(mid=heading, bullet=bullet))
    assert levels(found) == {
        name.partition(" ")[0]: lines for name, lines in SKILLS.items() if "Mid" not in name
    }
    assert [line.text for line in found.unplaced] == [heading, *SKILLS["Mid (2-5 years)"]]
    assert found.unplaced[1].why.startswith(f"it stands below “{heading}”")


@pytest.mark.parametrize(
    "heading",
    ["Mentions on CVs", "📄 Examples in Résumés", "2. Examples from resumes", "How it looks on a CV"],
)
def test_a_heading_is_known_in_many_spellings(heading: str) -> None:
    found = read_page(page(examples=heading))
    assert tuple(item.text for item in found.examples) == LINES
    assert found.unsure == ()


@pytest.mark.parametrize(
    "heading", ["Where one meets it", "From the pile of applications", "Lines that we saw:"]
)
def test_below_an_unknown_heading_nothing_goes_into_the_definition(heading: str) -> None:
    found = read_page(page(examples=heading))
    assert found.meaning is not None
    assert found.meaning.text == HEAD.split("\n")[4]
    assert [line.text for line in found.unplaced] == [heading, *LINES]
    assert "examples in resumes" in found.missing


@pytest.mark.parametrize(
    "bullet", ["o  ", "o\t", "a) ", "1. ", "12) ", "(i) ", "â€¢ ", "\uf0b7\t", "» ", "✦ ", "◆", "> "]
)
def test_the_sign_at_the_head_of_each_line_is_a_bullet(bullet: str) -> None:
    found = read_page(page(bullet=bullet))
    assert levels(found) == {name.partition(" ")[0]: lines for name, lines in SKILLS.items()}
    assert flags(found) == FLAGS


@pytest.mark.parametrize(
    "tail",
    [
        "https://example.org/glossary/prompt-corner\n3/4",
        "28.11.2026, 10:15\n\nPage 2 of 2",
        "Was this page helpful?\n\nBook a demo",
    ],
)
def test_what_stands_around_a_page_is_told_once_and_is_no_red_flag(tail: str) -> None:
    found = read_page(page(bullet="", tail=tail))
    assert flags(found) == FLAGS
    assert found.unplaced == ()
    [told] = found.unsure
    assert told.text == tail.split("\n", maxsplit=1)[0]
    assert "with 1 more line of the kind" in told.what


def test_the_title_on_each_sheet_of_paper_is_told_with_what_stands_around_it() -> None:
    found = read_page(
        page().replace("Junior (0-2", "2/3\n\n3/14/26, 9:05 AM\n\nPrompt Corner\n\nJunior (0-2")
    )
    assert (found.unplaced, len(found.unsure)) == ((), 1)
    assert "2 more lines" in found.unsure[0].what


@pytest.mark.parametrize("end", ["a shared", "Calling a mat", "Rebuilt a prompt cor", "How do you ha"])
def test_where_a_copy_ends_before_its_red_flags_is_told(end: str) -> None:
    text = page()
    found = read_page(text[: text.index(end) + len(end)])
    last = found.unsure[-1]
    assert last.line == found.text.rstrip().count("\n") + 1
    assert last.text.endswith(end)


def test_titles_that_go_on_below_a_full_line_are_one_run() -> None:
    long = "Cue Caller Desk Operator Show Caller Stage Manager Assistant Stage Manager Deputy Stage"
    found = read_page(page().replace("Cue Caller, Desk Operator", f"{long}\nManager"))
    titles = [title.text for title in found.titles]
    assert titles[-2:] == ["Assistant Stage Manager", "Deputy Stage Manager"]


def test_a_line_of_advertising_is_no_red_flag() -> None:
    tail = "All our tools are free for a month.\nCall us any time"
    found = read_page(page(bullet="", tail=tail))
    assert flags(found) == FLAGS
    assert [line.text for line in found.unplaced] == tail.split("\n")


def test_lines_of_a_section_that_no_sheet_has_a_place_for_are_told_once() -> None:
    found = read_page(page(tail="Related Terms\n\nCue Light\n\nDesk\n\nSee also\n\nCans"))
    assert [line.text for line in found.unplaced] == ["Cue Light", "Desk", "Cans"]
    assert [(each.text, "1 more line there" in each.what) for each in found.unsure] == [
        ("Cue Light", True),
        ("Cans", False),
    ]


def test_each_line_of_thousands_of_addresses_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def equal(line: PageLine, other: object) -> bool:
        nonlocal compared
        compared += 1
        return line is other

    monkeypatch.setattr(PageLine, "__eq__", equal)
    tail = "\n".join(f"https://example.org/{number}" for number in range(2_000))
    assert flags(read_page(f"{page()}\n\n{tail}")) == FLAGS
    assert compared < 2_000


def test_signs_that_nobody_sees_change_nothing() -> None:
    for sign in ("\u200b", "\u00ad", "\u200f", "\u2060", "\ufeff"):
        text = page().replace("Prompt", f"Pro{sign}mpt").replace("Junior (", f"{sign}Junior{sign} (")
        assert read_page(text).sheet == read_page(page()).sheet


def test_lines_that_were_broken_for_their_width_are_put_together() -> None:
    at_desk = (
        "Sat at the desk of a re-\nbuilt opera house through the whole of its first and very long and loud"
        "\nSeptember"
    )
    wide = (
        "A Prompt Corner is the desk beside the stage from which a show is\nrun. It holds the cue lights and"
        " the book, and\nwho sits there calls every cue that the house has on a given\nevening."
    )
    text = page(head=HEAD.replace(HEAD.split("\n")[4], wide)).replace(LINES[0], at_desk)
    text = text.replace(
        FLAGS[0], "Believes that the whole of a desk can be learned on an evening by\n    Anyone"
    )
    found = read_page(text)
    assert found.examples[0].text.startswith("Sat at the desk of a re-built opera house")
    assert flags(found)[0].endswith("on an evening by Anyone")
    assert found.meaning is not None
    assert found.meaning.text == " ".join(wide.split())


OTHER = page().replace("Prompt Corner", "Fly Floor").replace("prompt corner", "fly floor")


def test_each_page_of_a_text_is_read_by_itself() -> None:
    three = page().replace("Prompt Corner", "Dimmer Room")
    found = read_pages(f"{page()}\n\n{OTHER}\n\n{three}")
    assert [each.term for each in found] == ["Prompt Corner", "Fly Floor", "Dimmer Room"]
    assert all((each.missing, each.unsure) == ((), ()) for each in found)
    assert [each.sheet for each in found] == [read_page(text).sheet for text in (page(), OTHER, three)]


def test_the_same_page_twice_is_one_and_a_page_of_a_text_counts_lines_in_it() -> None:
    assert len(read_pages(f"{page()}\n\n{page()}\n")) == 1
    odd = OTHER.replace("Mid (2-5 years)", "Halfway there:")
    text = f"{page()}\n\n{odd}"
    _, second = read_pages(text)
    assert {text.split("\n")[each.line - 1].strip(" •") for each in second.unsure_in_text} == {
        "Halfway there:",
        *SKILLS["Mid (2-5 years)"],
    }


def test_a_second_page_without_its_title_is_left_to_a_person() -> None:
    bare = "\n".join(OTHER.split("\n")[4:])
    found = read_page(f"{page()}\n\n{bare}")
    assert found.sheet == read_page(page()).sheet
    assert any("a second time" in line.why for line in found.unplaced)


def mail(kind: str, text: str) -> bytes:
    head = f"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
    return f"{head}\r\n{text}".encode()


def test_a_mail_is_read_by_its_text() -> None:
    wanted = read_page(page()).sheet
    assert read_page(plain_text(text_of(mail("plain", page()), "page.eml"))).sheet == wanted
    quoted = "\n".join(f"> {line}" for line in page().split("\n"))
    assert read_page(plain_text(text_of(mail("plain", quoted), "page.eml"))).sheet == wanted
    marked = page().replace("Prompt Corner\n", "# Prompt Corner\n", 1).replace("Red Flags", "## Red Flags")
    assert read_page(plain_text(text_of(marked.encode(), "page.md"))).sheet == wanted


def test_a_mail_that_is_attached_to_a_mail_and_one_of_a_mailbox_are_read() -> None:
    inside, outside = EmailMessage(), EmailMessage()
    inside.set_content(page())
    outside.set_content("See what I have found.")
    outside.add_attachment(inside)
    wanted = read_page(page()).sheet
    assert read_page(text_of(bytes(outside), "page.eml")).sheet == wanted
    boxed = b"From kim@example.org Mon Mar  2 09:00:00 2026\n" + mail("plain", page())
    assert read_page(text_of(boxed, "page.mbox")).sheet == wanted
    packed = mail(
        "html", quopri.encodestring(f"<html><body><pre>{page()}</pre></body></html>".encode()).decode()
    )
    packed = packed.replace(b"MIME-Version", b"Content-Transfer-Encoding: quoted-printable\r\nMIME-Version")
    assert flags(read_page(text_of(packed, "page.eml"))) == FLAGS


@pytest.mark.parametrize(
    "text",
    [
        "Senior Rigger\n\nWe are looking for a rigger.\n\nRequirements\n- Two years\n\nHow to apply\nMail.",
        "Job title: Caller\nSalary: 40,000\n\nThe role\nYou call shows.\n\nWhat we offer\n* 25 days",
        "Flyman wanted!\n\nYour tasks:\n• Fly\n\nYour profile:\n• Calm\n\nApply now.",
        "Who you are\nKind.\n\nWhat you’ll do\nHang lamps.\n\nSend us your CV by May.",
    ],
)
def test_a_job_description_is_answered_with_what_it_is_good_for(text: str) -> None:
    with pytest.raises(PageError, match=r"job description(.|\n)*résumés(.|\n)*imports glossary pages"):
        read_text(text)


@pytest.mark.parametrize(
    "text", ["https://example.org/rigger", "<www.example.org>", "https://a.example/b\n\nhttp://c.example/d\n"]
)
def test_an_address_is_answered_with_what_to_do(text: str) -> None:
    with pytest.raises(PageError, match=r"address(.|\n)*copy the whole page"):
        read_text(text)


def bring(home: Home, text: str) -> Plan:
    plan = plan_import(read_page(text), home)
    save(plan)
    return plan


@pytest.mark.parametrize(
    "end", ["Expected Answer: Should show", "Experience Level Indicators", "Senior (5+ years)", FLAGS[1]]
)
def test_a_copy_that_was_cut_short_takes_nothing_out(tmp_path: Path, end: str) -> None:
    home = Home(tmp_path / "home")
    path = bring(home, page()).path
    before = read_sheet(path)
    bring(home, page().partition(end)[0])
    assert read_sheet(path) == before
    assert bring(home, page()).changes_something is False


def test_c_and_its_followers_are_sheets_of_their_own(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    plans = [bring(home, page().replace("Prompt Corner", name)) for name in ("C", "C++", "C#")]
    assert [plan.is_new for plan in plans] == [True, True, True]
    assert len({plan.path for plan in plans}) == 3


ROWS = list(zip(*SKILLS.values(), strict=True))
TABLES = {
    "tabs": "\n".join("\t".join(row) for row in [tuple(SKILLS), *ROWS]),
    "Markdown": "\n".join(f"| {' | '.join(row)} |" for row in [tuple(SKILLS), ("---", ":--", "--:"), *ROWS]),
    "a line for each cell": "\n".join(cell for row in [tuple(SKILLS), *ROWS] for cell in row),
}


def with_table(table: str) -> str:
    above, _, rest = page().partition("Junior (0-2 years)")
    return f"{above}{table}\n\nRed Flags to Watch For{rest.partition('Red Flags to Watch For')[2]}"


@pytest.mark.parametrize("form", TABLES)
def test_levels_that_stand_side_by_side_are_told_apart(form: str) -> None:
    found = read_page(with_table(TABLES[form]))
    assert levels(found) == {name.partition(" ")[0]: lines for name, lines in SKILLS.items()}
    assert (flags(found), found.unsure) == (FLAGS, ())


def test_a_table_of_uneven_rows_is_left_to_a_person() -> None:
    found = read_page(with_table(TABLES["a line for each cell"].rpartition("\n")[0]))
    assert set(levels(found).values()) == {()}
    assert len(found.unplaced) == 5


def test_a_title_does_not_go_on_across_a_line_that_is_none() -> None:
    page = (
        "Typical job title: Inspectors\nAlso try searching for:\n  • Reading radiographs\n"
        "Testing (without harm) is a family of methods that\ncouplant, and the recorded gain.\n"
        "Mid (2-5 years)\n  • Scanning thick plates\nRed Flags to Watch For\n"
    ) + "".join(f"  • Blames the probe and the plate and all that is {n} of it\n" for n in "ABCDE")
    texts = [title.text for title in read_page(page).titles]
    assert texts
    assert not [text for text in texts if "radiographs couplant" in text]
