"""What this machine has: voices, doctor and config."""

import sys
from typing import Annotated

import typer

from voicecoach.cli.command import command
from voicecoach.cli.config import config
from voicecoach.cli.root import app
from voicecoach.cli.terminal import Terminal


@command(app)
def voices(
    terminal: Terminal,
    language: Annotated[str, typer.Option(metavar="TAG", help="Only voices of this language, like en.")] = "",
) -> None:
    """List the voices that can speak."""
    from voicecoach.cli.tables import voice_lines

    for line in voice_lines(language):
        terminal.result(line)


@command(app, despite_faults=True)
def doctor(
    terminal: Terminal,
    checks: Annotated[list[str] | None, typer.Argument(metavar="[CHECK...]",
        help="Only these: python, config, engine, voices, audio, cache, formats.")] = None,
) -> None:  # fmt: skip
    """Say what works on this machine, and how to mend what does not.

    Exits with 1 if anything does not work.
    """
    from voicecoach.cli.doctor import examine

    sys.exit(examine(checks or [], terminal))


command(app, despite_faults=True)(config)
