"""What a learner says of the card that is asked, line by line: put it away, star it, doubt it."""

from collections.abc import Callable

from trainer.memory.state import DOUBTS
from trainer.plain.streams import Streams
from trainer.plain.talks import numbered
from trainer.study.session import Session

_YES = {"y", "Y", "yes", "Yes"}


def put_off(session: Session, streams: Streams) -> None:
    """Put the card off until tomorrow."""
    _take_out(session.bury, "Not today.", streams)


def put_away(session: Session, streams: Streams) -> None:
    """Put the card away if that is meant."""
    if not session.question:
        streams.write("There is no card to put away.")
        return
    if streams.read("Put this card away? It is asked no more, and keeps its progress. y/N > ") not in _YES:
        streams.write("It stays.")
        return
    told = 'Put away. "trainer put-away" lists such cards, and brings them back.'
    _take_out(session.suspend, told, streams)


def _take_out(take_out: Callable[[], bool], told: str, streams: Streams) -> None:
    streams.write(f"{told} :u takes that back." if take_out() else "There is no card to put away.")


def star(session: Session, streams: Streams) -> None:
    """Star the card, or take its star away."""
    if not session.question:
        streams.write("There is no card to star.")
    else:
        streams.write("Starred." if session.star().star else "No star any more.")


def doubt(session: Session, streams: Streams) -> None:
    """Ask what is wrong with the card, and keep it."""
    if not session.question:
        streams.write("There is no card to doubt.")
        return
    reasons = list(DOUBTS)
    streams.write("What is wrong with this card?")
    streams.write_items([*numbered(DOUBTS.values()), ("  0  ", "nothing, no doubt any more")])
    line = streams.read(f"1-{len(reasons)}, 0, or Enter to leave it as it is > ")
    if line == "0":
        session.doubt("")
        streams.write("No doubt any more.")
    elif line in {str(number) for number in range(1, len(reasons) + 1)}:
        session.doubt(reasons[int(line) - 1])
        streams.write('Noted: "trainer doubts" lists it for whoever keeps the decks.')
    else:
        streams.write("It stays as it is.")
