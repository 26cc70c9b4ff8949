"""Which keys can be pressed on a screen now, and what they do in words."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import Screen


class ActiveKey(Struct, frozen=True):
    """Something that can be done now, with its keys."""

    id: str
    keys: tuple[str, ...]
    """As they are shown: "Enter", "Space"."""
    name: str
    """What the key does, on any card."""
    label: str
    """What it does just now."""
    tooltip: str
    action: str
    node: DOMNode
    listed: bool
    """Whether the palette has it too."""
    shown: bool
    """Whether it belongs in the key bar."""
    typed: bool
    """Whether its key is text just now, for the widget in focus."""


def active_keys(screen: Screen[Any]) -> list[ActiveKey]:
    """Return what can be done on a screen now, in the order of the declaration."""
    found: dict[str, ActiveKey] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.id or not active.enabled:
            continue
        typed, key = _is_text(screen, binding.key), screen.app.get_key_display(binding)
        known = found.get(binding.id)
        if known and not known.typed:
            found[binding.id] = known if typed else replace(known, keys=(*known.keys, key))
            continue
        label = _label(screen, binding)
        found[binding.id] = ActiveKey(
            binding.id,
            (key,),
            binding.description,
            label or binding.description,
            _explanation(screen, binding),
            binding.action,
            active.node,
            not binding.system,
            binding.show and bool(label) and not typed,
            typed,
        )
    return list(found.values())


def worth_naming(found: list[ActiveKey]) -> list[ActiveKey]:
    """Leave out what only moves the cursor, and the help itself."""
    return [each for each in found if not each.id.startswith("page.") and each.id != "app.help"]


def _label(screen: Screen[Any], binding: Binding) -> str:
    """Ask the screen what a key does just now; empty keeps it out of the bar."""
    label = getattr(screen, "label", None)
    return str(label(binding)) if label else binding.description


def _explanation(screen: Screen[Any], binding: Binding) -> str:
    """Ask the screen what there is to say of a key just now."""
    explanation = getattr(screen, "explanation", None)
    return str(explanation(binding)) if explanation else binding.tooltip


def _is_text(screen: Screen[Any], key: str) -> bool:
    focused = screen.focused
    return focused is not None and focused.check_consume_key(key, key_to_character(key))
