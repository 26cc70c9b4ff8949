"""The files of the page: our own, and the terminal that textual-serve brings, under fixed names.

Nothing else is served, and nothing is asked of another origin.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources

from trainer.errors import TrainerError, to_install

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
"""The content security policy of the page: scripts, styles and fonts from here alone, none of them inline."""

_OURS = ("style.css", "start.js", "screen.js", "line.js", "key_row.js", "icon.svg")

_KINDS = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
}

_VERSION = b"?v=VERSION"
"""Stands in our files behind the name of another: each version of them can be cached for good."""

_PARTS = ("Terminal", "FitAddon", "CanvasAddon", "Unicode11Addon")
"""What our page takes of xterm.js."""


@dataclass(frozen=True)
class PageFile:
    """A file as it is sent."""

    body: bytes
    kind: str
    """Its media type."""

    packed: bytes
    """The body, packed by gzip."""


@cache
def page() -> PageFile:
    """Return the page, which is the same for all and holds nothing of anybody."""
    return _file("index.html", _marked(_own("index.html")))


@cache
def page_files() -> dict[str, PageFile]:
    """Return what is served below `/static/`, by name.

    Raises `TrainerError` if textual-serve is missing, or is one whose terminal is not known here.
    """
    return {name: _file(name, _marked(body) if name in _OURS else body) for name, body in _bodies().items()}


@cache
def version() -> str:
    """Return what tells these files from those of another version: in their addresses as `?v=`."""
    whole = hashlib.sha256()
    for name, body in sorted((_bodies() | {"index.html": _own("index.html")}).items()):
        whole.update(b"%s %d\n" % (name.encode(), len(body)) + body)
    return whole.hexdigest()[:16]


@cache
def _bodies() -> dict[str, bytes]:
    return {name: _own(name) for name in _OURS} | {
        "xterm.js": terminal_of(_theirs("js/textual.js").decode()).encode(),
        "xterm.css": _theirs("css/xterm.css"),
        "roboto-mono.ttf": _theirs("fonts/RobotoMono-VariableFont_wght.ttf"),
    }


def terminal_of(bundle: str) -> str:
    """Return textual-serve's script without its own page: the terminal, as `window.xterm`.

    Its own page opens a terminal of one size of type, needs WebGL and never comes back to a session. What
    it would write into the page as a style, which the policy refuses and our own style sheet says, goes
    into elements that style nothing.
    """
    rooms = {part: re.findall(rf"new (\w+)\.{part}\b", bundle) for part in _PARTS}
    start, end = bundle.rfind("window.onload="), bundle.rfind("})()})();")
    if not (0 < start < end and all(rooms.values())):
        raise TrainerError(
            "The installed textual-serve is not one that this trainer knows; "
            f"install the one it asks for: {to_install('web')}"
        )
    parts = ",".join(f"{part}:{named[-1]}.{part}" for part, named in rooms.items())
    return (bundle[:start] + f"window.xterm={{{parts}}};" + bundle[end:]).replace(
        'createElement("style")', 'createElement("template")'
    )


def _own(name: str) -> bytes:
    return (resources("trainer.web") / "pages" / name).read_bytes()


def _marked(body: bytes) -> bytes:
    return body.replace(_VERSION, f"?v={version()}".encode())


def _theirs(path: str) -> bytes:
    try:
        return (resources("textual_serve") / "static" / path).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise TrainerError(f"The terminal of the page is missing; install it: {to_install('web')}") from None


def _file(name: str, body: bytes) -> PageFile:
    return PageFile(body, _KINDS[name.rpartition(".")[2]], gzip.compress(body, mtime=0))
