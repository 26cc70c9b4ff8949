"""What all places share: the line at the top, the features' keys, the way to the other places."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Self

from textual.binding import Binding
from textual.message import Message

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.keys import FIND, HELP, THEME, KeyTable, key
from trainer.app.kit.place_line import PlaceLine
from trainer.app.kit.places import PLACES, Around, Place
from trainer.app.kit.screen import RowScreen

_BY_NAME = {place.name: place for place in PLACES}


def place_keys(features: Sequence[Feature]) -> KeyTable:
    """Return the keys that every place has: to the places, the features' own, and those of everywhere."""
    return (
        *(binding for feature in features for binding in feature.bindings),
        *(
            key(f"place.{each.name}", each.key, f"go_to('{each.name}')", each.label, each.tooltip, show=True)
            for each in PLACES
        ),
        replace(FIND, show=True),
        HELP,
        THEME,
    )


def feature_target(name: str) -> str:
    """Return the target of a feature's line."""
    return f"feature.{name}"


class PlaceScreen(RowScreen):
    """A place: lists features, and leads to them and to the other places."""

    here: Place
    """Which one it is."""

    class GoTo(Message):
        """Another place is wanted."""

        def __init__(self, place: Place) -> None:
            self.place = place
            super().__init__()

    class Open(Message):
        """A feature is wanted, or one of its lines."""

        def __init__(self, wanted: Feature | Line) -> None:
            self.opens = wanted.open
            super().__init__()

    @classmethod
    def keys(cls, features: Sequence[Feature]) -> KeyTable:
        """Return the keys of the place."""
        return place_keys(features)

    @classmethod
    def of(cls, features: Sequence[Feature], here: Place) -> Self:
        """Return a place with the keys of features: Textual takes keys from a class, not from an object."""
        return cls._with_keys(tuple(features))(features, here)

    @classmethod
    @cache
    def _with_keys(cls, features: tuple[Feature, ...]) -> type[Self]:
        return type(cls.__name__, (cls,), {"BINDINGS": [*cls.keys(features)]})

    def __init__(self, features: Sequence[Feature], here: Place) -> None:
        self.here = here
        self._features = {feature.name: feature for feature in features}
        self.around = Around()
        super().__init__()
        self.top = self._places = PlaceLine(here)

    def surround(self, around: Around) -> None:
        """Say what is around the place."""
        self.around = around
        self._places.fill(around)

    def label(self, binding: Binding) -> str:
        """Name the places together; one that is hidden stays out of the key bar."""
        kind, _, name = (binding.id or "").partition(".")
        if kind == "place":
            return "Places" if self._is_there(name) else ""
        return super().label(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what is not there now."""
        if action == "open":
            return parameters[0] in self.around.features
        if action == "go_to":
            name = str(parameters[0])
            return self._is_there(name) or bool(self.around.person and _BY_NAME[name].empty)
        return super().check_action(action, parameters)

    def action_go_to(self, name: str) -> None:
        """Go to another place; where one is already nothing happens, and one that is hidden says why."""
        if not self._is_there(name):
            self.notify(_BY_NAME[name].empty, markup=False, timeout=8)
        elif name != self.here.name:
            self.lead_on(self.GoTo(_BY_NAME[name]))

    def _is_there(self, name: str) -> bool:
        return _BY_NAME[name] in self.around.places

    def action_open(self, name: str) -> None:
        """Open a feature."""
        self.lead_on(self.Open(self._features[name]))

    def on_place_line_chosen(self, message: PlaceLine.Chosen) -> None:
        """Go to the place that was clicked."""
        self.action_go_to(message.place.name)
