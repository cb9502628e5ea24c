"""Presets: the values that a settings file and the environment give to flags, the farther source first."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from voicecoach.cli.settings.file import ConfigFile, Key, SettingFault
from voicecoach.cli.settings.flags import value_from_text, value_from_toml
from voicecoach.cli.settings.values import Flag, Preset, variable
from voicecoach.errors import UnknownNameError, VoicecoachError

WORDS = "words"
"""The table of own wordings, which stands among those of the commands."""

_WORDED = {"cues", "safety"}
_SEE = "voicecoach config lists the settings"


def file_presets(config: ConfigFile, flags: Iterable[Flag]) -> Iterator[Preset | SettingFault]:
    """Yield the presets of a file, those for every command before those of one, and what is wrong with it."""
    return _table_presets(config, tuple(flags), (), config.table)


def environment_presets(variables: Mapping[str, str], flags: Iterable[Flag]) -> Iterator[Preset | SettingFault]:
    """Yield the presets of variables, in the same order, and what is wrong with them."""
    known = tuple(flags)
    for own in (False, True):
        for name, text in variables.items():
            targets = [flag for flag in known if name in flag.variables[own:][:1]]
            try:
                _refuse_two_meanings(targets, lambda flag: variable(*flag.command, flag.key), "set")
                yield from [Preset(flag, value_from_text(flag, text), name, from_file=False) for flag in targets]
            except VoicecoachError as error:
                yield SettingFault(name, error.what, error.hint)


def _table_presets(
    config: ConfigFile, flags: tuple[Flag, ...], above: Key, table: Mapping[str, object]
) -> Iterator[Preset | SettingFault]:
    tables = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name, value in table.items():
        if name not in tables and (*above, name) != (WORDS,):
            key = (*above, name)
            try:
                targets = _targets(flags, above, name)
                place = config.line_of(key)
                yield from [Preset(flag, value_from_toml(flag, value), place, from_file=True) for flag in targets]
            except VoicecoachError as error:
                yield config.fault(key, error)
    for name, inner in tables.items():
        key = (*above, name)
        if any(flag.command[: len(key)] == key for flag in flags):
            yield from _table_presets(config, flags, key, inner)
        elif key != (WORDS,):
            yield config.fault(key, _no_table(flags, above, name))


def _targets(flags: tuple[Flag, ...], above: Key, name: str) -> list[Flag]:
    """Return the flags that a key presets; raises UnknownNameError where there are none."""
    targets = [flag for flag in flags if flag.key == name and (not above or flag.command == above)]
    if not targets:
        own = {flag.key for flag in flags if not above or flag.command == above}
        if any(flag.key == name and not flag.command for flag in flags):
            raise VoicecoachError("this flag stands for every command", "write it above the first table")
        raise UnknownNameError("setting", name, own, _SEE)
    if not above:
        _refuse_two_meanings(targets, lambda flag: f"[{'.'.join(flag.command)}]", "write it in")
    return targets


def _no_table(flags: tuple[Flag, ...], above: Key, name: str) -> VoicecoachError:
    if name in _WORDED:
        return VoicecoachError("wordings stand below their language", "write [words.en.cues]")
    commands = {flag.command[len(above)] for flag in flags if len(flag.command) > len(above)}
    return UnknownNameError("table", name, commands | ({WORDS} if not above else set()), _SEE)


def _refuse_two_meanings(targets: list[Flag], told: Callable[[Flag], str], how: str) -> None:
    """Raise VoicecoachError for flags of one name that take different things."""
    if len({flag.form for flag in targets}) > 1:
        commands = ", ".join(" ".join(flag.command) for flag in targets)
        raise VoicecoachError(f"this flag is not the same in {commands}", f"{how} {' or '.join(map(told, targets))}")
