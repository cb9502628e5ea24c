"""The root of the command line: what stands everywhere, and the commands below it."""

from typing import Annotated

import typer

from voicecoach import __version__
from voicecoach.cli.command_group import CommandGroup
from voicecoach.cli.commands import COMMANDS
from voicecoach.cli.settings.values import SETTINGS, Settings
from voicecoach.cli.terminal import show_notes, terminal_for


class _Commands(CommandGroup):
    rows = COMMANDS


app = typer.Typer(
    cls=_Commands, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    add_completion=True, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


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

    --version, --plain and --verbose stand before or after a command.
    """
    if version:
        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit
    settings = ctx.obj if isinstance(ctx.obj, Settings) else Settings()
    ctx.meta[SETTINGS] = settings
    if verbose:
        show_notes()
    ctx.obj = terminal_for(plain=plain, verbose=verbose, words=settings.words)
