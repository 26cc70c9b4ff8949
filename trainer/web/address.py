"""The address under which people reach the server, and those that the server takes for it."""

import ipaddress
import re
from urllib.parse import urlsplit

from msgspec import Struct

from trainer.clean import clean_line
from trainer.errors import TrainerError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,45}\]")
_EXAMPLE = "--public-url https://trainer.example.org"


class Address(Struct, frozen=True):
    """A scheme, a host and a port, as browsers name an origin."""

    scheme: str
    host: str
    port: int

    @property
    def host_header(self) -> str:
        """Return what a browser sends as Host."""
        return self.host if self.port == _DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """Return what a browser sends as Origin; a link begins with it too."""
        return f"{self.scheme}://{self.host_header}"

    @property
    def is_https(self) -> bool:
        """Whether what goes over the line can't be read on the way."""
        return self.scheme == "https"

    @property
    def all_here(self) -> tuple["Address", ...]:
        """Return it with the other names of this computer, if it is one of them."""
        if not is_loopback(self.host):
            return (self,)
        names = dict.fromkeys([self.host, "127.0.0.1", "localhost"])
        return tuple(Address(self.scheme, name, self.port) for name in names)

    def link(self, secret: str) -> str:
        """Return the link for an invitation. What stands behind "#" is sent nowhere and logged nowhere."""
        return f"{self.origin}/#{secret}"


def public_address(text: str) -> Address:
    """Return the address that a text names. Raises TrainerError for what is none, or has a path."""
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.netloc.rpartition("@")[2], parts.port)
    except ValueError:
        raise _no_address(text) from None
    name = _as_browsers_write(parts.hostname or "")
    if host.startswith("[") != name.startswith("["):
        raise _no_address(text)
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or port == 0 or not _HOST.fullmatch(name):
        raise _no_address(text)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise TrainerError(
            f'The public address "{clean_line(text)}" goes on after the name. trainer needs a name of its '
            f"own: {_EXAMPLE}"
        )
    return Address(parts.scheme, name, port or _DEFAULT_PORTS[parts.scheme])


def local_address(host: str, port: int) -> Address:
    """Return the address of a server that is reached where it listens."""
    return Address("http", _as_browsers_write(host), port)


def _as_browsers_write(host: str) -> str:
    """Return a host as a browser names it: in small letters, an IPv6 address at its shortest."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"[{host}]".lower() if ":" in host else host.lower()
    return f"[{address.compressed}]" if address.version == 6 else address.compressed


def is_loopback(host: str) -> bool:
    """Return whether a host is this very computer, which others can't reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_reach(host: str, public: Address | None) -> None:
    """Raise TrainerError where others could reach the server over a line that can be read on the way."""
    if public and not public.is_https and not is_loopback(public.host):
        raise TrainerError(
            f"The public address {public.origin} is not https: links, cookies and answers could be read on "
            f"the way. Put a server with https before trainer (docs/serving.md) and say: {_EXAMPLE}"
        )
    if not is_loopback(host) and not (public and public.is_https):
        raise TrainerError(
            f"--host {clean_line(host)} lets other computers in, and trainer itself speaks no https. Put a "
            f"server with https before it (docs/serving.md) and say how people reach that: {_EXAMPLE}"
        )


def _no_address(text: str) -> TrainerError:
    return TrainerError(f'"{clean_line(text)}" is no public address. Write it as in: {_EXAMPLE}')
