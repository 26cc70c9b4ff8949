"""Pages on the facts of trades.toml, laid out in the many ways in which pages come."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from textwrap import fill
from typing import Any

LEVELS = ("junior", "mid", "senior")
BANDS = {"junior": "0-2", "mid": "2-5", "senior": "5+"}
EXPERIENCE = {"junior": "New", "mid": "Mid-Level", "senior": "Experienced"}


@dataclass(frozen=True)
class Question:
    level: str
    ask: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What a page says, and in which place."""

    term: str
    industry: str
    meaning: str
    examples: tuple[str, ...]
    job_title: str
    titles: tuple[str, ...]
    role: str
    levels: dict[str, tuple[str, ...]]
    flags: tuple[str, ...]
    questions: tuple[Question, ...]
    stands_for: str = ""
    aliases: tuple[str, ...] = ()
    also: str = ""
    """The sentence of the definition that names the aliases."""
    signal: str = ""

    @property
    def title(self) -> str:
        return f"{self.term} ({self.stands_for})" if self.stands_for else self.term

    @property
    def definition(self) -> str:
        return " ".join(part for part in (self.meaning, self.also, self.signal) if part)


def _facts(raw: dict[str, Any]) -> Facts:
    questions = tuple(
        Question(each["level"], each["ask"], tuple(each["points"])) for each in raw.pop("questions")
    )
    levels = {name: tuple(raw["levels"][name]) for name in LEVELS}
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return Facts(**{**raw, **lists, "levels": levels, "questions": questions})


TRADES = [
    _facts(raw)
    for raw in tomllib.loads(Path(__file__).with_name("trades.toml").read_text(encoding="utf-8"))["page"]
]

LEADS = (
    "Should explain",
    "A senior manager should discuss",
    "Look for answers that show",
    "Candidates who can explain",
    "Name",
    "Should be able to name",
    "The candidate should describe",
    "Listen for",
    "Strong answers mention",
    "An experienced colleague would talk about",
    "Look for candidates who can explain",
    "The ideal answer covers",
    "Good candidates will bring up",
    "At this level, candidates should discuss",
    "This answer should touch on",
    "You want to hear about",
    "Answers that show",
    "Someone ready for this level can walk you through",
    "Should at least mention",
    "Expect a description of",
    "They might mention",
    "Must include",
    "Should give examples of",
    "A strong candidate brings up",
    "Explains",
    "Ideally, the answer includes",
    "Should speak to",
    "A good response would highlight",
    "Candidate should be comfortable discussing",
    "Look for mention of",
)


def answer_of(question: Question, place: int) -> str:
    """Return an expected answer with one of the lead-ins."""
    *most, last = question.points
    joint = "; " if place % 7 == 6 else ", "
    return f"{LEADS[place % len(LEADS)]} {joint.join(most)}{joint}and {last}."


Block = Callable[[Facts, "Style"], str]


def _bulleted(lines: Sequence[str], bullet: str) -> str:
    """Return lines with a bullet each; "1." and "a." count up."""
    signs = {
        "1. ": [f"{number}. " for number in range(1, 30)],
        "a) ": [f"{sign}) " for sign in "abcdefghij"],
    }.get(bullet, [bullet] * len(lines))
    return "\n".join(f"{sign}{line}" for sign, line in zip(signs, lines, strict=False))


def questions_apart(facts: Facts, style: "Style") -> str:
    parts = []
    for level in reversed(LEVELS):
        asked = [
            (place, each) for place, each in enumerate(facts.questions, style.first) if each.level == level
        ]
        if asked:
            parts.append(style.asked_of(facts, level))
        for number, (place, each) in enumerate(asked, start=1):
            parts += style.question(number, each.ask, answer_of(each, place))
    return "\n\n".join(parts)


def questions_in_rows(between: str, *, with_level: bool) -> Block:
    def rows(facts: Facts, style: "Style") -> str:
        head = ["Level"] * with_level + ["Question", "Expected Answer"]
        lines = [head]
        for level in reversed(LEVELS):
            for place, each in enumerate(facts.questions, style.first):
                if each.level == level:
                    lines.append([level.title()] * with_level + [each.ask, answer_of(each, place)])
        if between == "|":
            lines.insert(1, ["---"] * len(head))
            return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return "\n".join(between.join(cells) for cells in lines)

    return rows


def levels_apart(facts: Facts, style: "Style") -> str:
    return "\n\n".join(
        f"{style.level(facts, name)}\n\n{_bulleted(facts.levels[name], style.bullet)}" for name in style.order
    )


def levels_in_columns(between: str) -> Block:
    def columns(facts: Facts, style: "Style") -> str:
        rows = [
            [style.level(facts, name) for name in LEVELS],
            *zip(*(facts.levels[name] for name in LEVELS), strict=True),
        ]
        if between == "|":
            rows.insert(1, ["---"] * 3)
            return "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return "\n".join(between.join(row) for row in rows)

    return columns


def levels_in_rows(between: str, joint: str) -> Block:
    def rows(facts: Facts, style: "Style") -> str:
        lines = [["Level", "Experience", "Indicators"]]
        lines += [
            [name.title(), f"{BANDS[name]} years", joint.join(facts.levels[name])] for name in style.order
        ]
        if between == "|":
            lines.insert(1, ["---"] * 3)
            return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return "\n".join(between.join(cells) for cells in lines)

    return rows


@dataclass(frozen=True)
class Style:
    """How a page is laid out."""

    bullet: str = "  • "
    subtitle: str = "Term from {industry} industry explained for recruiters"
    examples: str = "Examples in Resumes"
    job_title: str = 'Typical job title: "{title}"'
    also_try: str = "Also try searching for:"
    asked: str = "Example Interview Questions"
    leveled: str = "Experience Level Indicators"
    flagged: str = "Red Flags to Watch For"
    between_titles: str = " "
    asked_of: Callable[[Facts, str], str] = lambda _, level: f"{level.title()} Level Questions"
    question: Callable[[int, str, str], list[str]] = lambda _, ask, answer: [
        f"Q: {ask}",
        f"Expected Answer: {answer}",
    ]
    level: Callable[[Facts, str], str] = lambda _, level: f"{level.title()} ({BANDS[level]} years)"
    order: tuple[str, ...] = LEVELS
    questions: Block = questions_apart
    levels: Block = levels_apart
    heading: Callable[[int, str], str] = lambda _, text: text
    apart: str = "\n\n"
    between: str = ""
    """What stands between the titles and the questions."""
    tail: str = ""
    first: int = 0
    """The lead-in that the first answer has."""


def page(facts: Facts, style: Style) -> str:
    heads = [style.examples, style.asked, style.leveled, style.flagged]
    examples, asked, leveled, flagged = (style.heading(i, text) for i, text in enumerate(heads, start=1))
    parts = [
        style.heading(0, facts.title),
        style.subtitle.format(industry=facts.industry),
        facts.definition,
        examples,
        style.apart.join(facts.examples),
        style.job_title.format(title=facts.job_title),
        style.also_try,
        style.between_titles.join(facts.titles),
        style.between,
        asked,
        style.questions(facts, style),
        leveled,
        style.levels(facts, style),
        flagged,
        _bulleted(facts.flags, style.bullet),
        style.tail,
    ]
    return style.apart.join(part for part in parts if part) + "\n"


def _decorated(signs: str) -> Callable[[int, str], str]:
    return lambda place, text: f"{signs[place]} {text}" if place else text


def _web(facts: Facts, style: Style, *, chip: str = "span", head: str = "h2", cells: str = "") -> str:
    """Return a page as a browser saves it."""

    def items(lines: Sequence[str]) -> str:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"

    blocks = [
        f"<h1>{escape(facts.title)}</h1>",
        f"<p>Term from {escape(facts.industry)} industry explained for recruiters</p>",
        f"<p>{escape(facts.definition)}</p>",
        f"<{head}>Examples in Resumes</{head}>",
        *(f"<p>{escape(line)}</p>" for line in facts.examples),
        f"<p><b>Typical job title:</b> &quot;{escape(facts.job_title)}&quot;</p>",
        "<p><b>Also try searching for:</b></p>",
        "<div>" + "".join(f"<{chip}>{escape(title)}</{chip}>" for title in facts.titles) + "</div>",
        f"<{head}>Example Interview Questions</{head}>",
    ]
    for level in reversed(LEVELS):
        asked = [
            (place, each) for place, each in enumerate(facts.questions, style.first) if each.level == level
        ]
        if asked:
            blocks.append(f"<h3>{level.title()} Level Questions</h3>")
        if cells:
            blocks.append("<table><tr><th>Question</th><th>Expected Answer</th></tr>")
        for place, each in asked:
            ask, answer = escape(each.ask), escape(answer_of(each, place))
            if cells:
                blocks.append(f"<tr><td>{ask}</td><td>{answer}</td></tr>")
            else:
                blocks += [f"<p><b>Q:</b> {ask}</p>", f"<p><i>Expected Answer:</i> {answer}</p>"]
        if cells:
            blocks.append("</table>")
    blocks.append(f"<{head}>Experience Level Indicators</{head}>")
    for name in LEVELS:
        blocks += [f"<h3>{name.title()} ({BANDS[name]} years)</h3>", items(facts.levels[name])]
    blocks += [f"<{head}>Red Flags to Watch For</{head}>", items(facts.flags)]
    body = "\n".join(blocks)
    return (
        f"<!DOCTYPE html><html><head><title>{escape(facts.term)}</title><script>x()</script></head><body>"
        f"<nav><a>Home</a></nav><main>{body}</main><footer>© a glossary</footer></body></html>"
    )


def _markdown(facts: Facts, style: Style) -> str:
    marked = replace(
        style,
        heading=lambda place, text: f"{'##' if place else '#'} {text}",
        subtitle="*Term from {industry} industry explained for recruiters*",
        job_title='**Typical job title:** "{title}"',
        also_try="**Also try searching for:**",
        asked_of=lambda _, level: f"### {level.title()} Level Questions",
        question=lambda _, ask, answer: [f"**Q:** {ask}", f"**Expected Answer:** {answer}"],
        level=lambda _, level: f"### {level.title()} ({BANDS[level]} years)",
        bullet="- ",
    )
    return page(facts, marked)


def _wrapped(width: int) -> Callable[[Facts, Style], str]:
    def wrapped(facts: Facts, style: Style) -> str:
        lines = page(facts, style).split("\n")
        return "\n".join(
            fill(line, width, break_on_hyphens=False) if len(line) > width else line for line in lines
        )

    return wrapped


def _printed(facts: Facts, style: Style) -> str:
    """Return what comes of a page that was printed: the heads and feet of sheets of paper."""
    lines = page(facts, style).split("\n")
    foot = ["https://glossary.example/terms", "", "1/2", "", "3/14/26, 9:05 AM", "", facts.title, ""]
    middle = next(i for i, line in enumerate(lines) if line.startswith("Mid Level")) - 1
    return "\n".join([*lines[:middle], *foot, *lines[middle:], "https://glossary.example/terms", "2/2", ""])


def _invisible(sign: str) -> Callable[[Facts, Style], str]:
    def woven(facts: Facts, style: Style) -> str:
        return re.sub(r"(?<=\w) (?=[A-Z])", f"{sign} ", page(facts, style))

    return woven


def _plain(**changes: Any) -> Callable[[Facts, Style], str]:
    return lambda facts, style: page(facts, replace(style, **changes))


def _pairs(ask: str, answer: str) -> Callable[[int, str, str], list[str]]:
    return lambda number, asked, answered: [
        ask.format(number=number, text=asked),
        answer.format(number=number, text=answered),
    ]


def _listed(_number: int, ask: str, answer: str) -> list[str]:
    lead, _, rest = answer.partition(" ")
    return [f"Q: {ask}", f"Expected Answer:\n- {lead} {rest}"]


LAYOUTS: dict[str, Callable[[Facts, Style], str]] = {
    "as it is": page,
    "dashes": _plain(bullet="- "),
    "numbers": _plain(bullet="1. "),
    "letters": _plain(bullet="a) "),
    "second level of Word": _plain(bullet="o\t"),
    "no bullets": _plain(bullet=""),
    "no bullets, and a tail": _plain(
        bullet="", tail="Was this helpful? Yes No\n\nTry our free sourcing tool today.\nBook a demo"
    ),
    "wrong encoding": _plain(bullet="â€¢ "),
    "arrows": _plain(bullet="→ "),
    "ticks": _plain(bullet="✔ "),
    "pictures in headings": _plain(heading=_decorated("#📄💬📈🚩")),
    "numbers in headings": _plain(heading=lambda place, text: f"{place}. {text}" if place else text),
    "capitals": _plain(heading=lambda place, text: text.upper() if place else text),
    "colons": _plain(heading=lambda place, text: f"{text}:" if place else text),
    "British": _plain(
        examples="Examples in CVs",
        asked="Sample interview questions",
        leveled="Levels of experience",
        flagged="Warning signs",
    ),
    "zero-width": _invisible("\u200b"),
    "right-to-left marks": _invisible("\u200f"),
    "soft hyphens": _invisible("\xad"),
    "no-break spaces": lambda facts, style: page(facts, style).replace(" (", "\xa0("),
    "ends of Windows": lambda facts, style: page(facts, style).replace("\n", "\r\n"),
    "forwarded": lambda facts, style: "".join(f"> {line}\n" for line in page(facts, style).split("\n")),
    "forwarded with a head": lambda facts, style: (
        "FYI, see below.\n\n---------- Forwarded message ---------\nFrom: Kim <kim@example.org>\n"
        "Date: Mon, 2 Mar 2026\nSubject: for the team\nTo: Lee <lee@example.org>\n\n" + page(facts, style)
    ),
    "Markdown": _markdown,
    "wrapped at 72": _wrapped(72),
    "wrapped at 60": _wrapped(60),
    "printed": _printed,
    "years after a comma": _plain(level=lambda _, level: f"{level.title()}, {BANDS[level]} years"),
    "years before": _plain(level=lambda _, level: f"{BANDS[level]} years: {level.title()}"),
    "years without a unit": _plain(level=lambda _, level: f"{level.title()} ({BANDS[level]})"),
    "years after a dash": _plain(level=lambda _, level: f"{level.title()} – {BANDS[level]} yrs"),
    "levels without years": _plain(level=lambda _, level: f"{level.title()} Level"),
    "levels from the top": _plain(order=LEVELS[::-1]),
    "levels named after the role": _plain(
        level=lambda facts, level: f"{EXPERIENCE[level]} {facts.role} ({BANDS[level]} years)",
        asked_of=lambda facts, level: f"{EXPERIENCE[level]} {facts.role} Questions",
    ),
    "questions for a role": _plain(
        asked_of=lambda facts, level: f"Questions for {level.title()} {facts.role}s"
    ),
    "levels side by side": _plain(levels=levels_in_columns("\t")),
    "levels in a table of Markdown": _plain(levels=levels_in_columns("|")),
    "levels in rows": _plain(levels=levels_in_rows("\t", "; ")),
    "levels in rows of Markdown": _plain(levels=levels_in_rows("|", ", ")),
    "questions in rows": _plain(questions=questions_in_rows("\t", with_level=True)),
    "questions in rows of Markdown": _plain(questions=questions_in_rows("|", with_level=True)),
    "questions in rows without a level": _plain(questions=questions_in_rows("\t", with_level=False)),
    "questions without a label": _plain(question=_pairs("{text}", "Expected Answer: {text}")),
    "numbered questions": _plain(question=_pairs("{number}. {text}", "Expected Answer: {text}")),
    "numbered labels": _plain(question=_pairs("{number}. Q: {text}", "A: {text}")),
    "Q1, A1": _plain(question=_pairs("Q{number}. {text}", "A{number}. {text}")),
    "what to listen for": _plain(question=_pairs("Question {number}: {text}", "What to listen for: {text}")),
    "bulleted questions": _plain(question=_pairs("• {text}", "What a good answer covers: {text}")),
    "answers in a list": _plain(question=_listed),
    "label on a line of its own": _plain(question=_pairs("Question\n{text}", "Expected answer\n{text}")),
    "titles with commas": _plain(between_titles=", "),
    "titles with bars": _plain(between_titles=" | "),
    "a line for each title": _plain(between_titles="\n"),
    "bulleted titles": lambda facts, style: page(
        replace(facts, titles=tuple(f"• {title}" for title in facts.titles)),
        replace(style, between_titles="\n"),
    ),
    "no blank lines": _plain(apart="\n"),
    "a section more": _plain(
        between="Where to Find Them\n\nTrade fairs\n\nOnline groups", tail="Related Terms\n\nOne Two"
    ),
    "a section nobody knows": _plain(between="How we made this page\n\nBy asking people in the trade."),
    "web page": _web,
    "web page with buttons": lambda facts, style: _web(facts, style, chip="button"),
    "web page with links": lambda facts, style: _web(facts, style, chip="a", head="h4"),
    "web page with tables": lambda facts, style: _web(facts, style, cells="td"),
}
