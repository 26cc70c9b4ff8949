"""A lead who has set a drill, and recruiters who take it, each with a home of their own; without screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cards.shipped import LIBRARY
from tests.clocks import FakeClock
from tests.learners import right, wrong
from tests.sharing.drills import published
from trainer.engine.choice import SessionChoice
from trainer.engine.drills import DrillRun, begin, to_take
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.home import Home
from trainer.sharing.drill import Published


class Recruiter:
    """Somebody with a home of their own, in a team."""

    def __init__(self, folder: Path, name: str, clock: FakeClock, *, lead: bool = False) -> None:
        self.name, self.home, self.clock = name, Home(folder / name), clock
        self.team = Team(self.home, name, clock)
        if lead:
            self.team.join(self.team.plan_new(str(folder / "share"), "Casting", "Lead"))
        else:
            self.join(folder / "share")

    def join(self, share: Path) -> None:
        self.team.join(self.team.plan_join(str(share), self.name.title()))

    @contextmanager
    def trainer(self) -> Iterator[Engine]:
        with Engine.open(self.home, self.name, clock=self.clock, library=LIBRARY) as engine:
            yield engine

    def practise(self) -> None:
        """Answer a card that is no drill's."""
        with self.trainer() as engine:
            session = engine.session(SessionChoice(new=3))
            assert session
            assert session.question
            session.answer(right(session.question))

    def answer(self, engine: Engine, number: int, *, rightly: bool, wanted: str = "") -> DrillRun:
        """Answer so many questions, all of them rightly or wrongly; finish a drill with none left."""
        run = begin(engine, self.team, to_take(self.team, wanted))
        for _ in range(number):
            assert run.session.question
            run.session.answer((right if rightly else wrong)(run.session.question))
            run.session.next()
        if not run.session.question:
            run.finish()
        return run

    def take(self, drill: Published, *, rightly: bool = True, wanted: str = "") -> bytes:
        """Take a drill at once, send the result, and return it."""
        with self.trainer() as engine:
            line = self.answer(engine, drill.drill.asked, rightly=rightly, wanted=wanted).result()
        self.send(line)
        return line

    def send(self, line: bytes) -> None:
        self.team.agree(line, self.team.readers)
        assert not self.team.send().problem

    @property
    def file(self) -> Path:
        own = self.team.member
        return Path(own.place) / "results" / f"{own.member}-{own.device}.jsonl"

    def log(self, drill: Published) -> Path:
        (path,) = (self.team.own.attempts / drill.drill.id).glob("*.jsonl")
        return path


class Casting:
    """A lead who has set a drill, Anna and Ben."""

    def __init__(self, folder: Path, **said: object) -> None:
        self.folder, self.share, self.clock = folder, folder / "share", FakeClock()
        self.drill = published(count=3, **said)
        self.lead = Recruiter(folder, "lead", self.clock, lead=True)
        self.lead.team.publish(self.drill)
        self.anna, self.ben = (Recruiter(folder, name, self.clock) for name in ("anna", "ben"))

    @property
    def file(self) -> Path:
        return self.share / "drills" / f"{self.drill.drill.id}.drill.toml"

    def told(self) -> str:
        return "\n".join(self.lead.team.report().told)

    def row(self, alias: str) -> tuple[str, int | None]:
        (drill,) = self.lead.team.report().drills
        reached = next(row.reached for row in drill.rows if row.person.alias == alias)
        return reached.state.value, reached.best
