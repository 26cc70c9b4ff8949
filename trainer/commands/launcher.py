"""`trainer launcher`."""

import click

from trainer import launcher as way_in


@click.command("launcher")
@click.option("--remove", is_flag=True, help="Take it away again.")
def launcher(*, remove: bool) -> None:
    """Make a launcher, ~/.local/bin/trainer, so that "trainer" opens this one from any folder.

    A file that trainer did not make is never written over or removed.
    """
    if remove:
        click.echo(f"removed  {way_in.remove()}")
        return
    path = way_in.make()
    click.echo(f"Made: {path}\n{way_in.how_to_open(path)}")
