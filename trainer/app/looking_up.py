"""Looking something up from any screen, and back to where one was."""

from typing import TYPE_CHECKING

from trainer.app.beginning import BeginningApp

if TYPE_CHECKING:
    from trainer.app.study.screen import StudyScreen
    from trainer.app.words.find_screen import Sought
    from trainer.cards.word_entry import Word


class LookingUpApp(BeginningApp):
    """Finds words, questions and what can be done; opens the words of a question. What lies below stays."""

    def action_find(self) -> None:
        """Find something over the screen that stands; what is asked for once more from there begins anew."""
        from trainer.app.study.screen import StudyScreen
        from trainer.app.words.find_screen import FindScreen

        if not self.engine:
            self.action_command_palette()
            return
        if not self._takes_deeds() or isinstance(self.screen, FindScreen):
            return
        if finding := next((each for each in self.screen_stack if isinstance(each, FindScreen)), None):
            while self.screen is not finding:
                self.pop_screen()
            finding.seek_again()
            return
        below = self.screen

        def go_on(sought: "Sought | None") -> None:
            if sought and sought.looked_up and isinstance(below, StudyScreen):
                below.looked_up()
            if sought and sought.do:
                self.call_later(sought.do)

        self.push_screen(FindScreen(self.engine, below), go_on)

    def on_study_screen_look_up(self, message: "StudyScreen.LookUp") -> None:
        """Open the word of a question, or ask which one."""
        from trainer.app.study.screen import StudyScreen

        if not isinstance(self.screen, StudyScreen):
            return  # the key was pressed twice
        words = self._record.words_in(message.question)
        if not words:
            self.notify("No word of the glossary stands here.", markup=False, timeout=4)
        elif len(words) == 1:
            self._open_word(words[0])
        else:
            self._ask_which(words)

    def _ask_which(self, words: "list[Word]") -> None:
        from textual.content import Content

        from trainer.app.kit.phrases import said
        from trainer.app.kit.pick import PickScreen

        def take(position: int | None) -> None:
            if position is not None:
                self._open_word(words[position])

        answers = [said(each.word) + Content("  ") + said(each.meaning, "$quiet") for each in words]
        self.push_screen(PickScreen("Look up which word?", answers, verb="Look up"), take)

    def _open_word(self, word: "Word") -> None:
        from trainer.app.words.word_screen import WordScreen

        if entry := self._record.word(word.id):
            self.push_screen(WordScreen(self._record, entry))
