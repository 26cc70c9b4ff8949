"""The app as a server runs it, without a server: what a person sees, and what their browser is given."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.served import person_home
from trainer.app.kit.active_keys import active_keys
from trainer.app.served import Served, ServedApp


def handing(app: ServedApp) -> ServedApp:
    """Have an app keep what it hands over, as there is no browser."""
    kept: list[tuple[str, str, str]] = []
    vars(app).update(
        handed=kept, _deliver=lambda name, content, how, _kind: kept.append((name, content, how))
    )
    return app


@asynccontextmanager
async def served(
    root: Path,
    *,
    lead: bool = False,
    recruiter: str = "anna",
    size: tuple[int, int] = (80, 40),
    clock: FakeClock | None = None,
) -> AsyncIterator[Stage]:
    """Serve somebody in a server's home."""
    who = Served(
        home=person_home(root, recruiter),
        recruiter=recruiter,
        lead=lead,
        sheets=root / "decks",
        team=root / "web" / "team",
        title="Casting",
    )
    app = handing(ServedApp(who, clock=clock or FakeClock()))
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage


def handed(stage: Stage) -> list[tuple[str, str, str]]:
    """Return the name of each file that was handed over, what it holds, and how it is to be opened."""
    return list(vars(stage.app)["handed"])


def key_ids(stage: Stage) -> set[str]:
    """Return the ids of the keys that do something now."""
    return {each.id for each in active_keys(stage.app.screen)}


def told(stage: Stage) -> str:
    """Return what was said in passing."""
    return "\n".join(each.message for each in stage.app._notifications)
