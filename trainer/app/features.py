"""Which features the app has. A new one is registered by a line in `FEATURES`."""

from collections.abc import Iterator

from trainer.app.browse.feature import BROWSE
from trainer.app.drill.feature import DRILL
from trainer.app.importing.feature import IMPORT
from trainer.app.importing.restoring import RESTORE
from trainer.app.interview.feature import BRIEF
from trainer.app.interview.hour import HOUR
from trainer.app.interview.interviews import ADD, INTERVIEWS
from trainer.app.interview.readiness import READINESS
from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import AGREE_KEYS, APP_KEYS, CONFIRM_KEYS, HELP_KEYS, PICK_KEYS, ROW_KEYS, KeyTable
from trainer.app.lens.feature import LENS
from trainer.app.pairs.feature import PAIRS
from trainer.app.people.feature import PEOPLE
from trainer.app.roles.feature import ROLES
from trainer.app.settings.feature import SETTINGS
from trainer.app.sheets.feature import SHEETS
from trainer.app.statistics.feature import STATISTICS, WEEK
from trainer.app.team.feature import JOIN, LEAVE, MAKE, TEAM
from trainer.app.training.feature import DECKS, MISTAKES, MORE, QUIZ, UNDO
from trainer.app.words.feature import GLOSSARY, MARKED

FEATURES: list[Feature] = [
    QUIZ,
    MISTAKES,
    MORE,
    SHEETS,
    PAIRS,
    UNDO,
    IMPORT,
    RESTORE,
    DECKS,
    GLOSSARY,
    MARKED,
    LENS,
    BROWSE,
    BRIEF,
    HOUR,
    ADD,
    INTERVIEWS,
    READINESS,
    DRILL,
    WEEK,
    STATISTICS,
    TEAM,
    MAKE,
    PEOPLE,
    ROLES,
    JOIN,
    LEAVE,
    SETTINGS,
]
"""In the order of their places, of the help and the palette."""


def key_tables() -> Iterator[KeyTable]:
    """Yield every key of the app, those that work together in one table."""
    from trainer.app.editing.keys import EDIT_KEYS, FIELD_KEYS, TICK_KEYS
    from trainer.app.places.keys import list_keys
    from trainer.app.start.keys import HIRE_KEYS, MINUTES_KEYS, REFUSED_KEYS, WELCOME_KEYS, WHO_KEYS
    from trainer.app.study.keys import STUDY_KEYS, SUMMARY_KEYS
    from trainer.app.today.keys import today_keys

    yield from (APP_KEYS, ROW_KEYS, today_keys(FEATURES), list_keys(FEATURES))
    yield from ((*ROW_KEYS, *STUDY_KEYS), (*ROW_KEYS, *SUMMARY_KEYS))
    yield from (WELCOME_KEYS, (*ROW_KEYS, *HIRE_KEYS), MINUTES_KEYS, WHO_KEYS, (*ROW_KEYS, *REFUSED_KEYS))
    yield from ((*EDIT_KEYS, *FIELD_KEYS), (*EDIT_KEYS, *TICK_KEYS))
    yield from (HELP_KEYS, AGREE_KEYS, CONFIRM_KEYS, (*ROW_KEYS, *PICK_KEYS))
    for feature in FEATURES:
        yield from feature.keys()
