"""What a learner has chosen, kept in the record: settings, and the interviews that they prepare for."""

from collections.abc import Mapping

from trainer.errors import NotSavedError
from trainer.memory.calendar import Clock, microseconds
from trainer.memory.learner import Interview, SettingKey, Settings
from trainer.progress import choices, valid
from trainer.progress.documents import Changes, Document
from trainer.progress.practice import PracticeStorage


class ChoiceKeeper:
    """The part of an open record that holds choices; the latest of each counts."""

    def __init__(self, storage: PracticeStorage, clock: Clock) -> None:
        self._storage, self._clock = storage, clock
        self._held: dict[str, Document] = {}
        """Settings that count, and are saved with the next thing that is."""

    @property
    def settings(self) -> Settings:
        """What the learner has set; what they have not, or can't be used, is as in Settings()."""
        saved = self._storage.tables.settings
        return choices.settings_of({**saved, **self._held} if self._held else saved)

    def set_setting(self, key: SettingKey, value: object) -> None:
        """Save a setting. Retention counts from the next opening on, so that a session keeps one schedule.

        Raises TrainerError when the value can't be, and NotSavedError; then nothing has changed.
        """
        id_, document = self._setting(key, value)
        before = self._held.pop(id_, None)
        try:
            self._append({"settings": {id_: document}})
        except NotSavedError:
            if before:
                self._held[id_] = before
            raise

    def hold_setting(self, key: SettingKey, value: object) -> None:
        """Let a setting count from now on, and save it with whatever is saved next: an answer.

        Raises TrainerError when the value can't be; then nothing has changed.
        """
        id_, document = self._setting(key, value)
        self._held[id_] = document

    def _setting(self, key: SettingKey, value: object) -> tuple[str, Document]:
        """Return the document of a setting, and its id."""
        id_ = valid.hashed(key)
        at = self._choice_at(self._storage.tables.settings.get(id_))
        return id_, choices.setting_document(key, value, at)

    def _append(self, changes: Changes) -> None:
        """Save changes, with the settings that are held. Raises NotSavedError; then nothing has changed."""
        if self._held:
            changes = {**changes, "settings": {**self._held, **changes.get("settings", {})}}
        self._storage.append(changes)
        self._held.clear()

    @property
    def interviews(self) -> Mapping[int, Interview]:
        """The interviews that were not taken back, by id."""
        return choices.interviews_of(self._storage.tables.interviews)

    def keep_interview(self, interview: Interview, id_: int | None = None) -> int:
        """Save an interview, a new one or in place of the one with an id; return its id.

        Raises TrainerError when the interview can't be, and NotSavedError; then nothing has changed.
        """
        before = None if id_ is None else self._storage.tables.interviews[str(id_)]
        kept = choices.interview_document(interview, self._choice_at(before))
        id_ = choices.interview_id(kept) if id_ is None else id_
        self._append({"interviews": {str(id_): kept}})
        return id_

    def drop_interview(self, id_: int) -> None:
        """Take an interview back. Raises KeyError for an unknown id, and NotSavedError."""
        at = self._choice_at(self._storage.tables.interviews[str(id_)])
        dropped = choices.interview_document(self.interviews[id_], at, gone=True)
        self._append({"interviews": {str(id_): dropped}})

    def _choice_at(self, before: Document | None) -> int:
        """Return the time of a choice, later than that of the one before it, whatever the clock says."""
        return min(valid.LAST_ID, max(microseconds(self._clock()), before["at"] + 1 if before else 0))
