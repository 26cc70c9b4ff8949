"""Mending: what was found on a page beside the page, to be put right and saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.importing.changes_screen import ChangesScreen
from trainer.app.importing.keys import MENDING_KEYS
from trainer.app.importing.mending import TITLES, Mending
from trainer.app.importing.mending_picks import cut_pick, place_pick, sign_pick
from trainer.app.importing.mending_view import line_of, pieces_view
from trainer.app.importing.rewording import Rewording
from trainer.app.importing.source_screen import SourceScreen
from trainer.app.kit.phrases import count
from trainer.app.kit.row_list import Row, RowList
from trainer.errors import TrainerError
from trainer.material.importing import Plan
from trainer.material.page.found import Found
from trainer.material.page.mend import UNPLACED

_DEEDS = {"mark", "merge", "split", "accept", "drop", "edit", "place"}


Edit = Callable[[Rewording, str, str, Callable[[Mending | None], None]], None]
"""Opens a text for editing: its topic, advice, and what to do with what came of it."""


@dataclass(frozen=True)
class SavedPage:
    """What was saved, as it was in the end."""

    plan: Plan
    found: Found


@dataclass(frozen=True)
class Planning:
    """Looks what a page would change."""

    plan: Callable[[Found], Plan]
    removal: Callable[[Found], tuple[Plan, str] | None]
    """The same with what the page no longer has taken out, and that in words; None where it can't go."""


class MendingScreen(SourceScreen[SavedPage | None]):
    """Shows what was found, piece by piece; it ends with what was saved, or None for another page."""

    lost = "What you corrected is not saved."

    CSS_PATH = "mending_screen.tcss"
    AUTO_FOCUS = "#pieces"
    BINDINGS: ClassVar[list[BindingType]] = list(MENDING_KEYS)

    def __init__(self, found: Found, planning: Planning, save: Callable[[Plan], None], edit: Edit) -> None:
        self.marked: tuple[str, ...] = ()
        """Lines that the next key is for, as they were marked; else it is for that at the cursor."""
        self._planning, self._edit = planning, edit
        self._removal: tuple[Plan, str] | None = None
        self._problem = ""
        super().__init__(found, save)

    def on_mount(self) -> None:
        """Mark the first line in doubt; without one the page is shown from its top."""
        mending = self.mending
        self._show(mending.next_waiting("") if mending.doubtful else mending.pieces[0].target)

    def rows(self, width: int) -> list[Row]:
        """Lay out what was found."""
        return pieces_view(self.mending, width, self._problem, marked=self.marked)

    @property
    def unsaved(self) -> bool:
        """Whether corrections would be lost."""
        return self.mending.changed

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        action = binding.action.partition("(")[0]
        if action == "place":
            return self._counting("Place") if self._wants_place else ""
        if action == "mark":
            return "Unmark" if self.page.cursor in self.marked else binding.description
        if action == "turn":
            return "Findings" if self.is_turned else "Page"
        piece = self.mending.piece(self.selected[-1])
        if action == "back" and self.marked:
            return "Unmark all"
        if action == "drop" and piece and piece.part in {TITLES, UNPLACED}:
            return self._counting("Leave out")
        if action == "accept" and self._wants_place:
            return self._counting("Choose place")
        return self._counting(binding.description) if action in _DEEDS - {"edit"} else binding.description

    @property
    def selected(self) -> tuple[str, ...]:
        """The lines that a key is for."""
        return self.marked or (self.page.cursor,)

    @property
    def _wants_place(self) -> bool:
        """Whether Enter asks where lines belong."""
        pieces = [self.mending.piece(target) for target in self.selected]
        return all(piece is not None and piece.part == UNPLACED for piece in pieces)

    def _counting(self, words: str) -> str:
        return f"{words} {len(self.marked)}" if len(self.marked) > 1 else words

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done with the marked line."""
        if action == "turn":
            return not self.is_beside
        if action == "save":
            return not self.working
        if self.working and action != "help":
            return False
        if action in _DEEDS:
            return self._offers(action, *parameters)
        if action == "undo":
            return self.mending.changed
        if action in {"next", "accept_all"}:
            return any(piece.waits for piece in self.mending.pieces)
        return super().check_action(action, parameters)

    # What the keys do

    def _offers(self, deed: str, *parameters: object) -> bool:
        """Say whether a key for the lines has something to do."""
        mending, at = self.mending, self.page.cursor
        match deed:
            case "mark":
                return mending.can("drop", at) or mending.can("accept", at)
            case "split" if self.marked:
                return bool(mending.signs_in(self.marked))
            case "merge" if self.marked:
                return mending.joined(self.marked) is not mending
            case "place":
                return self._can("place") and int(str(parameters[0])) < len(mending.places)
            case "edit":
                return mending.can("edit", at)
            case "accept":
                return self._can("accept") or self._wants_place
        return self._can(deed)

    def _can(self, deed: str) -> bool:
        """Say whether something can be done to one of the lines that a key is for."""
        return any(self.mending.can(deed, target) for target in self.selected)

    def action_mark(self, step: int) -> None:
        """Mark the line at the cursor, or take its mark away, and go on."""
        at = self.page.cursor
        if self.mending.piece(at) is None:
            return
        others = tuple(target for target in self.marked if target != at)
        self.marked = others if at in self.marked else (*others, at)
        self.page.show(self.fitted, cursor=at)
        self.page.action_move(step)

    def action_accept(self) -> None:
        """Say that the lines are right, and go on to the next that needs a look."""
        if self._wants_place:
            self._ask_for_place()
            return
        at = self.selected[-1]
        accepted = self.mending.each(self.selected, Mending.accept)
        self._go_on(accepted, accepted.next_waiting(at))

    def _ask_for_place(self) -> None:
        targets = self.selected

        def put(position: int | None) -> None:
            if position is not None:
                self._place(targets, position)

        self.app.push_screen(place_pick([name for _, name in self.mending.places], len(targets)), put)

    def _place(self, targets: Sequence[str], position: int) -> None:
        self._go_on(self.mending.each(targets, lambda mending, target: mending.place(target, position)))

    def action_merge(self) -> None:
        """Join the marked lines that stand together, or the one at the cursor with the next."""
        if self.marked:
            self._go_on(self.mending.joined(self.marked))
        else:
            self._go_on(self.mending.merge(self.page.cursor))

    def action_split(self) -> None:
        """Ask where to cut the line at the cursor, or at which sign to cut all that are marked."""
        if self.marked:
            self._split_all()
            return
        at = self.page.cursor
        piece = self.mending.piece(at)

        def cut(position: int | None) -> None:
            if position is not None:
                self._go_on(self.mending.split(at, position + 1))

        if piece:
            self.app.push_screen(cut_pick(piece.text), cut)

    def _split_all(self) -> None:
        targets, signs = self.marked, self.mending.signs_in(self.marked)

        def cut(position: int | None) -> None:
            if position is not None:
                sign = signs[position]
                self._go_on(
                    self.mending.each(targets, lambda mending, target: mending.split_at(target, sign))
                )

        self.app.push_screen(sign_pick(signs), cut)

    def action_place(self, position: int) -> None:
        """Put the lines into a section."""
        self._place(self.selected, position)

    def action_drop(self) -> None:
        """Leave the lines out."""
        self._go_on(self.mending.each(self.selected, Mending.drop))

    def action_edit(self) -> None:
        """Write the marked line anew."""
        piece = self.mending.piece(self.page.cursor)
        if piece is None:
            return
        draft = Rewording(self.mending, piece)

        def go_on(mending: Mending | None) -> None:
            if mending:
                self._go_on(mending)

        self._edit(draft, f"Edit · {self._topic}", draft.advice, go_on)

    def action_accept_all(self) -> None:
        """Say that everything is right."""
        self._go_on(self.mending.accept_all())

    def action_undo(self) -> None:
        """Take the last correction back."""
        self._go_on(self.mending.undo())

    def action_next(self) -> None:
        """Go to the next line that needs a look."""
        self._show(self.mending.next_waiting(self.page.cursor))

    def action_turn(self) -> None:
        """Show the page in the place of what was found on it, or that again."""
        self._turn(to_page=not self.is_turned)

    def action_save(self) -> None:
        """Look what saving would change, and save it unless that has to be asked about."""
        if not self.working:
            self._problem = ""
            found = self.mending.found
            self.plan(lambda: self._look(found))

    def action_back(self) -> None:
        """Go back to the page; corrections are thrown away only if that is said."""
        if self.is_turned:
            self._turn(to_page=False)
        elif self.marked:
            self.marked = ()
            self._show(self.page.cursor)
        elif self.unsaved:
            self.ask_to_lose(lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    # What stands where

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark the line that was clicked; one without a place asks for it when it is clicked again."""
        again = message.target == self.page.cursor
        self._follow(message.target)
        self.page.show(self.fitted, cursor=self.page.cursor if line_of(message.target) else message.target)
        self._see_source()
        self.bar.follow()
        if again and self._wants_place:
            self._ask_for_place()

    def _go_on(self, mending: Mending, target: str = "") -> None:
        self._problem, self.marked = "", ()
        before = self.page.cursor
        if mending is not self.mending:
            self.mending = mending
        self._show(target or mending.near(before))

    def _show(self, target: str) -> None:
        waiting = self.mending.doubtful
        self.top.show(f"Import · {self._topic}", count(waiting, "in doubt", "in doubt") if waiting else "")
        self.page.show(self.fitted, cursor=target)
        self.page.bring(target)
        self._see_source()
        self.call_after_refresh(self.bar.follow)

    @property
    def _topic(self) -> str:
        name = self.mending.found.name
        return name.text if name else "a page without a title"

    # Saving

    def _look(self, found: Found) -> Plan:
        plan = self._planning.plan(found)
        self._removal = self._planning.removal(found) if plan.missing else None
        return plan

    def planned(self, plan: Plan) -> None:
        """Save a new sheet; ask before one that is there is changed, and tell what the page lacks."""
        if plan.is_new or not (plan.changes_something or plan.missing):
            self.save(plan)
            return
        without, told = self._removal or (plan, "")
        asked = ChangesScreen(plan, told)

        def go_on(make: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if make or not plan.changes_something:
                self.save(without if asked.removing else plan)

        self.app.push_screen(asked, go_on)

    def saved(self, plan: Plan) -> None:
        """Go on with what was saved."""
        self.dismiss(SavedPage(plan, self.mending.found))

    def refused(self, error: TrainerError) -> None:
        """Say why; every correction stays."""
        self._problem = str(error)
        self.page.show(self.fitted, cursor=self.page.cursor)
        self.column.scroll_home(animate=False)
        self.call_after_refresh(self.bar.follow)
