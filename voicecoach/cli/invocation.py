"""How a command is called: its function's signature makes its flags, and the run gives it the rest."""

import inspect
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand

from voicecoach.cli.arguments import complete_knob
from voicecoach.cli.settings.file import Key
from voicecoach.cli.settings.flags import preset_flags
from voicecoach.cli.settings.knob_flags import knob_parameters, parse_pacing
from voicecoach.cli.settings.values import Settings, settings_of
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError

FILES = ("FILE", "ARTICLE")
"""How the form of a flag or argument begins whose value names a file."""

PARTS = ("pacing", "terminal", "settings", "given", "flags")
"""Parameters of a command's function that are no flags: see `compose_command`."""

_PRESET, _GIVEN, _BUILT_IN = "DEFAULT_MAP", "COMMANDLINE", "DEFAULT"
"""Where the value of a flag comes from, as Click names it."""


def compose_command(
    name: str, kind: type[TyperCommand], function: Callable[..., None], *, despite_faults: bool
) -> TyperCommand:
    """Return what Typer makes of a function, by its signature: a command of a `kind`.

    With a parameter `pacing` all knobs are flags of the command. `terminal` is the `Terminal` of the run,
    `settings` are its `Settings`, `given` the names of the flags on the command line, and `flags` all that
    can be preset. Where the settings have faults, the command is refused unless it works `despite_faults`.
    """
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=kind, help=function.__doc__)(_signed(function, despite_faults))
    return typer.main.get_command(app)  # type: ignore[return-value] # of the class that is asked for


def _signed(function: Callable[..., None], despite_faults: bool) -> Callable[..., None]:
    """Return what calls `function`, with the signature that Typer reads."""
    own = inspect.signature(function).parameters
    knobs = knob_parameters(complete_knob) if "pacing" in own else []

    def call(ctx: typer.Context, **values: Any) -> None:  # noqa: ANN401 - Typer calls it by the signature below
        settings = settings_of(ctx)
        if not despite_faults:
            settings.refuse_faults()
        preset, given = _from(ctx, _PRESET), _from(ctx, _GIVEN)
        terminal = _terminal(ctx, settings)
        try:
            _refuse_nameless(ctx)
            texts = {each.name: values.pop(each.name) for each in knobs}
            parts: dict[str, Callable[[], Any]] = {
                "pacing": lambda: parse_pacing(texts, preset, given),
                "terminal": lambda: terminal,
                "settings": lambda: settings,
                "given": lambda: given,
                "flags": lambda: tuple(preset_flags(ctx.find_root().command)),
            }
            function(**values, **{part: parts[part]() for part in PARTS if part in own})
        except VoicecoachError as error:
            raise settings.blamed(error, _path(ctx), preset) from error

    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    shown = [each for each in own.values() if each.name not in PARTS]
    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*shown, *knobs)]
    call.__signature__ = inspect.Signature([context, *keywords])  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in (context, *keywords)}
    return call


def _terminal(ctx: typer.Context, settings: Settings) -> Terminal:
    """Return the terminal of the run, once it was told what is odd about the settings."""
    terminal: Terminal = ctx.find_root().obj or Terminal()
    for note in settings.notes():
        terminal.tell(note)
    return terminal


def _from(ctx: typer.Context, place: str) -> frozenset[str]:
    """Return the names of the flags whose value comes from a place."""
    sources = {name: ctx.get_parameter_source(name) for name in ctx.params}
    return frozenset(name for name, source in sources.items() if source and source.name == place)


def _refuse_nameless(ctx: typer.Context) -> None:
    """Raise UsageError for a file that is asked for and whose name is empty, as an unset variable's is."""
    for each in ctx.command.params:
        value = ctx.params.get(each.name or "")
        source = ctx.get_parameter_source(each.name or "")
        form = getattr(each, "metavar", None) or ""
        names = value if isinstance(value, list | tuple) else (value,)
        if form.startswith(FILES) and "" in names and source and source.name != _BUILT_IN:
            flag = max(each.opts, key=len) if each.param_type_name == "option" else form
            raise UsageError(f"{flag}: the name is empty, as an unset variable's is", "name a file")


def _path(ctx: typer.Context) -> Key:
    """Return the names that a command was called by, without the program's own."""
    return tuple(ctx.command_path.split()[1:])
