"""Synonym matching: which titles to search for too, and how each relates to the role."""

import random
from collections.abc import Iterator, Mapping

from trainer.cards.card import (
    Card,
    Form,
    Line,
    Option,
    Question,
    Way,
    not_this_one,
    pick_rivals,
    shuffled,
    with_article,
)
from trainer.cards.elsewhere import has_titles_elsewhere, judged_elsewhere, refused, titles_elsewhere
from trainer.material.sheet import Note, Relation, Search, Sheet, Title

SEARCH = {
    Search.YES: "Yes",
    Search.FILTER: "Yes, then filter",
    Search.NO: "No",
}
_SEARCH_MEANS = {
    Search.YES: "“Yes” is for a title whose holders mostly do this job: not so here.",
    Search.FILTER: "“Filter” is for a title that brings some right people among many others.",
    Search.NO: "“No” is for a title that brings nobody for this role: here you would lose good people.",
}
_SEARCH_ANSWER = {
    Search.YES: "yes, search it",
    Search.FILTER: "search it, then filter",
    Search.NO: "leave it out",
}
RELATION = {
    Relation.SAME: "The same job",
    Relation.SENIOR: "A more senior job",
    Relation.JUNIOR: "A more junior job",
    Relation.DIFFERENT: "A different job",
    Relation.SEARCH_WORD: "Only a search word",
}
_RELATION_MEANS = {
    Relation.SAME: "“The same” would mean that the two titles can be exchanged.",
    Relation.SENIOR: "“More senior” would mean that it ranks above this role in the same team.",
    Relation.JUNIOR: "“More junior” would mean that it ranks below this role in the same team.",
    Relation.DIFFERENT: "“Different” would mean other work, whatever the rank.",
    Relation.SEARCH_WORD: "“Only a search word” would mean that it finds people and tells no rank.",
}


def cards(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Card]:
    """Yield the deck of a sheet; where nobody judged its titles, those of other sheets compete with them."""
    titles = [
        TitleCard(sheet, "synonyms", title.id, origin=title.origin, title=title, sheets=sheets)
        for title in sheet.titles
        if title.search or title.relation or has_titles_elsewhere(sheet, sheets)
    ]
    yield from titles
    searched = [title for title in sheet.titles if title.search is not Search.NO]
    if len(searched) > 1:
        yield SearchListCard(
            sheet,
            "synonyms",
            "all",
            "search",
            origin=sheet.origin,
            after=tuple(card.id for card in titles),
            others=tuple(judged_elsewhere(sheet, sheets)),
            sheets=sheets,
        )


class TitleCard(Card, frozen=True, eq=False, kw_only=True):
    """One title: would you search it, and what does a hit tell?

    Where nobody judged it, it is only told from titles that the page does not name.
    """

    title: Title
    sheets: Mapping[str, Sheet]

    def ways(self) -> tuple[Way, ...]:
        judged = [kind for kind in ("search", "relation") if getattr(self.title, kind)]
        ways = [Way(kind, Form.CHOOSE) for kind in judged or ["among"]]
        for note in self._telling_notes():
            if note.relation:
                ways.append(Way(f"relation.{note.region}", Form.CHOOSE, (1, 2, 3)))
            if note.search:
                ways.append(Way(f"search.{note.region}", Form.CHOOSE, (1, 2, 3)))
        ways += [
            Way(f"{kind}.any", Form.CHOOSE, (3,))
            for kind in ("search", "relation")
            if any(getattr(note, kind) for note in self.title.notes)
        ]
        return tuple(ways)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        if way.key == "among":
            return self._ask_among(way, stage, rng)
        kind, _, region = way.key.partition(".")
        options = (
            self._search_options(region) if kind == "search" else self._relation_options(region, stage, rng)
        )
        role = _role(self.sheet)
        prompt = (
            f"Would you search this title for {with_article(role)}?"
            if kind == "search"
            else f"You look for {with_article(role)}. What is a hit on this title?"
        )
        ground = self._ground(region)
        return Question(
            card=self,
            way=way,
            intro="A job title:",
            text=self.title.title,
            prompt=f"{ground}: {prompt[0].lower()}{prompt[1:]}" if ground else prompt,
            options=options,
            answer=f"{self.title.title}: {self._answer(kind, options)}.",
            lines=self._lines(region),
            hint=self._hint(kind),
        )

    def _ask_among(self, way: Way, stage: int, rng: random.Random) -> Question:
        wrong = pick_rivals(titles_elsewhere(self.sheet, self.sheets, rng), stage, rng)
        options = shuffled([Option(self.title.id, self.title.title, right=True, why=""), *wrong], rng)
        return Question(
            card=self,
            way=way,
            intro="You search for:",
            text=_role(self.sheet),
            prompt="Which of these titles does the page say to search for too?",
            options=options,
            answer=f"{self.title.title}: the page names it.",
            lines=self._lines(""),
            hint=not_this_one(options, rng),
        )

    def _search_options(self, region: str) -> tuple[Option, ...]:
        right = self._right(region, "search")
        return tuple(
            Option(value, text, right=value in right, why="" if value in right else _SEARCH_MEANS[value])
            for value, text in SEARCH.items()
        )

    def _relation_options(self, region: str, stage: int, rng: random.Random) -> tuple[Option, ...]:
        right = self._right(region, "relation")
        wrong = [value for value in RELATION if value not in right]
        shown = {*right, *(rng.sample(wrong, 2) if stage == 0 else wrong)}
        return tuple(
            Option(value, text, right=value in right, why="" if value in right else _RELATION_MEANS[value])
            for value, text in RELATION.items()
            if value in shown
        )

    def _right(self, region: str, kind: str) -> set[str]:
        """Return the right values on the ground that is named; on none, all that are right somewhere."""
        source = {value} if (value := getattr(self.title, kind)) else set()
        regional = {note.region: getattr(note, kind) for note in self._telling_notes() if getattr(note, kind)}
        if region == "any":
            return source | set(regional.values())
        return {regional[region]} if region in regional else source

    def _ground(self, region: str) -> str:
        if not self._telling_notes() or region == "any":
            return ""
        if region:
            return f"In the {region}" if region in {"UK", "US"} else f"In {region[0].lower()}{region[1:]}"
        return "By the page" if self.title.origin == "page" else "In general"

    def _telling_notes(self) -> list[Note]:
        return [note for note in self.title.notes if note.relation or note.search]

    def _answer(self, kind: str, options: tuple[Option, ...]) -> str:
        right = [option.id for option in options if option.right]
        if kind == "search":
            return " or ".join(_SEARCH_ANSWER[Search(id_)] for id_ in right)
        return " or ".join(RELATION[Relation(id_)].lower() for id_ in right)

    def _lines(self, region: str) -> tuple[Line, ...]:
        """Return what tells why: on the ground of a region its note first, else the source's reason."""
        here = [Line(note.region, note.text) for note in self.title.notes if note.region == region]
        elsewhere = [Line(note.region, note.text) for note in self.title.notes if note.region != region]
        label = ("By the page" if self.title.origin == "page" else "In general") if here else "Because"
        why = [Line(label, self.title.why)] if self.title.why else []
        return (*here, *why, *elsewhere)

    def _hint(self, kind: str) -> str:
        if kind == "search":
            return "Think of who turns up: mostly your people, some of them, or none?"
        return "Think of who gives orders to whom, and whether the work is the same."


class SearchListCard(Card, frozen=True, eq=False, kw_only=True):
    """All titles to search for this role, at once."""

    others: tuple[Option, ...]
    """Titles of roles that this sheet says not to search, as wrong answers."""
    sheets: Mapping[str, Sheet]

    def ways(self) -> tuple[Way, ...]:
        typed = Way("type", Form.TYPE, (3,))
        ticked = self._left_out() or self.others or has_titles_elsewhere(self.sheet, self.sheets)
        return (Way("tick", Form.TICK), typed) if ticked else (typed,)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        searched = self._searched()
        options: tuple[Option, ...] = ()
        if way.form is Form.TICK:
            options = shuffled([*map(_search_option, searched), *self._wrong(stage, rng)], rng)
        job_titles = Line("Typical title", ", ".join(self.sheet.job_titles))
        return Question(
            card=self,
            way=way,
            prompt=f"{self._prompt()} " + ("Tick all." if options else "Type them, with commas between."),
            options=options,
            accepted=() if options else tuple((title.title,) for title in searched),
            rivals=tuple(option.text for option in self._judged()),
            answer=", ".join(title.title for title in searched),
            lines=(job_titles,) if self.sheet.job_titles else (),
            hint=f"There are {len(searched)}.",
        )

    def _prompt(self) -> str:
        role = _role(self.sheet)
        if any(title.search for title in self.sheet.titles):
            return f"Which titles would you search for {with_article(role)}, beside the name itself?"
        return f"You search for: {role}. Which other titles does the page say to search for?"

    def _wrong(self, stage: int, rng: random.Random) -> list[Option]:
        """Return titles to leave out: judged ones, else those that only other sheets name."""
        if judged := self._judged():
            return rng.sample(judged, min(len(judged), stage + 2))
        return titles_elsewhere(self.sheet, self.sheets, rng)[: stage + 2]

    def _judged(self) -> list[Option]:
        return [*map(_search_option, self._left_out()), *self.others]

    def _searched(self) -> list[Title]:
        return [
            title for title in self.sheet.titles if title.origin == "page" and title.search is not Search.NO
        ] or [title for title in self.sheet.titles if title.search is not Search.NO]

    def _left_out(self) -> list[Title]:
        return [title for title in self.sheet.titles if refused(title)]


def _role(sheet: Sheet) -> str:
    return sheet.terms[0].term if sheet.terms else sheet.name


def _search_option(title: Title) -> Option:
    judged = f"Search: {SEARCH[title.search].lower()}." if title.search else "The page names it."
    return Option(title.id, title.title, right=title.search is not Search.NO, why=title.why or judged)
