"""The root of the command line: what stands everywhere, and the commands, each loaded when it is chosen."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Annotated, Any, ClassVar, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from voicecoach import __version__
from voicecoach.cli.commands import COMMANDS, CommandRow
from voicecoach.cli.settings.values import SETTINGS, Settings
from voicecoach.cli.terminal import show_notes, terminal_for

_HALF = re.compile("[\ud800-\udfff]")


class _TakesWords:
    """Takes words as they are. Typer would load pydantic to look at each: longer than all else in a start."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - of Click, or of Typer's own copy of it
        """Return the parameters, --help among them."""
        parameters = super().get_params(ctx)  # type: ignore[misc] # of the class beside this one
        for each in parameters:
            coercion = getattr(each, "get_runtime_param", None)
            if coercion and not isinstance(coercion, _Words):
                each.get_runtime_param = _Words(coercion)
        return parameters


class _Words(NamedTuple):
    """How a parameter coerces values: words stay as they are, Typer coerces all else."""

    coercion: Callable[[], Any]

    def __call__(self) -> "_Words":
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - as above
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        words = value if several and isinstance(value, list | tuple) else [value]
        wanted = param.type_descriptor.annotation
        # Half a character is no text; Typer refuses it.
        if wanted in {str, list[str]} and all(isinstance(each, str) and not _HALF.search(each) for each in words):
            return list(value) if several else value
        return self.coercion().coerce(value, param=param, ctx=ctx)


class _Command(_TakesWords, TyperCommand):
    """A command that takes words as they are."""


class CommandGroup(_TakesWords, TyperGroup):
    """A group of the commands in its `rows`."""

    rows: ClassVar[Mapping[str, CommandRow]] = COMMANDS

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(**how)
        self.commands = {name: _placeholder(name, row) for name, row in self.rows.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Return the command that is meant, loaded, and what is left of the arguments."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self.load(str(name)), rest

    def load(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Return a command with its flags."""
        row = self.rows[name]
        return self.commands[name] if row.below else _load(name, row.function, row.despite_faults)


@cache
def _load(name: str, function: str, despite_faults: bool) -> TyperCommand:
    # Its flags bring knobs and settings with them, of which the help of all commands needs none.
    from voicecoach.cli.invocation import compose_command

    return compose_command(
        name, _Command, resolve_name(f"voicecoach.cli.commands.{function}"), despite_faults=despite_faults
    )


def _placeholder(name: str, row: CommandRow) -> Any:  # noqa: ANN401 - as above
    """Return what stands in the help for a command that is not loaded, or the group of those below it."""
    if not row.below:
        return _Command(name, help=row.line, rich_markup_mode=None)
    kind = type("Group", (CommandGroup,), {"rows": row.below})
    return kind(name=name, help=row.line, no_args_is_help=True, rich_markup_mode=None)


app = typer.Typer(
    cls=CommandGroup, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
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
