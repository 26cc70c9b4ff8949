"""`trainer` and `python -m trainer`."""

import sys


def main() -> None:
    """Run the command; an error that the user can mend is told in a sentence, with status 2."""
    from trainer.errors import TrainerError

    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # A terminal may not know every sign of a deck, and a pipe may bring any byte.
            reconfigure(errors="replace")
    try:
        sys.exit(_run())
    except TrainerError as error:
        print(f"trainer: {error}", file=sys.stderr)  # noqa: T201 — the command's own message
        sys.exit(2)


def _run() -> int:
    if not sys.argv[1:]:
        from trainer.launch import open_app

        return open_app()
    from trainer.cli import cli

    cli(prog_name="trainer")
    return 0


if __name__ == "__main__":
    main()
