"""All sessions of a server, and what becomes of each while it runs."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from trainer.crash import place
from trainer.errors import TrainerError
from trainer.web import limits
from trainer.web.client import Client
from trainer.web.downloads import Downloads
from trainer.web.folder import WebFolder
from trainer.web.messages import BUSY, RESTARTS, Size
from trainer.web.people import Known, People, Person
from trainer.web.processes import Processes
from trainer.web.session import Session

log = logging.getLogger("trainer.web")

_FULL = "Many people train here just now. Try again in a minute."
_STOPS = "The server is being restarted. Try again in a minute."


class Sessions:
    """The sessions of all who are invited."""

    def __init__(self, folder: WebFolder, people: People, processes: Processes, title: str) -> None:
        self._folder, self._people, self._processes, self._title = folder, people, processes, title
        self._sessions: dict[str, Session] = {}
        self._turn = asyncio.Semaphore(limits.MOST_STARTING)
        self._ending: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def running(self) -> int:
        """How many processes there are."""
        return sum(each.is_running for each in self._sessions.values())

    @property
    def watched(self) -> int:
        """How many of them are seen in a tab."""
        return sum(each.client is not None for each in self._sessions.values())

    async def serve(self, client: Client, known: Known, size: Size) -> None:
        """Show a person's session in a tab until it is gone."""
        person = known.person
        if self._stopping:
            await client.close(RESTARTS, "busy", _STOPS)
            return
        session = self._sessions.get(person.id)
        if session is None:
            session = self._sessions[person.id] = Session(person.id, self._processes, self._turn)
        in_use = sum(each.is_in_use for each in self._sessions.values())
        if not session.is_in_use and in_use >= limits.MOST_SESSIONS:
            log.warning("no room for another session")
            await client.close(BUSY, "busy", _FULL)
            return
        await self._processes.open(self._folder.root)
        await session.serve(client, size, self._described(person))

    def downloads(self, person: Person) -> Downloads | None:
        """Return what a person's session hands out."""
        session = self._sessions.get(person.id)
        return session.downloads if session else None

    async def watch(self) -> None:
        """Look after the sessions for as long as the server runs."""
        while True:
            await asyncio.sleep(limits.WATCH)
            try:
                for session in list(self._sessions.values()):
                    self._look_after(session)
            except TrainerError:  # a file that can't be read just now; whoever asks for a page is told
                pass
            except Exception as error:  # noqa: BLE001 — who is revoked has to be closed whatever else happens
                log.error("unforeseen: %s", place(error))  # noqa: TRY400 — a trace may hold names

    def _look_after(self, session: Session) -> None:
        session.look()
        known = self._is_known(session)
        if not session.is_in_use:
            if not known:
                self._sessions.pop(session.person, None)
        elif session.is_due(known=known):
            task = asyncio.create_task(session.look_after(known=known))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _is_known(self, session: Session) -> bool:
        """Return whether the person of a session, in the browser that shows it, is still invited."""
        if session.client:
            return self._people.still(session.client.browser) is not None
        return self._people.is_in(session.person)

    async def end(self) -> None:
        """End all in good order: each puts its record away."""
        self._stopping = True
        await asyncio.gather(
            *(each.end(RESTARTS) for each in self._sessions.values()), return_exceptions=True
        )

    def _described(self, person: Person) -> Mapping[str, Any]:
        return {
            "home": str(self._folder.home_of(person.id)),
            "recruiter": person.name,
            "lead": person.lead,
            "sheets": str(self._folder.home.decks),
            "team": str(self._folder.team),
            "title": self._title,
        }
