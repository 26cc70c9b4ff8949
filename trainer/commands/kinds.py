"""What an option may be: a whole number, a folder, a team's place."""

import os
from pathlib import Path
from typing import Any

import click

from trainer.home import expanded


class Number(click.IntRange):
    """A whole number in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return it. Raises click.BadParameter, saying in plain words which numbers can be used."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            upwards = "" if self.min is None else f" of {self.min} or more"
            limits = upwards if self.max is None else f" from {self.min} to {self.max}"
            self.fail(f'"{value}" is no whole number{limits}.', param, ctx)


class Folder(click.Path):
    """A folder that need not exist, with "~" resolved where the shell has not done it."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return its path. Raises FileError for the home folder of somebody who is not there."""
        return expanded(Path(os.fsdecode(super().convert(value, param, ctx))))


class Place(click.ParamType[str]):
    """A team's place: a folder, a file or "-" as a path, and the address of a database as it is."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it, with "~" resolved in a path. Raises FileError for the home of somebody unknown."""
        from trainer.sharing.postgres.address import is_address

        if is_address(value) or "://" in value or not value:
            return str(value)
        return str(Folder(allow_dash=True).convert(value, param, ctx))
