"""A drill on the study screen: what would help, or change an answer, is not there."""

from collections.abc import Callable

from trainer.app.study.screen import StudyScreen
from trainer.engine.drills import DrillRun
from trainer.errors import DrillError
from trainer.study.turns import Phase

_OFF = frozenset({"hint", "guess", "count", "easy", "undo", "bury", "put_away", "edit", "more"})
_SECOND = 1.0


class DrillScreen(StudyScreen):
    """Asks the questions of a drill; `end` is called once it is over or left."""

    CSS_PATH = "screen.tcss"

    def __init__(self, run: DrillRun, end: Callable[[], object]) -> None:
        self._run, self._end, self._ended = run, end, False
        super().__init__(run.session)

    def on_mount(self) -> None:
        """Show the first question, and how much time is left."""
        super().on_mount()
        if self._run.session.time_left is not None:
            self.set_interval(_SECOND, self._tick)

    def _tick(self) -> None:
        if self.is_current and self._run.session.time_is_up:
            self.session.next()
            self._go_to_next()
        elif self.is_current:
            self._show_top()

    def _show_top(self) -> None:
        left = self._run.session.time_left
        far = f"{self.session.given} done, {self.session.to_go} to go"
        if left is not None:
            minutes, seconds = divmod(int(left.total_seconds()), 60)
            far = f"{far} · {minutes}:{seconds:02} left"
        self.top.show(f"Drill: {self._run.drill.title}", far, self.session.share)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what a drill has not."""
        return action not in _OFF and super().check_action(action, parameters)

    def _kept(self, act: Callable[[], object], *, cursor: str = "") -> bool:
        try:
            return super()._kept(act, cursor=cursor)
        except DrillError:  # the time is up
            self._go_to_next()
            return False

    def _show_feedback(self) -> None:
        if self._run.at_once:
            super()._show_feedback()
        elif self.session.phase is Phase.FEEDBACK:
            self.session.next()
            self._go_to_next()

    def _go_to_next(self) -> None:
        if self.session.phase is Phase.DONE:
            self.action_leave()
        else:
            self._show_card()

    def action_leave(self) -> None:
        """Leave: it is over, or waits as it is."""
        if not self._ended:
            self._ended = True
            self._end()
