"""Setting a drill: drawing its questions, checking its file, freezing it."""

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from trainer import disk
from trainer.cards.library import Library
from trainer.clean import clean_line
from trainer.errors import DrillError, file_error
from trainer.material.ids import id_of
from trainer.memory.dates import read_date
from trainer.memory.state import Day
from trainer.sharing.drill import LARGEST, LONGEST_TITLE, SUFFIX, Asked, Drill, Published, fingerprint_of
from trainer.sharing.drill_file import drill_of, problems_of, read_published, written
from trainer.sharing.freezing import cards_of, drawn_answers, drawn_cards, frozen, subject_of, way_of


def drafted(  # noqa: PLR0913 — all that a drill says
    library: Library,
    decks: Sequence[str],
    today: Day,
    *,
    title: str,
    count: int,
    due: str = "",
    pass_mark: int | None = None,
    time_limit: int | None = None,
    attempts: int | None = None,
    drawn: bool = False,
    feedback: str | None = None,
    share: Sequence[str] = (),
    no_check: bool = False,
    seed: int | None = None,
) -> Drill:
    """Return a draft with questions drawn from decks. Raises DrillError and UnknownDeckError."""
    called = _called(title)
    seed = secrets.randbelow(10_000) if seed is None else seed
    cards = drawn_cards(library.select(decks), count, seed, None)
    said = {
        "title": called,
        "due": read_date(due, today) if due else None,
        "pass_mark": pass_mark,
        "time_limit": time_limit,
        "attempts": attempts,
        "order": "drawn" if drawn else None,
        "feedback": feedback,
        "share": tuple(each for each in share if each != "score") if share else None,
        "delayed_check": False if no_check else None,
    }
    made = Drill(
        format=1,
        id=id_of(called),
        seed=seed,
        questions=tuple(Asked(card=card.id, says=subject_of(card, None)) for card in cards),
        **{key: value for key, value in said.items() if value is not None},  # type: ignore[arg-type]  # looked at below
    )
    return _looked_at(made, library, today)


def _called(title: str) -> str:
    """Return a title without what steers a terminal. Raises DrillError where nothing is left, or too much."""
    called = clean_line(title)
    if not 0 < len(called) <= LONGEST_TITLE:
        raise DrillError(f"A drill needs a title, of {LONGEST_TITLE} letters at most.")
    return called


def confusions_drill(  # noqa: PLR0913 — all that is known of it
    library: Library, before: Drill, confused: Sequence[tuple[str, str]], today: Day, *, title: str, due: str
) -> Drill:
    """Return the draft of a drill on what a team mixed up in one before.

    `confused` are cards, each with the id of what was chosen instead, what was chosen most first: it asks
    those cards, and those that teach what was chosen. Raises DrillError where none of them is here.
    """
    taught: dict[tuple[str, str, str], list[str]] = {}
    for card in library.cards.values():
        for id_ in card.right_ids:
            taught.setdefault((card.sheet.id, card.deck, id_), []).append(card.id)
    wanted: dict[str, None] = {}
    for id_, option in confused:
        sheet, deck, _ = id_.split("/")
        wanted |= dict.fromkeys([id_, *taught.get((sheet, deck, option), [])[:1]])
    cards = [library.cards[id_] for id_ in wanted if id_ in library.cards]
    cards = [card for card in cards if way_of(card, before.region)]
    if not cards:
        raise DrillError("None of the cards that were mixed up is in your decks.")
    called = _called(title)
    made = Drill(
        format=1,
        id=id_of(called),
        title=called,
        due=read_date(due, today) if due else None,
        pass_mark=before.pass_mark,
        share=("items", "chosen"),
        region=before.region,
        questions=tuple(Asked(card=card.id, says=subject_of(card, before.region)) for card in cards),
    )
    return _looked_at(made, library, today)


def calibration(  # noqa: PLR0913 — all that a round says
    library: Library,
    role: str,
    today: Day,
    *,
    title: str,
    due: str = "",
    time_limit: int | None = None,
    seed: int | None = None,
) -> Drill:
    """Return the draft of a calibration round. Raises DrillError and UnknownDeckError."""
    seed = secrets.randbelow(10_000) if seed is None else seed
    called = _called(title)
    library.select([role])  # it is told as it was written, where there is none
    drawn = drawn_answers(library.select([f"{role.partition('/')[0]}/answers"]), seed)
    made = Drill(
        format=1,
        id=id_of(called),
        title=called,
        kind="calibration",
        seed=seed,
        due=read_date(due, today) if due else None,
        time_limit=time_limit,
        delayed_check=False,
        questions=tuple(Asked(card=card.id, says=subject_of(card, None), way=way.key) for card, way in drawn),
    )
    return _looked_at(made, library, today)


def _looked_at(made: Drill, library: Library, today: Day) -> Drill:
    """Return a draft as its file says it. Raises DrillError for what is wrong with it."""
    read = drill_of(written(made), Path(f"{made.id}{SUFFIX}"))
    _end_with(problems_of(read, library.cards.keys(), today), made.title)
    return read


def keep_draft(drill: Drill, into: Path | None) -> Path:
    """Write a draft into a file that is not there yet; return its path. Raises FileError and DrillError."""
    path = into or Path(f"{drill.id}{SUFFIX}")
    if path.exists():
        raise DrillError(f"{path} is there already. Move it, or name another file: --into FILE")
    return put(path, written(drill))


def checked(path: Path, library: Library, today: Day) -> Published:
    """Return the drill in a file, with nothing wrong. Raises DrillError, one line a problem."""
    found = read_published(path)
    cards = cards_of(found.drill) if found.drill.sheets else library.cards
    _end_with(problems_of(found.drill, cards.keys(), today), str(path))
    return found


def freeze(draft: Published, library: Library) -> Published:
    """Return a drill with its questions as they are now. Raises DrillError."""
    if draft.drill.sheets:
        return draft
    made = frozen(draft.drill, library)
    data = written(made)
    if len(data) > LARGEST:
        raise DrillError(f'"{made.title}" would be too large for others to read. Take out questions.')
    drill_of(data, Path(f"{made.id}{SUFFIX}"))  # what others can't read is not published
    return Published(made, fingerprint_of(data), data)


def freeze_draft(draft: Drill, library: Library) -> Published:
    """Return a draft that is in no file with its questions as they are now. Raises DrillError."""
    data = written(draft)
    return freeze(Published(draft, fingerprint_of(data), data), library)


def put(path: Path, data: bytes) -> Path:
    """Write a file; return its path. Raises FileError and DrillError."""
    if not path.absolute().parent.is_dir():
        raise DrillError(f"{path}: the folder is not there. Make it, or name another one.")
    try:
        disk.replace(path, [data])
    except OSError as error:
        raise file_error(error, path) from error
    return path


def _end_with(problems: Iterable[str], where: str) -> None:
    if told := [f"{where}: {problem}" for problem in problems]:
        raise DrillError("\n".join(told))
