"""The settings of a run: flags, presets, the settings file and the environment. Most runs have none."""

from collections.abc import Mapping
from typing import Any

from voicecoach.cli.settings.values import PREFIX, Settings, is_absent
from voicecoach.paths import CONFIG, PATH_VARIABLES, config_path, path_from


def load_settings(environ: Mapping[str, str], command: Any) -> Settings:  # noqa: ANN401 - Click's, or Typer's own copy of it
    """Return the settings of a run, of its environment and of the person's file, faults included.

    `command` is the whole command line, as Typer made it; its flags are looked at where something is set.
    """
    path = config_path(environ)
    # Who named the settings file misses it where it is not there.
    named = path_from(environ, CONFIG) is not None
    # Path variables preset no flag, and an empty variable counts as absent.
    variables = {name: text for name, text in environ.items()
                 if name.startswith(PREFIX) and text and name not in PATH_VARIABLES}  # fmt: skip
    if is_absent(path) and not variables and not named:
        return Settings(path=str(path))
    # With wordings, TOML and every command: 60 ms that a run without settings has no use for.
    from voicecoach.cli.settings.reader import read_settings

    return read_settings(path, variables, command, named=named)
