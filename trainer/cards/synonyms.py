"""Synonym matching: which titles to search for too, and how each relates to the role."""

import random
from collections.abc import Iterator

from msgspec import structs

from trainer.cards.card import (
    BECAUSE,
    Card,
    Form,
    Line,
    Option,
    Question,
    Skill,
    Way,
    fairness,
    not_this_one,
    pick_rivals,
    shuffled,
)
from trainer.cards.distractors import has_titles_elsewhere, judged_elsewhere, refused, titles_elsewhere
from trainer.cards.regional import KINDS, by_region, differs, differs_in_trade, leaves_enough, right_of
from trainer.cards.role_names import role_called
from trainer.cards.sheets import Sheets
from trainer.cards.stage import STAGES
from trainer.humanize import listed, with_article
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import TRADE_REGIONS, Relation, Search, Sheet, Title
from trainer.memory.learner import Region

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
    Relation.SENIOR: "Above it, in the same team",
    Relation.JUNIOR: "Below it, in the same team",
    Relation.DIFFERENT: "A different job",
    Relation.SEARCH_WORD: "Only a search word",
}
_RELATION_MEANS = {
    Relation.SAME: "“The same” would mean that the two titles can be exchanged.",
    Relation.SENIOR: "“Above it” would mean that they give this role its orders, or stand over it.",
    Relation.JUNIOR: "“Below it” would mean that they take orders from this role, or stand under it.",
    Relation.DIFFERENT: "“Different” would mean other work, whatever the rank.",
    Relation.SEARCH_WORD: "“Only a search word” would mean that it finds people and tells no rank.",
}
_TITLES_ASKED = {
    Form.TICK: "Tick all.",
    Form.FLIP: "Say them, then look.",
    Form.TYPE: "Type them, with commas between.",
}
_SEARCHED = {
    Search.YES: "searched for {} and kept everybody it finds",
    Search.FILTER: "searched for {} and filtered whom it finds",
    Search.NO: "left {} out of the search",
}
_TAKEN = {
    Relation.SAME: "the same job as {}",
    Relation.SENIOR: "a job above {}",
    Relation.JUNIOR: "a job below {}",
    Relation.DIFFERENT: "a job that is not like {}'s",
    Relation.SEARCH_WORD: "no more than a search word",
}
"""What a title was taken for, by what was chosen."""


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    """Yield the deck of a sheet; where nobody judged its titles, those of other sheets compete with them."""
    unjudged = any(not (title.search or title.relation) for title in sheet.titles)
    told_apart = unjudged and has_titles_elsewhere(sheet, sheets)
    titles = [
        TitleCard(sheet, "synonyms", title.id, origin=title.origin, title=title, sheets=sheets)
        for title in sheet.titles
        if title.search or title.relation or told_apart
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

    Where regions differ, all that is right in one of them is right as long as no region is named; then each
    region is asked by its name. What the page claims and every region denies comes last, and as a claim.
    Where nobody judged a title, it is only told from titles that the page does not name.
    """

    title: Title
    sheets: Sheets

    @property
    def heading(self) -> str:
        return self.title.title

    @property
    def skill(self) -> Skill:
        return Skill("placed", "title", "titles")

    def ways(self) -> tuple[Way, ...]:
        judged = [kind for kind in KINDS if right_of(self.title, kind)]
        if not judged:
            return (Way("among", Form.CHOOSE),)
        ways = [way for kind in judged for way in self._ways_of(kind)]
        open_ones = [way for way in ways if 0 in way.stages]
        return (
            *open_ones,
            *(way for way in ways if way not in open_ones),
            *(Way(f"claim.{region}", Form.CHOOSE, (1, 2, 3), held=True) for region in self.title.denied_in),
        )

    def first_texts(self) -> tuple[str, ...]:
        return self.title.title, role_called(self.sheet)

    def ways_in(self, region: Region | None) -> tuple[Way, ...]:
        """Return the ways that ask for the learner's own region, and what the page claims of it last.

        Who hires in both is asked for each, in turn; who named none, only for what holds in one of them.
        """
        asked: tuple[Region | None, ...] = ("UK", "US") if region == "both" else (region,)
        ways = [self._way_in(each, way) for way in self.ways() for each in asked]
        return tuple(sorted(dict.fromkeys(way for way in ways if way), key=lambda way: way.held))

    def _way_in(self, region: Region | None, way: Way) -> Way | None:
        """Return what stands in the place of a way in a region; None where it is not to be asked there."""
        kind, _, named = way.key.partition(".")
        if kind == "claim":
            return way if region in {None, named} else None
        if named and named not in {"any", *TRADE_REGIONS}:
            return way
        if region:
            return Way(f"{kind}.{region}", way.form) if named or differs_in_trade(self.title, kind) else way
        return None if named in TRADE_REGIONS and leaves_enough(self.title, kind) else way

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "titles", self.item

    def mistake(self, way: str, chosen: str) -> str:
        title = f"“{self.title.title}”"
        if way.startswith("search"):
            words = next((words for value, words in _SEARCHED.items() if value == chosen), "")
            return words.format(title)
        relation = next((words for value, words in _TAKEN.items() if value == chosen), "")
        return (
            f"took {title} for {relation.format(with_article(role_called(self.sheet)))}" if relation else ""
        )

    @property
    def right_ids(self) -> tuple[str, ...]:
        return tuple(sorted({right for kind in KINDS for right in right_of(self.title, kind)}))

    def _ways_of(self, kind: str) -> Iterator[Way]:
        """Yield the ways to ask for one judgement: with no region first, if that leaves enough to choose."""
        telling, enough = differs(self.title, kind), leaves_enough(self.title, kind)
        if enough:
            yield Way(f"{kind}.any" if telling else kind, Form.CHOOSE)
        if telling:
            for region in by_region(self.title, kind):
                yield Way(f"{kind}.{region}", Form.CHOOSE, (1, 2, 3) if enough else STAGES)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        if way.key == "among":
            return self._ask_among(way, stage, rng)
        kind, _, region = way.key.partition(".")
        region = "" if region == "any" else region
        if kind == "claim":
            return self._ask_of_the_claim(way, region, stage, rng)
        options = (
            self._search_options(region) if kind == "search" else self._relation_options(region, stage, rng)
        )
        return Question(
            card=self,
            way=way,
            intro="A job title:",
            text=self.title.title,
            prompt=self._prompt(kind, region),
            options=options,
            answer=f"{self.title.title}: {self._answer(kind, options)}.",
            lines=self._lines(region),
            hint=self._hint(kind),
            differs_by_region=region in {"", *TRADE_REGIONS} and differs_in_trade(self.title, kind),
        )

    def _prompt(self, kind: str, region: str) -> str:
        role = with_article(role_called(self.sheet))
        asked = {
            "search": f"hiring {role}, would you search for this title?",
            "relation": f"you're hiring {role}, and someone with this title turns up. "
            "Where does their job stand?",
        }[kind]
        prompt = f"{_in(region)}, {asked}" if region else asked
        return f"{prompt[0].upper()}{prompt[1:]}"

    def _ask_of_the_claim(self, way: Way, region: str, stage: int, rng: random.Random) -> Question:
        """Ask whether what the page claims holds in a region, where it does not."""
        options = self._relation_options(region, stage, rng, shown=Relation.SAME)
        return Question(
            card=self,
            way=way,
            intro="A job title:",
            text=self.title.title,
            prompt=f"The glossary page calls this and {with_article(role_called(self.sheet))} the same job. "
            f"{_in(region)}, is it?",
            options=tuple(structs.replace(option, text=_as_reply(option)) for option in options),
            answer=f"No. {_in(region)}, {self.title.title}: {self._answer('relation', options)}.",
            lines=self._lines(region),
            hint=self._hint("relation"),
        )

    def _ask_among(self, way: Way, stage: int, rng: random.Random) -> Question:
        wrong = pick_rivals(titles_elsewhere(self.sheet, self.sheets, rng), stage, rng)
        options = shuffled([Option(self.title.id, self.title.title, right=True, why=""), *wrong], rng)
        return Question(
            card=self,
            way=way,
            intro="You're hiring:",
            text=with_article(role_called(self.sheet)),
            prompt=f"Which of these titles does {_page(self.sheet)} say to search for too?",
            options=options,
            answer=f"{self.title.title}: the glossary page names it.",
            lines=self._lines(""),
            hint=not_this_one(options, rng),
        )

    def _search_options(self, region: str) -> tuple[Option, ...]:
        right = right_of(self.title, "search", region)
        return tuple(
            Option(value, text, right=value in right, why="" if value in right else _SEARCH_MEANS[value])
            for value, text in SEARCH.items()
        )

    def _relation_options(
        self, region: str, stage: int, rng: random.Random, *, shown: Relation | None = None
    ) -> tuple[Option, ...]:
        """Return the relations to choose from, `shown` among them; a new card leaves two wrong ones."""
        right = right_of(self.title, "relation", region)
        wrong = [value for value in RELATION if value not in right]
        kept = {*right, *([shown] if shown else ()), *(rng.sample(wrong, 2) if stage == 0 else wrong)}
        return tuple(
            Option(value, text, right=value in right, why="" if value in right else _RELATION_MEANS[value])
            for value, text in RELATION.items()
            if value in kept
        )

    def _answer(self, kind: str, options: tuple[Option, ...]) -> str:
        right = [option.id for option in options if option.right]
        if kind == "search":
            return " or ".join(_SEARCH_ANSWER[Search(id_)] for id_ in right)
        return " or ".join(RELATION[Relation(id_)].lower() for id_ in right)

    def _lines(self, region: str) -> tuple[Line, ...]:
        """Return what tells why: on the ground of a region its note first, else the reason in general."""
        denied, notes = self.title.denied_in, self.title.notes
        here = [Line(note.region, note.text, at_once=True) for note in notes if note.region == region]
        elsewhere = [
            Line(note.region, note.text, at_once=not region and note.region in denied)
            for note in notes
            if note.region != region
        ]
        differs = here or denied
        label = ("Glossary page" if self.title.origin == "page" else "In general") if differs else BECAUSE
        why = [Line(label, self.title.why, at_once=not differs)] if self.title.why else []
        told = (*here, *elsewhere, *why) if denied else (*here, *why, *elsewhere)
        return (*told, *fairness(self.title.fair))

    def _hint(self, kind: str) -> str:
        if kind == "search":
            return "Think of who turns up: mostly your people, some of them, or none?"
        return "Think of who gives orders to whom, and whether the work is the same."


class SearchListCard(Card, frozen=True, eq=False, kw_only=True):
    """All titles to search for this role, at once."""

    others: tuple[Option, ...]
    """Titles of roles that this sheet says not to search, as wrong answers."""
    sheets: Sheets

    @property
    def heading(self) -> str:
        return "All titles to search for"

    @property
    def skill(self) -> Skill:
        return Skill("searched for", "role", "roles")

    def ways(self) -> tuple[Way, ...]:
        typed = Way("type", Form.TYPE, (3,))
        ticked = self._left_out() or self.others or has_titles_elsewhere(self.sheet, self.sheets)
        return (Way("tick", Form.TICK) if ticked else Way("recall", Form.FLIP, (0, 1, 2))), typed

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        searched = self._searched()
        options: tuple[Option, ...] = ()
        if way.form is Form.TICK:
            options = shuffled([*map(_search_option, searched), *self._wrong(stage, rng)], rng)
        job_titles = Line("Typical title", ", ".join(self.sheet.job_titles))
        return Question(
            card=self,
            way=way,
            prompt=f"{self._prompt()} {_TITLES_ASKED[way.form]}",
            options=options,
            accepted=tuple((title.title,) for title in searched) if way.form is Form.TYPE else (),
            rivals=tuple(option.text for option in self._judged()),
            answer=f"Search for {listed([title.title for title in searched])}.",
            lines=(job_titles,) if self.sheet.job_titles else (),
            hint=f"There are {len(searched)}.",
        )

    def first_texts(self) -> tuple[str, ...]:
        return tuple(title.title for title in self.sheet.titles)

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield from (("titles", title.id) for title in sheet.titles)

    def _prompt(self) -> str:
        role = role_called(self.sheet)
        if any(title.search for title in self.sheet.titles):
            return f"Hiring {with_article(role)}, which other titles would you search for, if only to filter?"
        page = _page(self.sheet)
        return f"You're hiring {with_article(role)}. Which other titles does {page} say to search for?"

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


def _in(region: str) -> str:
    return f"In the {region}" if region in TRADE_REGIONS else f"In {region[0].lower()}{region[1:]}"


def _as_reply(option: Option) -> str:
    yes = "Yes" if option.id == Relation.SAME else "No"
    return f"{yes}: {option.text[0].lower()}{option.text[1:]}"


def _page(sheet: Sheet) -> str:
    """Name the page where its title is no role: two pages may look for one job."""
    subject = sheet.terms[0].term if sheet.terms else sheet.name
    return (
        "the glossary page"
        if role_called(sheet) in {subject, sheet.name}
        else f"the glossary page on {subject}"
    )


def _search_option(title: Title) -> Option:
    judged = f"Search: {SEARCH[title.search].lower()}." if title.search else "The glossary page names it."
    return Option(title.id, title.title, right=title.search is not Search.NO, why=title.why or judged)
