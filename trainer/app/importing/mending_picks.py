"""What is asked while a page is mended: where a line belongs, and where it is cut."""

from collections.abc import Sequence

from trainer.app.importing.mending import SIGNS
from trainer.app.importing.mending_view import cuts_of
from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen


def place_pick(places: Sequence[str], lines: int) -> PickScreen:
    """Ask to which of the places so many lines belong."""
    one = lines == 1
    question = "Where does it belong?" if one else f"Where do these {lines} belong?"
    return PickScreen(question, [*map(said, places)], verb="Put it there" if one else "Put them there")


def cut_pick(text: str) -> PickScreen:
    """Ask where a line is cut in two."""
    cuts = cuts_of(text)
    question = "Where does the next one begin?"
    return PickScreen(question, cuts, verb="Cut here", first=(len(cuts) - 1) // 2)


def sign_pick(signs: Sequence[str]) -> PickScreen:
    """Ask at which of the signs that stand in them several lines are cut."""
    answers = [said(SIGNS[sign]) for sign in signs]
    return PickScreen("Where is each of them cut?", answers, verb="Cut them")
