"""The settings: read for a run, shown with where each comes from, and begun with an example."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.settings.file import config_path, is_absent, is_file_named, variables_in
from voicecoach.cli.settings.values import Settings
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, UsageError, plain

if TYPE_CHECKING:
    from voicecoach.cli.settings.listing import Row

EXAMPLE = "example.toml"


def settings_here() -> Settings:
    """Return the settings of this run, of its environment and of the person's file."""
    path = config_path(os.environ)
    if is_absent(path) and not variables_in(os.environ) and not is_file_named(os.environ):
        return Settings(path=str(path))
    from voicecoach.cli.app import app
    from voicecoach.cli.settings.flags import preset_flags
    from voicecoach.cli.settings.sources import settings_from
    from voicecoach.languages import phrases_for

    return settings_from(os.environ, lambda: preset_flags(typer.main.get_command(app)), phrases_for)


def config(
    terminal: Terminal,
    settings: Settings,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    path: Annotated[
        bool, typer.Option("--path", help="Print where the settings file is, or would be.")
    ] = False,
    init: Annotated[bool, typer.Option("--init", help="Write a settings file to begin with.")] = False,
) -> None:
    """Show every setting, its value, and where that comes from.

    \b
    voicecoach config
    voicecoach config --init      a file to begin with, all of it commented out
    """
    if as_json + path + init > 1:
        raise UsageError("--json, --path and --init do different things", "ask for one of them")
    if path:
        terminal.result(str(config_path(os.environ)))
    elif init:
        written = begin(config_path(os.environ))
        terminal.result(f"{plain(written)}: written; take the # off the lines that you want")
    else:
        show = _show_json if as_json else _show_lines
        show(settings, terminal)
        error = settings.error()
        sys.exit(error.exit_code if error else 0)


def begin(path: Path) -> str:
    """Write the example to a settings file that is not there yet, and return its name. Raises FileError."""
    from voicecoach.files import replacing

    if os.path.lexists(path):
        raise FileError(path, "it is there already, and stays as it is", "edit it, or move it away")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The name is taken before anything is written, so that nothing can come to be replaced.
        path.touch(exist_ok=False)
    except OSError as error:
        what = f"it cannot be written ({error.strerror})"
        raise FileError(path, what, "name another place in VOICECOACH_CONFIG") from None
    try:
        with replacing(str(path)) as beside:
            Path(beside).write_text(example(), encoding="utf-8")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return str(path)


def example() -> str:
    """Return the example of a settings file."""
    from importlib import resources

    return (resources.files("voicecoach.cli.settings") / EXAMPLE).read_text(encoding="utf-8")


def _rows(settings: Settings) -> "tuple[Row, ...]":
    from voicecoach.cli.app import app
    from voicecoach.cli.settings.flags import preset_flags
    from voicecoach.cli.settings.listing import rows_of

    return tuple(rows_of(settings, tuple(preset_flags(typer.main.get_command(app)))))


def _show_lines(settings: Settings, terminal: Terminal) -> None:
    from voicecoach.cli.tables import columns

    absent = " (there is none; voicecoach config --init writes one)" if is_absent(Path(settings.path)) else ""
    terminal.result(f"Settings file: {plain(settings.path)}{absent}")
    rows = [(row.key, row.said, row.place or row.source) for row in _rows(settings)]
    for line in columns([("Setting", "Value", "Comes from"), *rows]):
        terminal.result(line)
    for name in settings.unknown:
        terminal.tell(f"{plain(name)} sets nothing; it is not the name of a setting.")
    error = settings.error()
    if error:
        terminal.tell(str(error))


def _show_json(settings: Settings, terminal: Terminal) -> None:
    import json

    whole = {
        "schema": 1,
        "file": settings.path,
        "exists": not is_absent(Path(settings.path)),
        "settings": [row.as_object() for row in _rows(settings)],
        "unknown": settings.unknown,
        "problems": [fault.describe() for fault in (*settings.file_faults, *settings.variable_faults)],
    }
    terminal.result(json.dumps(whole, ensure_ascii=False))
