"""The drills of a team: setting them, and where one stands with them."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from trainer.engine.drill_rows import DrillRow, Known, known_as, taken_first
from trainer.engine.team_desk import TeamDesk
from trainer.errors import DrillError, TeamError
from trainer.sharing.attempt import attempts_in, keep_drill, whole_attempts_in
from trainer.sharing.drill import Head, Published
from trainer.sharing.place import in_time
from trainer.sharing.results import OPEN_STAGES, Over, Standing, over_elsewhere, standing


class TeamDrills(TeamDesk):
    """The team's drills, as they lie in its place or are known at home."""

    def publish(self, drill: Published) -> str:
        """Put a drill into the team's place; return where it lies."""
        own, place = self.member, self.place()
        where = in_time(lambda: place.publish(drill), own.place)
        as_it_is = {drill.drill.id: drill.fingerprint}
        self.own.change(lambda now: replace(now, published={**now.published, **as_it_is}))
        return where

    def drills(self) -> tuple[list[DrillRow], Sequence[str]]:
        """Return the team's drills, those to take first, and what is wrong with others."""
        own, place = self.member, self.place()
        drills, problems = in_time(place.drills, own.place)
        sent = over_elsewhere(each.line for each in in_time(lambda: place.own(own.member), own.place))
        rows, damaged = self._rows((each, sent) for each in drills)
        self.own.note_known([known_as(each, sent) for each in drills if not each.closed])
        return rows, [*problems, *damaged]

    def heads(self) -> tuple[Sequence[Head], Sequence[str]]:
        """Return all drills of the team without their sheets, and what is wrong with others."""
        return in_time(self.place().drills, self.member.place)

    def known(self) -> list[DrillRow]:
        """Return the drills that are to be taken now, as far as they are known here: the first one first.

        Those that one has set oneself are not, before one takes them all the same.
        """
        heads = [(Head(each.drill, each.fingerprint), each.sent) for each in self.own.known(list[Known])]
        rows, _ = self._rows(heads)  # what is damaged is told where all drills are listed
        own = self.member.published
        return [
            row
            for row in rows
            if row.standing.stage in OPEN_STAGES
            and (row.drill.drill.id not in own or row.standing.tried or row.standing.under_way)
        ]

    def drill(self, id_: str) -> Published:
        """Return a drill of the team with its sheets. Raises DrillError too."""
        place = self.place()
        return in_time(lambda: place.drill(id_), self.member.place)

    def standing(self, drill: Head) -> Standing:
        """Return where one stands with a drill, as far as it is known here. Raises DrillError too."""
        return self._standing(drill, [over for each in self.own.known(list[Known]) for over in each.sent])

    def keep_taken(self, drill: Published) -> None:
        """Have a drill whole at home again where its copy beside an attempt at it is gone or damaged."""
        folder = self.own.attempts / drill.drill.id
        if any(each.begun.fingerprint == drill.fingerprint for each in attempts_in(folder)):
            keep_drill(folder, drill, self.clock())

    def is_begun(self, id_: str) -> bool:
        """Return whether an attempt at a drill is under way, whether or not the team has that yet."""
        folders = self.own.attempts.iterdir() if self.own.attempts.is_dir() else ()
        begun = next((folder for folder in folders if folder.name == id_), None)
        return begun is not None and any(not each.end for each in whole_attempts_in(begun)[0])

    def _rows(self, drills: Iterable[tuple[Head, Sequence[Over]]]) -> tuple[list[DrillRow], list[str]]:
        """Return the rows of drills, those to take first, and why there is none of some.

        An attempt that can't be read may have been all that a drill allows: it is not begun anew.
        """
        rows, problems = [], []
        for head, sent in drills:
            try:
                rows.append(DrillRow(drill=head, standing=self._standing(head, sent)))
            except (DrillError, TeamError) as error:
                problems.append(f"“{head.drill.title}”: {error}")
        return sorted(rows, key=taken_first), problems

    def _standing(self, drill: Head, sent: Sequence[Over]) -> Standing:
        return standing(drill, attempts_in(self.own.attempts / drill.drill.id), self.today, sent)
