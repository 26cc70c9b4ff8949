"""A place that lists its features."""

from collections.abc import Mapping, Sequence

from trainer.app.kit.feature import Begin, Feature, Line
from trainer.app.kit.keys import KeyTable
from trainer.app.kit.place_screen import PlaceScreen, feature_target
from trainer.app.kit.places import Around
from trainer.app.kit.row_list import Row, RowList
from trainer.app.places.keys import list_keys
from trainer.app.places.view import Listed, line_target, place_page


class ListScreen(PlaceScreen):
    """Lists the features of a place; a line that is chosen is opened."""

    _listed: Listed = ()

    @classmethod
    def keys(cls, features: Sequence[Feature]) -> KeyTable:
        """Return the keys of the place."""
        return list_keys(features)

    def fill(self, around: Around, listed: Listed) -> None:
        """List these features."""
        self._listed = listed
        self.surround(around)

    def extend(self, later: Mapping[str, Sequence[Line]]) -> None:
        """List what was found later too, by the names of features."""
        self._listed = [(each, later.get(each.name, lines)) for each, lines in self._listed]
        if self.is_running:
            self.page.show(self.fitted, cursor=self.page.cursor)

    def on_mount(self) -> None:
        """Mark the first line."""
        targets = [row.target for row in self.rows(80) if row.target]
        self.show(cursor=targets[0] if targets else "")

    def rows(self, width: int) -> list[Row]:
        """Lay the features out."""
        return place_page(self._listed, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        return bool(self.page.cursor) if action == "go" else super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked."""
        self._choose(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        for feature, lines in self._listed:
            if target == feature_target(feature.name):
                self.action_open(feature.name)
            for i, line in enumerate(lines):
                if target == line_target(feature.name, i):
                    self.lead_on(Begin(line.choice) if line.choice else self.Open(line))
