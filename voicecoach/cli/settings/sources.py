"""Reading the settings of a run, where anything is set: what presets a flag, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from voicecoach.cli.settings.file import (
    ConfigError,
    ConfigFile,
    SettingFault,
    is_absent,
    is_file_named,
    read_config,
    variables_in,
)
from voicecoach.cli.settings.flags import Flag
from voicecoach.cli.settings.presets import Preset, environment_presets, file_presets, known_variables
from voicecoach.cli.settings.values import Settings
from voicecoach.cli.settings.wordings import OwnWording, own_wordings
from voicecoach.errors import FileError, plain
from voicecoach.paths import config_path
from voicecoach.phrases import Phrases


def settings_from(
    environ: Mapping[str, str], flags: Callable[[], Iterable[Flag]], phrases_of: Callable[[str], Phrases]
) -> Settings:
    """Read the settings of a run, faults included; `flags` is asked only where something is set."""
    path = config_path(environ)
    config, faults = _read(str(path), named=is_file_named(environ))
    variables = variables_in(environ)
    if not variables and not config.table:
        return Settings(path=str(path), file_faults=faults)
    known = tuple(flags())
    of_file = (*file_presets(config, known), *own_wordings(config, phrases_of))
    of_variables = tuple(environment_presets(variables, known))
    presets = [each for each in (*of_file, *of_variables) if isinstance(each, Preset)]
    file_faults = sorted(
        (each for each in of_file if isinstance(each, SettingFault)), key=lambda each: each.line
    )
    return Settings(
        path=str(path),
        flags=known,
        presets={(each.flag.command, each.flag.key): each for each in presets},
        wordings=tuple(each for each in of_file if isinstance(each, OwnWording)),
        file_faults=(*faults, *file_faults),
        variable_faults=tuple(each for each in of_variables if isinstance(each, SettingFault)),
        unknown=tuple(sorted(set(variables) - known_variables(known))),
    )


def _read(path: str, *, named: bool) -> tuple[ConfigFile, tuple[SettingFault, ...]]:
    """Return the file, or an empty one and why it cannot be read; one that was `named` has to be there."""
    if named and not Path(path).exists() and is_absent(Path(path)):
        hint = "`voicecoach config --init` writes one, or unset VOICECOACH_CONFIG"
        return ConfigFile(path), (SettingFault(plain(path), "there is no such settings file", hint),)
    try:
        return read_config(Path(path)), ()
    except ConfigError as error:
        return ConfigFile(path), error.faults
    except FileError as error:
        return ConfigFile(path), (
            SettingFault(plain(path), error.what.removeprefix(f"{plain(path)}: "), error.hint),
        )
