"""Commands that share flags: a builder's flags stand in a command's signature, and its value is passed in."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from voicecoach.cli.command_group import deferred
from voicecoach.cli.settings.values import NOTHING_SET, Settings
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError

if TYPE_CHECKING:
    from voicecoach.cli.settings.file import Key

SETTINGS = "voicecoach.settings"
"""Where Click's context keeps the settings of the run."""

SOURCES = {"preset": "DEFAULT_MAP", "given": "COMMANDLINE"}
"""A builder's parameters that are no flags: which of its flags the settings preset, and which were given."""

FILES = ("FILE", "ARTICLE")
"""How the form of a flag or argument begins whose value names a file."""

OF_THE_RUN = ("terminal", "settings", "given")
"""Parameters of a command that are no flags: its `Terminal`, its `Settings`, the flags given to it."""


def command(
    app: typer.Typer, *, name: str | None = None, despite_faults: bool = False, **builders: Callable[..., Any]
) -> Callable[..., Any]:
    """Return a decorator that registers a command of `app`.

    A parameter of the command named in `builders` is made by its builder, whose own keyword parameters
    become flags of the command. A parameter `terminal` is the `Terminal` of the run, `given` are the names of
    the flags on the command line, and `settings` are its `Settings`: where those have faults, the command is
    refused unless it works `despite_faults`.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        made = deferred(lambda: _signed(function, builders, despite_faults=despite_faults))
        app.command(name or function.__name__, cls=made, help=function.__doc__)(_unbuilt)
        return function

    return register


def settings_of(ctx: typer.Context) -> Settings:
    """Return the settings of the run."""
    found = ctx.meta.get(SETTINGS)
    return found if isinstance(found, Settings) else NOTHING_SET


def _unbuilt(ctx: typer.Context) -> None:
    """Stand in for a command until its flags are asked for."""


def _signed(
    function: Callable[..., None], builders: dict[str, Callable[..., Any]], *, despite_faults: bool
) -> Callable[..., None]:
    """Return what Typer makes the command of: it calls `function`, and has the signature that Typer reads."""
    own = inspect.signature(function).parameters
    flags = {part: _flags(builder) for part, builder in builders.items()}

    def call(ctx: typer.Context, **given: Any) -> None:  # noqa: ANN401 - Typer calls it by the signature below
        settings = settings_of(ctx)
        if not despite_faults:
            settings.refuse_faults()
        preset = _from(ctx, SOURCES["preset"])
        terminal = _terminal(ctx, settings)
        try:
            _refuse_nameless(ctx)
            parts = {
                part: _built(builders[part], {flag: given.pop(flag) for flag in parameters}, ctx)
                for part, parameters in flags.items()
            }
            run = {"terminal": terminal, "settings": settings, "given": _from(ctx, SOURCES["given"])}
            function(**given, **parts, **{each: run[each] for each in OF_THE_RUN if each in own})
        except VoicecoachError as error:
            raise settings.blamed(error, _path(ctx), preset) from error

    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    shown = [each for each in own.values() if each.name not in {*builders, *OF_THE_RUN}]
    shared = [each for parameters in flags.values() for each in parameters.values()]
    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*shown, *shared)]
    call.__signature__ = inspect.Signature([context, *keywords])  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in (context, *keywords)}
    return call


def _terminal(ctx: typer.Context, settings: Settings) -> Terminal:
    """Return the terminal of the run, once it was told what is odd about the settings."""
    terminal: Terminal = ctx.find_root().obj or Terminal()
    for note in settings.notes():
        terminal.tell(note)
    return terminal


def _flags(builder: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    parameters = inspect.signature(builder).parameters
    return {name: each for name, each in parameters.items() if name not in SOURCES}


def _built(builder: Callable[..., Any], flags: dict[str, Any], ctx: typer.Context) -> Any:  # noqa: ANN401
    asked = SOURCES.keys() & inspect.signature(builder).parameters.keys()
    return builder(**flags, **{name: _from(ctx, SOURCES[name]) for name in asked})


def _from(ctx: typer.Context, place: str) -> frozenset[str]:
    """Return the names of the flags whose value comes from a place: DEFAULT_MAP are the settings."""
    sources = {name: ctx.get_parameter_source(name) for name in ctx.params}
    return frozenset(name for name, source in sources.items() if source and source.name == place)


def _refuse_nameless(ctx: typer.Context) -> None:
    """Raise UsageError for a file that is asked for and whose name is empty, as an unset variable's is."""
    for each in ctx.command.params:
        value = ctx.params.get(each.name or "")
        source = ctx.get_parameter_source(each.name or "")
        form = getattr(each, "metavar", None) or ""
        names = value if isinstance(value, list | tuple) else (value,)
        if form.startswith(FILES) and "" in names and source and source.name != "DEFAULT":
            flag = max(each.opts, key=len) if each.param_type_name == "option" else form
            raise UsageError(f"{flag}: the name is empty, as an unset variable's is", "name a file")


def _path(ctx: typer.Context) -> "Key":
    """Return the names that a command was called by, without the program's own."""
    return tuple(ctx.command_path.split()[1:])
