"""Reading the settings of a run, where anything is set: what presets a flag, own wordings, and what is wrong."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import typer

from voicecoach.cli.settings.flags import Command, preset_flags
from voicecoach.cli.settings.toml_file import ConfigFile, read_config
from voicecoach.cli.settings.values import ConfigError, Flag, Key, OwnWording, Preset, Settings, variable
from voicecoach.errors import FileError, UnknownNameError, UsageError, VoicecoachError
from voicecoach.languages import phrases_for
from voicecoach.phrases.own import own_variants

WORDS, CUES = "words", "cues"
"""The table of own wordings, which stands among those of the commands, and the one that each language has."""

NOT_WORDED = {"safety": VoicecoachError("the safety sentences are said as they are", "leave this table out")}
"""Tables of a language that a person may look for and cannot have, and why."""

SWITCH_WORDS = {"1": True, "true": True, "yes": True, "on": True,
                "0": False, "false": False, "no": False, "off": False}  # fmt: skip
"""How a flag without a value is switched by an environment variable."""

_SEE = "voicecoach config lists the settings"


def read_settings(path: Path, variables: Mapping[str, str], command: Command, *, named: bool) -> Settings:
    """Read the settings of a run, faults included, for all flags of a command and those below it.

    Those of a file, which has to be there if it was `named`, and over them those of environment variables.
    """
    config, unread = ConfigFile(str(path)), list[VoicecoachError]()
    try:
        config = read_config(path, named=named)
    except (ConfigError, FileError) as error:
        unread.append(error)
    flags = tuple(preset_flags(command)) if variables or config.table else ()
    of_file = (*_table_presets(config, flags, (), config.table), *_own_wordings(config))
    of_variables = tuple(_variable_presets(variables, flags))
    presets = [each for each in (*of_file, *of_variables) if isinstance(each, Preset)]
    wrong = sorted((each for each in of_file if isinstance(each, ConfigError)), key=lambda each: each.line)
    return Settings(
        path=str(path),
        flags=flags,
        presets={(each.flag.command, each.flag.key): each for each in presets},
        wordings=tuple(each for each in of_file if isinstance(each, OwnWording)),
        faults=(*unread, *wrong, *(each for each in of_variables if isinstance(each, UsageError))),
        unknown=tuple(sorted(set(variables) - {name for flag in flags for name in flag.variables})),
    )


def _variable_presets(variables: Mapping[str, str], flags: tuple[Flag, ...]) -> Iterator[Preset | UsageError]:
    """Yield the presets of variables, those for every command before those of one, and what is wrong."""
    for own in (False, True):
        for name, text in variables.items():
            targets = [flag for flag in flags if name in flag.variables[own:][:1]]
            try:
                _refuse_two_meanings(targets, lambda flag: variable(*flag.command, flag.key), "set")
                yield from [Preset(flag, _from_text(flag, text), name, from_file=False) for flag in targets]
            except VoicecoachError as error:
                yield UsageError(f"{name}: {error.what}", error.hint)


def _table_presets(
    config: ConfigFile, flags: tuple[Flag, ...], above: Key, table: Mapping[str, object]
) -> Iterator[Preset | ConfigError]:
    """Yield the presets of a table and of those inside it, in the same order, and what is wrong."""
    tables = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name, value in table.items():
        if name not in tables and (*above, name) != (WORDS,):
            key = (*above, name)
            try:
                targets = _targets(flags, above, name)
                yield from [
                    Preset(each, _from_toml(each, value), config.line_of(key), from_file=True) for each in targets
                ]
            except VoicecoachError as error:
                yield config.fault(key, error)
    for name, inner in tables.items():
        key = (*above, name)
        if any(flag.command[: len(key)] == key for flag in flags):
            yield from _table_presets(config, flags, key, inner)
        elif name in {CUES, *NOT_WORDED}:
            yield config.fault(key, VoicecoachError("wordings stand below their language", "write [words.en.cues]"))
        elif key != (WORDS,):
            commands = {flag.command[len(above)] for flag in flags if len(flag.command) > len(above)}
            yield config.fault(key, UnknownNameError("table", name, commands | ({WORDS} if not above else set()), _SEE))


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


def _refuse_two_meanings(targets: list[Flag], told: Callable[[Flag], str], how: str) -> None:
    """Raise VoicecoachError for flags of one name that take different things."""
    if len({flag.form for flag in targets}) > 1:
        commands = ", ".join(" ".join(flag.command) for flag in targets)
        raise VoicecoachError(f"this flag is not the same in {commands}", f"{how} {' or '.join(map(told, targets))}")


def _from_text(flag: Flag, text: str) -> object:
    """Return the value that an environment variable gives; raises VoicecoachError."""
    if flag.switch:
        if text.strip().lower() not in SWITCH_WORDS:
            raise VoicecoachError(f'"{text}" is neither yes nor no', "write 1 or 0")
        return SWITCH_WORDS[text.strip().lower()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return _accepted(flag, parts if flag.multiple else text)


def _from_toml(flag: Flag, value: object) -> object:
    """Return the value that a file gives; raises VoicecoachError."""
    if flag.switch:
        if not isinstance(value, bool):
            raise VoicecoachError("this flag is on or off", "write true or false, without quotes")
        return value
    several = value if isinstance(value, list) and flag.multiple else [value]
    if not all(isinstance(each, str | int | float) and not isinstance(each, bool) for each in several):
        many = ", or a list of them" if flag.multiple else ""
        raise VoicecoachError(
            f"{json.dumps(value, default=str)} is no value for this flag", f'write "{flag.form}"{many}'
        )
    texts = [str(each) for each in several]
    return _accepted(flag, texts if flag.multiple else texts[0])


def _accepted(flag: Flag, value: str | list[str]) -> object:
    """Return a value that the flag's own parser accepts; raises VoicecoachError with what it says."""
    try:
        flag.accept(value)
    except UsageError as error:
        raise VoicecoachError(error.what.removeprefix(f"--{flag.key}: "), error.hint) from None
    except typer.BadParameter as error:
        raise VoicecoachError(error.message.rstrip("."), f"write {flag.form or 'another value'}") from None
    return value


def _own_wordings(config: ConfigFile) -> Iterator[OwnWording | ConfigError]:
    """Yield what `[words.en.cues]` says, held against the language it names, and what is wrong."""

    def language(key: Key, tables: object) -> Iterator[OwnWording | ConfigError]:
        phrases = phrases_for(key[1])
        if phrases.language != key[1]:
            raise UnknownNameError("wording of the language", key[1], [phrases.language])

        def cues(key: Key, table: object) -> Iterator[OwnWording | ConfigError]:
            unknown = UnknownNameError("table of wordings", key[2], [CUES], f"{CUES} is the only one")
            if key[2] != CUES:
                raise NOT_WORDED.get(key[2], unknown)
            return _entries(config, key, table, "write its cues below it", cue)

        def cue(key: Key, value: object) -> Iterable[OwnWording]:
            return [OwnWording(key[1], key[3], own_variants(phrases, key[3], value), config.line_of(key))]

        return _entries(config, key, tables, f"write [{WORDS}.{key[1]}.{CUES}], and cues below it", cues)

    whole = config.table.get(WORDS, {})
    return _entries(config, (WORDS,), whole, "write [words.en.cues], and cues below it", language)


def _entries(
    config: ConfigFile,
    key: Key,
    table: object,
    hint: str,
    read: Callable[[Key, object], Iterable[OwnWording | ConfigError]],
) -> Iterator[OwnWording | ConfigError]:
    """Yield what is read of each entry of a table, and what is wrong with an entry, or with what is no table."""
    if not isinstance(table, Mapping):
        yield config.fault(key, VoicecoachError("this is a table", hint))
        return
    for name, value in table.items():
        try:
            yield from read((*key, name), value)
        except VoicecoachError as error:
            yield config.fault((*key, name), error)
