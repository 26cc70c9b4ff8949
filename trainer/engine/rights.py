"""What somebody may do besides training: all of it on a computer of their own, little of it on a server."""

from pathlib import Path

from msgspec import Struct

from trainer.engine.server_words import told_on_a_server
from trainer.errors import NotAllowedError


class Rights(Struct, frozen=True, kw_only=True):
    """What the app offers, and what it does not have at all. Without a change: everything."""

    files: bool = True
    """Whether files are read and written by their names. Else what comes in is pasted, and what goes out
    is handed over by the app's `deliver`."""
    sheets: bool = True
    """Whether sheets are imported, edited and brought back as they were."""
    shares_sheets: bool = False
    """Whether others train with the same sheets: then they are kept as they were before each change."""
    people: bool = True
    """Whether other records are opened, renamed and removed; else there is one person, who stays."""
    computer: bool = True
    """Whether what is set holds for the computer that one sits at; else for this person alone."""
    team: Path | None = None
    """The place of the only team that there is to join; None where any can be joined by the command."""
    team_name: str = ""
    """What that team is called if it is made now."""
    hidden: tuple[Path, ...] = ()
    """Folders that are named nowhere, with all that lies in them; the inner ones first."""
    leads: bool = False
    """Whether they set drills in that team, and make it where there is none yet."""

    def told(self, words: str) -> str:
        """Return a message as they are told it: on a server, without what is the server's own."""
        return words if self.files else told_on_a_server(words, self.hidden)

    def check_sheets(self) -> None:
        """Raise NotAllowedError where sheets stay as they are."""
        if not self.sheets:
            raise NotAllowedError("Only who looks after the sheets here can change them.")

    def check_files(self) -> None:
        """Raise NotAllowedError where no file is read or written by its name."""
        if not self.files:
            raise NotAllowedError("Files can't be named here. Paste their text.")


def served_rights(
    *, lead: bool, team: Path | None = None, team_name: str = "", hidden: tuple[Path, ...] = ()
) -> Rights:
    """Return what somebody may do on a server that others use too; a lead looks after its sheets."""
    return Rights(
        files=False,
        sheets=lead,
        shares_sheets=True,
        people=False,
        computer=False,
        team=team,
        team_name=team_name,
        hidden=hidden,
        leads=lead,
    )
