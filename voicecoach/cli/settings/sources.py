"""Where settings come from; most runs have none, and read nothing."""

from collections.abc import Mapping
from typing import Any

from voicecoach.cli.settings.file import is_absent, is_file_named, variables_in
from voicecoach.cli.settings.values import Settings
from voicecoach.paths import config_path


def load_settings(environ: Mapping[str, str], command: Any) -> Settings:  # noqa: ANN401 - Click's, or Typer's own copy of it
    """Return the settings of a run, of its environment and of the person's file, faults included.

    `command` is the whole command line, as Typer made it; its flags are looked at where something is set.
    """
    path = config_path(environ)
    if is_absent(path) and not variables_in(environ) and not is_file_named(environ):
        return Settings(path=str(path))
    # With wordings, TOML and every command: 60 ms that a run without settings has no use for.
    from voicecoach.cli.settings.reader import read_settings

    return read_settings(environ, command)
