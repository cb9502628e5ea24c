"""What this machine has: voices, cache, doctor and config."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.command_group import Group
from voicecoach.cli.commands.config import config
from voicecoach.cli.invocation import command
from voicecoach.cli.root import Device, Output, SessionName, VoiceName, app
from voicecoach.cli.settings.knob_flags import pacing_from
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.model import Pacing


@command(app)
def voices(
    terminal: Terminal,
    language: Annotated[str, typer.Option(metavar="TAG", help="Only voices of this language, like en.")] = "",
) -> None:
    """List the voices that can speak."""
    from voicecoach.cli.tables import voice_lines

    for line in voice_lines(language):
        terminal.result(line)


cache = typer.Typer(
    cls=Group, no_args_is_help=True, help="The sounds that are kept: how large, smaller, none, or ready."
)
app.add_typer(cache, name="cache")


@command(cache)
def info(terminal: Terminal) -> None:
    """Say where sounds are kept, how many, and how large they are."""
    from voicecoach.cli.commands.cache import tell_cache

    tell_cache(terminal)


@command(cache)
def prune(
    terminal: Terminal,
    to: Annotated[str, typer.Option(metavar="SIZE", help="How large it may stay, like 200M.")] = "1G",
) -> None:
    """Remove what was longest not used. By itself the cache does so once it is larger than 1 GB."""
    from voicecoach.cli.commands.cache import prune_cache

    prune_cache(to, terminal)


@command(cache)
def clear(terminal: Terminal) -> None:
    """Remove every sound that is kept; they are made anew when they are wanted."""
    from voicecoach.cli.commands.cache import clear_cache

    clear_cache(terminal)


@command(cache, pacing=pacing_from)
def warm(session: SessionName, pacing: "Pacing", terminal: Terminal, voice: VoiceName = "") -> None:
    """Make the sounds of a session now, so that playing and exporting it wait for nothing."""
    from voicecoach.cli.commands.cache import warm_cache
    from voicecoach.cli.sessions import session_for

    warm_cache(session_for(session, pacing, terminal), voice, terminal)


@command(app, despite_faults=True)
def doctor(
    terminal: Terminal,
    given: frozenset[str],
    checks: Annotated[list[str] | None, typer.Argument(metavar="[CHECK...]",
        help="Only these: python, config, engine, voices, audio, cache, formats.")] = None,
    sound: Annotated[bool, typer.Option("--sound", help="Play a few spoken words instead.")] = False,
    output: Output = "auto",
    device: Device = "",
) -> None:  # fmt: skip
    """Say what works on this machine, and how to mend what does not.

    \b
    voicecoach doctor
    voicecoach doctor --sound

    Exits with 1 if anything does not work.
    """
    from voicecoach.cli.commands.doctor import examine, let_hear

    if sound and checks:
        raise UsageError("--sound stands alone", "leave out the names of checks")
    idle = sorted(given & {"output", "device"})
    if idle and not sound:
        raise UsageError(f"--{idle[0]} chooses where --sound plays", "add --sound, or leave it out")
    sys.exit(let_hear(output, device, terminal) if sound else examine(checks or [], terminal))


command(app, despite_faults=True)(config)
