"""What is right of a title: whether to search it and how it relates to the role, in a region or in any."""

from trainer.material.sheet import TRADE_REGIONS, Note, Relation, Search, Title

KINDS = ("search", "relation")
"""What is judged of a title."""
_VALUES = {"search": len(Search), "relation": len(Relation)}
"""So many answers there are."""
_FEWEST_WRONG = {"search": 1, "relation": 2}
"""Wrong answers that must be left for a question that names no region."""


def right_of(title: Title, kind: str, region: str = "") -> set[str]:
    """Return what is right in a region that is named; with none named, all that is right in one.

    What holds in general holds in each region whose note does not say otherwise. A page that calls two
    jobs the same is not believed against all regions of the trade.
    """
    regional, general = by_region(title, kind), _said(title, kind)
    if region:
        return regional.get(region) or general
    denied = kind == "relation" and len(title.denied_in) == len(TRADE_REGIONS)
    return set().union(*regional.values(), () if denied else general)


def by_region(title: Title, kind: str) -> dict[str, set[str]]:
    """Return what is right by region, for those that the notes judge."""
    judged = {note.region: _said(note, kind) for note in title.notes}
    return {region: right for region, right in judged.items() if right}


def differs(title: Title, kind: str) -> bool:
    """Return whether a region judges otherwise than all of them together."""
    everywhere = right_of(title, kind)
    return any(right != everywhere for right in by_region(title, kind).values())


def differs_in_trade(title: Title, kind: str) -> bool:
    """Return whether the regions of the trade judge differently; film is no region of it."""
    british, american = (right_of(title, kind, region) for region in TRADE_REGIONS)
    return british != american


def leaves_enough(title: Title, kind: str) -> bool:
    """Return whether a question that names no region would still have wrong answers enough."""
    return _VALUES[kind] - len(right_of(title, kind)) >= _FEWEST_WRONG[kind]


def _said(part: Title | Note, kind: str) -> set[str]:
    """Return what a title or a note says is right; nothing if it does not say."""
    if kind == "relation":
        return set(part.relations)
    return {part.search} if part.search else set()
