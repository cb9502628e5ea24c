"""Reading the settings of a run, where anything is set: what presets a flag, and what is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.cli.settings.file import ConfigError, ConfigFile, SettingFault, is_absent, is_file_named, variables_in
from voicecoach.cli.settings.flags import Command, preset_flags
from voicecoach.cli.settings.presets import environment_presets, file_presets
from voicecoach.cli.settings.toml_file import read_config
from voicecoach.cli.settings.values import OwnWording, Preset, Settings
from voicecoach.cli.settings.wordings import own_wordings
from voicecoach.errors import FileError, plain
from voicecoach.languages import phrases_for
from voicecoach.paths import config_path


def read_settings(environ: Mapping[str, str], command: Command) -> Settings:
    """Read the settings of a run, faults included, for all flags of a command and those below it."""
    path = config_path(environ)
    config, faults = _read(str(path), named=is_file_named(environ))
    variables = variables_in(environ)
    flags = tuple(preset_flags(command)) if variables or config.table else ()
    of_file = (*file_presets(config, flags), *own_wordings(config, phrases_for))
    of_variables = tuple(environment_presets(variables, flags))
    presets = [each for each in (*of_file, *of_variables) if isinstance(each, Preset)]
    file_faults = sorted((each for each in of_file if isinstance(each, SettingFault)), key=lambda each: each.line)
    return Settings(
        path=str(path),
        flags=flags,
        presets={(each.flag.command, each.flag.key): each for each in presets},
        wordings=tuple(each for each in of_file if isinstance(each, OwnWording)),
        file_faults=(*faults, *file_faults),
        variable_faults=tuple(each for each in of_variables if isinstance(each, SettingFault)),
        unknown=tuple(sorted(set(variables) - {name for flag in flags for name in flag.variables})),
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
        what = error.what.removeprefix(f"{plain(path)}: ")
        return ConfigFile(path), (SettingFault(plain(path), what, error.hint),)
