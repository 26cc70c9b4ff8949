"""The walls: who may ask what, from which page, and what a browser is told to do with the answer."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from trainer.crash import place
from trainer.errors import TrainerError
from trainer.web import limits
from trainer.web.address import Address
from trainer.web.files import POLICY

log = logging.getLogger("trainer.web")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SERVER = "trainer"
"""All that is told of what answers."""

HEALTH = "/healthz"
_PAGE = "/"
_STATIC = "/static/"
_HERE = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
"""This computer, as whoever looks after the server asks for it."""
_OWN_SITES = {"same-origin", "none"}
"""What Sec-Fetch-Site says of our own page, and of an address that somebody typed."""


class Guard:
    """Knows the address of the server, and lets nothing in that comes by another."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._hosts = {each.host_header: each for each in address.all_here}
        self.refused = 0
        """Requests that were refused, for the counts."""

    # What comes in

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request if it may be asked; else say no more than that. What is refused is counted."""
        response = await self._answer(request, handler)
        self.refused += _is_refusal(request, response)
        return response

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._check(request)
            return await handler(request)
        except web.HTTPException as refusal:
            return answer(refusal.status, refusal.reason)
        except TrainerError as error:  # of a file of the server: its path is nobody's concern
            log.error("refused by %s", type(error).__name__)  # noqa: TRY400 — a trace may hold names
            return answer(503, "The server can't answer just now. Tell whoever runs it.")
        except TimeoutError:
            return answer(408, "That took too long.")
        except (asyncio.CancelledError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 — told by its place: a trace may hold names
            log.error("unforeseen: %s", place(error))  # noqa: TRY400
            return answer(500, "Something went wrong. Try again.")

    def _check(self, request: web.Request) -> None:
        address = self._address_asked(request)
        if request.path == HEALTH:
            return
        origins = request.headers.getall(hdrs.ORIGIN, [])
        if len(origins) > 1 or any(origin != address.origin for origin in origins):
            raise _refused("This page may not ask that.")
        needs_origin = request.method != hdrs.METH_GET or hdrs.UPGRADE in request.headers
        if needs_origin and not origins:
            raise _refused("This page may not ask that.")
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        anybody = request.path == _PAGE or request.path.startswith(_STATIC)
        if site not in _OWN_SITES and not anybody:
            raise _refused("This page may not ask that.")
        if request.method == hdrs.METH_GET and request.can_read_body:
            raise web.HTTPBadRequest(reason="A body is not expected here.")

    def _address_asked(self, request: web.Request) -> Address:
        """Return the address by which the server was asked, which is one of its own."""
        hosts = request.headers.getall(hdrs.HOST, [])
        if len(hosts) != 1 or not request.raw_path.startswith("/") or request.raw_path.startswith("//"):
            raise web.HTTPBadRequest(reason="The request names no host, or several.")
        found = self._hosts.get(hosts[0].lower())
        if found is None and request.path == HEALTH and _HERE.fullmatch(hosts[0]):
            return self.address  # whoever looks after it asks past the server with https
        if found is None:
            raise web.HTTPMisdirectedRequest(reason="There is nothing of this name here.")
        return found

    async def tell_refused(self) -> None:
        """Log now and then how much was refused, for as long as the server runs: never what, or of whom."""
        told = 0
        while True:
            await asyncio.sleep(limits.REFUSED_EVERY)
            if self.refused > told:
                log.warning("refused in the last minute: %d", self.refused - told)
                told = self.refused

    # What goes out

    async def add_headers(self, _request: web.BaseRequest, response: web.StreamResponse) -> None:
        """Tell the browser to trust nothing but this page, and to keep nothing that is a person's."""
        headers = response.headers
        headers["Server"] = SERVER
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Cache-Control", "no-store")
        if self.address.is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"


PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page that was handed out may do: be looked at."""


def answer(status: int, message: str) -> web.Response:
    """Return an answer that says something to a person."""
    return web.json_response({"message": message}, status=status)


async def body_of(request: web.Request) -> bytes:
    """Return the body of a request in JSON, which no form of another page can send; packed it is none."""
    if request.content_type != "application/json" or hdrs.CONTENT_ENCODING in request.headers:
        raise web.HTTPUnsupportedMediaType(reason="Only JSON is read here.")
    try:
        async with asyncio.timeout(limits.BODY_PATIENCE):
            return await request.read()
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(reason="That is not what the page sends.") from None


def _is_refusal(request: web.Request, response: web.StreamResponse) -> bool:
    """Return whether something was refused: not that a browser which claims nothing is not known yet."""
    is_stranger = response.status == 401 and hdrs.COOKIE not in request.headers
    return 400 <= response.status < 500 and not is_stranger


def _refused(reason: str) -> web.HTTPException:
    return web.HTTPForbidden(reason=reason)
