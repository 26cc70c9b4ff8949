"""Reading a glossary page: from its text to what was found.

Two forms are known. The full form has a title, a subtitle that names the industry, and headings. The
flat form is what a careless copy leaves: the labels ("Q:") and the levels with their years, no headings.
What is not there is not guessed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from trainer.errors import PageError
from trainer.humanize import count
from trainer.material.page.build import level_of
from trainer.material.page.definition import explained
from trainer.material.page.ending import doubt_on_the_end
from trainer.material.page.found import (
    Found,
    FoundLevel,
    FoundPoint,
    FoundQuestion,
    FoundText,
    Unplaced,
    Unsure,
)
from trainer.material.page.headings import Kind, Mark, heads_something, mark_of
from trainer.material.page.lead_ins import without_lead_in
from trainer.material.page.lines import PageLine, folded, items, lines_of
from trainer.material.page.lost_heading import doubtful_from
from trainer.material.page.naming import LONGEST_TITLE, Naming, name_below_title, name_without_subtitle
from trainer.material.page.paragraphs import (
    FURNITURE,
    end_of_list,
    goes_on,
    is_label,
    is_prose,
    parts_from,
    unwrapped,
)
from trainer.material.page.points import cut_points
from trainer.material.page.sectioning import Section, sections_of
from trainer.material.page.source import plain_text
from trainer.material.page.tables import columns_of
from trainer.material.page.titling import job_titles_in, titles_in

LONGEST_LINE = 10_000
"""Characters of a line that may be an item; a longer one is none of a glossary page."""

MOST_ITEMS = 200
"""Items of a section that are taken; a glossary page has a dozen."""

MOST_LEVELS = 12
"""Levels that are taken."""

_TELLING = {
    Kind.SUBTITLE: "“Term from … industry explained for recruiters”",
    Kind.EXAMPLES: "“Examples in Resumes”",
    Kind.JOB_TITLE: "“Typical job title:”",
    Kind.ALSO_TRY: "“Also try searching for:”",
    Kind.ANSWER: "“Q:” with “Expected Answer:”",
    Kind.LEVEL: "levels with their years, such as “Junior (0-2 years)”",
    Kind.RED_FLAGS: "“Red Flags to Watch For”",
}
"""What tells that a text is such a page; two of them must be there."""


class NoPageError(PageError):
    """A text has too little of a glossary page."""

    def __init__(self, there: Sequence[str]) -> None:
        self.there = there
        """What of a page it has."""
        only = f"only {there[0]} is there" if there else "none is there"
        super().__init__(
            "This is no glossary page that trainer knows. It looks for at least two of these, "
            f"and {only}: {', '.join(_TELLING.values())}."
        )


def read_pages(text: str) -> list[Found]:
    """Return what was found on each page in a text, with what is missing and what is unsure.

    A page begins with the title above its subtitle; the same page twice is one.
    Raises PageError when the text has no such page, saying what was looked for.
    """
    plain = plain_text(text)
    every = plain.split("\n")
    pages: dict[str, tuple[int, list[str]]] = {}
    for start, end in pairwise([*_starts(plain), len(every)]):
        own = every[start:end]
        if pages and not _is_page(own):
            next(reversed(pages.values()))[1].extend(own)
        else:
            pages.setdefault("\n".join(own).strip(), (start, own))
    return [replace(_read("\n".join(own)), above=start) for start, own in pages.values()]


def _is_page(text: Sequence[str]) -> bool:
    kinds = {section.kind for section in sections_of(lines_of("\n".join(text)))}
    return len(kinds & _TELLING.keys()) > 1


def read_page(text: str) -> Found:
    """Return what was found on a page, the first one of a text. Raises PageError as `read_pages` does."""
    return read_pages(text)[0]


def _starts(plain: str) -> list[int]:
    """Return the places of the lines on which pages begin."""
    lines = lines_of(plain)
    starts: list[int] = []
    for place, line in enumerate(lines):
        mark = mark_of(line, None)
        if mark and mark.kind is Kind.SUBTITLE:
            titled = place > 0 and len(lines[place - 1].text) <= LONGEST_TITLE
            starts.append(lines[place - 1 if titled else place].number - 1)
    return [0, *starts[1:]]


def _read(plain: str) -> Found:
    lines = lines_of(plain)
    sections = sections_of(lines)
    kinds = {section.kind for section in sections}
    if not lines:
        raise PageError(
            "The page is empty. Paste or save the whole glossary page, from its title to its red flags."
        )
    if len(kinds & _TELLING.keys()) < 2:
        raise NoPageError([said for kind, said in _TELLING.items() if kind in kinds])
    reader = _Reader()
    for section in sections:
        reader.take(section)
    found = reader.found(plain, kinds)
    if any(each.line == lines[-1].number for each in found.unsure):
        return found
    doubt = doubt_on_the_end(lines, kinds)
    return replace(found, doubts=(*found.doubts, doubt)) if doubt else found


class _Reader:
    """Takes the sections of a page one after the other."""

    def __init__(self) -> None:
        self._head: list[PageLine] = []
        self._definition: list[PageLine] = []
        self._industry: FoundText | None = None
        self._items: dict[Kind, list[PageLine]] = {Kind.EXAMPLES: [], Kind.RED_FLAGS: []}
        self._job_titles: list[FoundText] = []
        self._titles: list[FoundText] = []
        self._levels: list[tuple[FoundLevel, list[PageLine]]] = []
        self._questions: list[FoundQuestion] = []
        self._level_asked = ""
        self._unplaced: list[Unplaced] = []
        self._furniture: list[PageLine] = []
        self._doubts: list[Unsure] = []
        self._takers: dict[Kind, Callable[[Mark, list[PageLine]], None]] = {
            Kind.SUBTITLE: self._take_definition,
            Kind.EXAMPLES: self._take_items,
            Kind.RED_FLAGS: self._take_items,
            Kind.JOB_TITLE: self._take_job_titles,
            Kind.ALSO_TRY: self._take_titles,
            Kind.QUESTION_LEVEL: self._take_question_level,
            Kind.ASK: self._take_question,
            Kind.ANSWER: self._take_answer,
            Kind.LEVEL: self._take_level,
        }

    def take(self, section: Section) -> None:
        """Read a section."""
        mark = section.mark
        if mark is None:
            self._head = self._short_enough(section.lines)
            return
        lines = self._short_enough(section.lines)
        if len(mark.value) > LONGEST_LINE:
            self._doubts.append(
                Unsure(mark.line.number, "line too long for a glossary page", folded([mark.value[:80]]))
            )
            mark = replace(mark, value="")
        if take := self._takers.get(mark.kind):
            take(mark, lines)
        elif mark.kind is Kind.SECOND:
            self._leave(lines, f"“{mark.line.text[:80]}” stands here a second time, as on another page")
        else:
            aside = mark.kind is Kind.OTHER
            self._leave(lines, f"it stands under “{mark.line.text[:80]}”", aside=aside)

    def found(self, text: str, kinds: set[Kind | None]) -> Found:
        """Return what all sections come to."""
        naming = self._naming(kinds)
        levels = self._with_indicators(parted=Kind.RED_FLAGS in kinds)
        examples = [FoundText(line.text, line.number) for line in self._items[Kind.EXAMPLES]]
        self._tell_furniture(naming.name.text if naming.name and naming.titled else "")
        return Found(
            text=text,
            name=naming.name,
            titled=naming.titled,
            term=naming.term,
            stands_for=naming.stands_for,
            aliases=naming.aliases,
            industry=self._industry,
            meaning=naming.meaning,
            signal=naming.signal,
            job_titles=self._few(self._job_titles),
            titles=self._few(self._titles),
            levels=(*levels, *self._levels_only_asked(levels)),
            questions=tuple(self._questions),
            red_flags=self._few([FoundText(line.text, line.number) for line in self._items[Kind.RED_FLAGS]]),
            examples=self._few([*naming.examples, *examples]),
            unplaced=tuple(self._unplaced),
            doubts=tuple(self._doubts[:MOST_ITEMS]),
        )

    def _tell_furniture(self, title: str) -> None:
        """Tell once of all lines that are no text of the page; on sheets of paper its title is one."""
        heads = [line for line in self._unplaced if line.text == title]
        if not self._furniture:
            return
        self._unplaced = [line for line in self._unplaced if line not in heads]
        others = len(self._furniture) + len(heads) - 1
        more = f", with {count(others, 'more line')} of the kind" if others else ""
        what = f"left out: it looks like an address, a date or a button of the page{more}"
        first = self._furniture[0]
        self._doubts.append(Unsure(first.number, what, first.text))

    def _naming(self, kinds: set[Kind | None]) -> Naming:
        if Kind.SUBTITLE in kinds:
            naming = name_below_title(self._head, self._definition)
        else:
            naming = name_without_subtitle(self._head, examples_follow=Kind.EXAMPLES in kinds)
        self._leave(naming.left, "it stands below the definition")
        if naming.name is None and self._job_titles:
            doubt = "the page has no title, so it is its typical job title"
            name = replace(self._job_titles[0], doubt=doubt)
            naming = replace(naming, name=name, term=name.text)
        return explained(naming)

    def _take_definition(self, mark: Mark, lines: list[PageLine]) -> None:
        self._industry = FoundText(mark.value, mark.line.number)
        end = next((place for place, line in enumerate(lines) if place and parts_from(line)), len(lines))
        end = 0 if lines and lines[0].bullet else end
        self._definition = lines[:end]
        self._leave(lines[end:], "it stands below the definition, and no section is named before it")

    def _take_items(self, mark: Mark, lines: list[PageLine]) -> None:
        found, stray = items(lines, is_label)
        end = end_of_list(found)
        self._items[mark.kind] += found[:end]
        self._leave(found[end:], f"a blank line parts it from the others under “{mark.line.text}”")
        self._leave_stray(stray, mark)

    def _take_job_titles(self, mark: Mark, lines: list[PageLine]) -> None:
        text, line = mark.value, mark.line.number
        if not text and lines:
            text, line, lines = lines[0].text, lines[0].number, lines[1:]
        self._job_titles += job_titles_in(text, line)
        self._leave(lines, "it stands below the typical job title")

    def _take_titles(self, mark: Mark, lines: list[PageLine]) -> None:
        own = [replace(mark.line, raw=mark.value, bullet="")] if mark.value else []
        prose = [line for line in lines if is_prose(line)]
        parted = [  # a line goes on with the one that stood above it, not with the one above the prose
            replace(line, gap=True, wrapped=False) if before in prose else line
            for before, line in zip([None, *lines], lines, strict=False)
        ]
        titles = unwrapped([*own, *(line for line in parted if not is_prose(line))])
        self._titles += titles_in(titles[:MOST_ITEMS])
        self._leave([*prose, *titles[MOST_ITEMS:]], "it stands among the titles to search for, and is none")

    def _take_question_level(self, mark: Mark, lines: list[PageLine]) -> None:
        self._level_asked = mark.value
        self._leave(lines, f"it stands under “{mark.line.text}”, and is no question")

    def _take_question(self, mark: Mark, lines: list[PageLine]) -> None:
        texts = [mark.value] if mark.value else []
        end = 0
        while end < len(lines) and (not texts or goes_on(texts[-1], lines[end])):
            texts.append(lines[end].text)
            end += 1
        if len(self._questions) == MOST_ITEMS:
            self._doubts.append(Unsure(mark.line.number, f"more than {MOST_ITEMS} questions", mark.line.text))
        elif texts:
            ask = FoundText(folded(texts), mark.line.number, "it has no expected answer")
            self._questions.append(FoundQuestion(ask, self._level_asked))
        self._leave(lines[end:], "it stands between a question and its answer")

    def _take_answer(self, mark: Mark, lines: list[PageLine]) -> None:
        if not (self._questions and self._questions[-1].answer is None):
            own = [replace(mark.line, raw=mark.value, bullet="")] if mark.value else []
            self._leave([*own, *lines], "an answer without a question")
            return
        texts = [mark.value] if mark.value else []
        end = 0
        listed = not mark.value or mark.value.endswith(":")
        while end < len(lines) and (not texts or goes_on(texts[-1], lines[end], listed=listed)):
            texts.append(lines[end].text)
            end += 1
        bullets = [without_lead_in(line.text) for line in lines[:end] if line.bullet]
        answer = FoundText(folded(texts), mark.line.number)
        self._leave(lines[end:], "it stands below an answer, and no section is named before it")
        if answer.text:
            points = tuple(
                FoundPoint(text)
                for text in dict.fromkeys(bullets if len(bullets) > 1 else cut_points(answer.text))
            )
            asked = self._questions[-1]
            ask = replace(asked.ask, doubt="")
            self._questions[-1] = replace(asked, ask=ask, answer=answer, points=points)

    def _take_level(self, mark: Mark, lines: list[PageLine]) -> None:
        if len(self._levels) == MOST_LEVELS:
            self._doubts.append(Unsure(mark.line.number, f"more than {MOST_LEVELS} levels", mark.line.text))
        if len(self._levels) >= MOST_LEVELS:
            return
        found, stray = items(lines, heads_something)
        self._levels.append((FoundLevel(mark.value, mark.line.number, mark.years), found))
        self._leave_stray(stray, mark)

    def _leave_stray(self, lines: Sequence[PageLine], mark: Mark) -> None:
        """Leave a line that is no item of a list, and what stands below: it may belong elsewhere."""
        if not lines:
            return
        first, *below = lines
        self._leave([first], f"it is no item of the list under “{mark.line.text[:80]}”")
        self._leave(below, f"it stands below “{first.text[:80]}”, which is no heading that is known")

    def _with_indicators(self, *, parted: bool) -> list[FoundLevel]:
        """Return the levels; unless the red flags are parted from them, the last bullets may be some."""
        if not self._levels:
            return []
        self._deal_table()
        end = None if parted else doubtful_from([lines for _, lines in self._levels])
        levels = []
        in_years = any(level.years for level, _ in self._levels)
        for place, (level, lines) in enumerate(self._levels):
            last = place == len(self._levels) - 1
            kept = lines[:end] if last else lines
            if last and len(kept) < len(lines):
                self._leave(
                    lines[end:], f"a red flag, or a sign of “{level.name}”? No heading stands before it"
                )
            indicators = self._few([FoundText(line.text, line.number) for line in kept])
            doubt = "no years stand beside it, as beside the others" if in_years and not level.years else ""
            levels.append(replace(level, indicators=indicators, doubt=doubt))
        return levels

    def _deal_table(self) -> None:
        """Give levels whose headings stood in one row the lines of their columns, a cell each."""
        if len({level.line for level, _ in self._levels}) < len(self._levels):
            return  # they still stand in one row, and were dealt by it
        found = columns_of([lines for _, lines in self._levels])
        if found is None:
            return
        start, end, columns = found
        if not any(columns):
            self._leave(self._levels[end - 1][1], "it may belong to any of the levels that stand above it")
        self._levels[start:end] = [
            (level, lines) for (level, _), lines in zip(self._levels[start:end], columns, strict=True)
        ]

    def _levels_only_asked(self, levels: Sequence[FoundLevel]) -> list[FoundLevel]:
        """Return the levels that only a heading over questions names."""
        found: list[FoundLevel] = []
        for question in self._questions:
            if question.level and not level_of(question.level, [*levels, *found]):
                doubt = "questions are asked of it, but no indicators stand under it"
                found.append(FoundLevel(question.level, question.ask.line, doubt=doubt if levels else ""))
        return found

    def _short_enough(self, lines: Sequence[PageLine]) -> list[PageLine]:
        """Return the lines of a section up to one that is too long for a page."""
        own: list[PageLine] = []
        for line in lines:
            (self._furniture if FURNITURE.fullmatch(line.text) else own).append(line)
        end = next((place for place, line in enumerate(own) if len(line.raw) > LONGEST_LINE), len(own))
        for line in own[end : end + 1]:
            self._doubts.append(Unsure(line.number, "line too long for a glossary page", line.text[:80]))
        self._leave(own[end + 1 :], "it stands below a line that is too long")
        return own[:end]

    def _leave(self, lines: Sequence[PageLine], why: str, *, aside: bool = False) -> None:
        room = max(0, MOST_ITEMS - len(self._unplaced))
        self._unplaced += [
            Unplaced(line.text[:LONGEST_LINE], line.number, why, bullet=bool(line.bullet), aside=aside)
            for line in lines[:room]
        ]

    def _few(self, found: Sequence[FoundText]) -> tuple[FoundText, ...]:
        """Return the items of a section, each once; far too many are cut off, and that is told."""
        each = tuple({item.text: item for item in reversed(found)}.values())[::-1]
        if len(each) > MOST_ITEMS:
            self._doubts.append(
                Unsure(
                    each[MOST_ITEMS].line, f"more than {MOST_ITEMS} in a section: the rest is left out", ""
                )
            )
        return each[:MOST_ITEMS]
