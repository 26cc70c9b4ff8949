"""Synonym matching: which titles to search for too, and how each relates to the role."""

import random
from collections.abc import Iterator, Mapping

from msgspec import Struct

from trainer.cards.card import Card, Form, Line, Option, Question, Way, shuffled, with_article
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
    """Yield the deck of a sheet."""
    titles = [
        TitleCard(sheet, "synonyms", title.id, origin=title.origin, title=title) for title in sheet.titles
    ]
    yield from titles
    searched = [title for title in sheet.titles if title.search is not Search.NO]
    if len(searched) > 1:
        yield SearchListCard(
            sheet,
            "synonyms",
            "all",
            "search",
            after=tuple(card.id for card in titles),
            others=tuple(_of_other_roles(sheet, sheets)),
        )


class TitleCard(Card, frozen=True, eq=False, kw_only=True):
    """One title: would you search it, and what does a hit tell?"""

    title: Title

    def ways(self) -> tuple[Way, ...]:
        ways = [Way("search", Form.CHOOSE), Way("relation", Form.CHOOSE)]
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
        kind, _, region = way.key.partition(".")
        options = (
            self._search_options(region) if kind == "search" else self._relation_options(region, stage, rng)
        )
        role = self.sheet.terms[0].term if self.sheet.terms else self.sheet.name
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
        source = {getattr(self.title, kind)}
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


class _Other(Struct, frozen=True):
    """A title of another role, one that this sheet says not to search."""

    title: str
    why: str


class SearchListCard(Card, frozen=True, eq=False, kw_only=True):
    """All titles to search for this role, at once."""

    others: tuple[_Other, ...]

    def ways(self) -> tuple[Way, ...]:
        typed = Way("type", Form.TYPE, (3,))
        return (Way("tick", Form.TICK), typed) if self._left_out() or self.others else (typed,)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        role = self.sheet.terms[0].term if self.sheet.terms else self.sheet.name
        searched = self._searched()
        options: tuple[Option, ...] = ()
        if way.form is Form.TICK:
            wrong = [*map(_search_option, self._left_out()), *map(_other_option, self.others)]
            some = rng.sample(wrong, min(len(wrong), stage + 2))
            options = shuffled([*map(_search_option, searched), *some], rng)
        job_titles = Line("Typical title", ", ".join(self.sheet.job_titles))
        return Question(
            card=self,
            way=way,
            prompt=f"Which titles would you search for {with_article(role)}, beside the name itself? "
            + ("Tick all." if options else "Type them, with commas between."),
            options=options,
            accepted=() if options else tuple((title.title,) for title in searched),
            rivals=(*(title.title for title in self._left_out()), *(other.title for other in self.others)),
            answer=", ".join(title.title for title in searched),
            lines=(job_titles,) if self.sheet.job_titles else (),
            hint=f"There are {len(searched)}.",
        )

    def _searched(self) -> list[Title]:
        return [
            title for title in self.sheet.titles if title.origin == "page" and title.search is not Search.NO
        ] or [title for title in self.sheet.titles if title.search is not Search.NO]

    def _left_out(self) -> list[Title]:
        return [title for title in self.sheet.titles if _refused(title)]


def _of_other_roles(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[_Other]:
    """Yield the other names of the roles that this sheet says not to search, each once.

    Of a role that it does not judge nothing is taken: its titles might be right here too.
    """
    taken = {title.title.casefold() for title in sheet.titles} | {
        name.casefold() for name in (sheet.name, *sheet.job_titles)
    }
    refused = {title.id: title for title in sheet.titles if _refused(title)}
    for other in sheets.values():
        ids = (other.id, *(term.id for term in other.terms[:1]))  # ids, as wording may be edited
        judged = next((refused[id_] for id_ in ids if id_ in refused), None)
        if judged is None or other.id == sheet.id:
            continue
        for title in other.titles:
            known = title.title.casefold() in taken
            if title.relation is Relation.SAME and title.search is Search.YES and not known:
                taken.add(title.title.casefold())
                reason = f" {judged.why}" if judged.why else ""
                yield _Other(title.title, f"Another name for {with_article(other.name)}.{reason}")


def _refused(title: Title) -> bool:
    return title.search is Search.NO and not any(note.search for note in title.notes)


def _other_option(other: _Other) -> Option:
    return Option(other.title, other.title, right=False, why=other.why)


def _search_option(title: Title) -> Option:
    right = title.search is not Search.NO
    return Option(
        title.id, title.title, right=right, why=title.why or f"Search: {SEARCH[title.search].lower()}."
    )
