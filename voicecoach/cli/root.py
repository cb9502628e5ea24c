"""The root of the command line: what stands everywhere, and the arguments that commands share."""

from typing import Annotated

import typer

from voicecoach import __version__
from voicecoach.cli.command_group import Group
from voicecoach.cli.invocation import SETTINGS
from voicecoach.cli.settings.values import NOTHING_SET, Settings
from voicecoach.cli.terminal import show_notes, terminal_for

app = typer.Typer(
    cls=Group, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    add_completion=True, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def session_completion(incomplete: str) -> list[str]:
    """Return the library names that begin so, for a shell that completes them."""
    from voicecoach.cli.sessions import session_names

    return [name for name in session_names() if name.startswith(incomplete)]


PAGES = "(.txt .md .html .htm or an http address)"
"""The pages that are read where a session is asked for, as the help names them."""

SessionName = Annotated[str, typer.Argument(metavar="SESSION", autocompletion=session_completion,
    help=f"A library name, a program file, a page {PAGES}, or - for standard input.")]  # fmt: skip
Output = Annotated[str, typer.Option(metavar="auto|miniaudio|simpleaudio|null", help="Where the sound goes.")]
Device = Annotated[str, typer.Option(metavar="NAME",
    help="The audio device; `voicecoach doctor audio` lists them.")]  # fmt: skip
VoiceName = Annotated[str, typer.Option(metavar="VOICE", help="Who speaks; `voicecoach voices` lists them.")]


@app.callback(invoke_without_command=True)
def everywhere(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Lines and no bars, for screen readers.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more about what happens.")] = False,
) -> None:  # fmt: skip
    """Coach exercises by voice: steps become timed, spoken sessions, offline.

    \b
    voicecoach list                           what there is to play
    voicecoach play first-day                 a spoken session, hands-free
    voicecoach export l5-s1-relief -o a.mp3   the same as a file
    voicecoach play core-day --pace slow --hold 10s

    The three last flags stand before or after a command.
    """
    if version:
        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit
    settings = ctx.obj if isinstance(ctx.obj, Settings) else NOTHING_SET
    ctx.meta[SETTINGS] = settings
    if verbose:
        show_notes()
    ctx.obj = terminal_for(plain=plain, verbose=verbose, words=settings.words)
