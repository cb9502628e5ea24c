"""Reading the settings of a run, where anything is set: what presets a flag, own wordings, and what is wrong."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import typer

from voicecoach.cli.settings.flags import Command, parse_pacing, preset_flags
from voicecoach.cli.settings.toml_file import ConfigFile, read_config
from voicecoach.cli.settings.values import ConfigError, Flag, Key, OwnWording, Preset, Settings, variable
from voicecoach.errors import FileError, UnknownNameError, UsageError, VoicecoachError
from voicecoach.knobs import KNOB_OF
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
_phrases_for = cache(phrases_for)
Found = Preset | OwnWording | ConfigError
Read = Callable[[ConfigFile, Key, object], Iterator[Found]]


def read_settings(path: Path, variables: Mapping[str, str], command: Command, *, named: bool) -> Settings:
    """Read the settings of a run, faults included: of a file, there if it was `named`, and over it of variables."""
    config, unread = ConfigFile(str(path)), list[VoicecoachError]()
    try:
        config = read_config(path, named=named)
    except (ConfigError, FileError) as error:
        unread.append(error)
    flags = tuple(preset_flags(command)) if variables or config.table else ()
    of_file = tuple(_entries(config, (), config.table, partial(_settings, flags)))
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


def _entries(config: ConfigFile, above: Key, table: Mapping[str, object], read: Read) -> Iterator[Found]:
    """Yield what is read of each entry of a table, values before tables, and what is wrong with it."""
    for name, value in sorted(table.items(), key=lambda entry: isinstance(entry[1], dict)):
        key = (*above, name)
        try:
            yield from read(config, key, value)
        except VoicecoachError as error:
            yield config.fault(key, error)


def _settings(flags: tuple[Flag, ...], config: ConfigFile, key: Key, value: object) -> Iterator[Found]:
    """Yield what an entry of the file sets; raises VoicecoachError."""
    *above, name = key
    if key == (WORDS,):
        yield from _wordings(config, key, value)
    elif not isinstance(value, dict):
        place = config.line_of(key)
        targets = _targets(flags, tuple(above), name)
        yield from [Preset(flag, _from_toml(flag, value), place, from_file=True) for flag in targets]
    elif any(flag.command[: len(key)] == key for flag in flags):
        yield from _entries(config, key, value, partial(_settings, flags))
    elif name in {CUES, *NOT_WORDED}:
        raise VoicecoachError("wordings stand below their language", "write [words.en.cues]")
    else:
        commands = {flag.command[len(above)] for flag in flags if len(flag.command) > len(above)}
        raise UnknownNameError("table", name, commands if above else commands | {WORDS}, _SEE)


def _wordings(config: ConfigFile, key: Key, value: object) -> Iterator[Found]:
    """Yield what an entry of `[words.en.cues]` says, or of the tables around it; raises VoicecoachError."""
    hint = "write [words.en.cues], and cues below it"
    match key:
        case (_, language):
            spoken = _phrases_for(language).language
            if spoken != language:
                raise UnknownNameError("wording of the language", language, [spoken])
            hint = f"write [{'.'.join(key)}.{CUES}], and cues below it"
        case (_, _, name):
            if name != CUES:
                unknown = UnknownNameError("table of wordings", name, [CUES], f"{CUES} is the only one")
                raise NOT_WORDED.get(name, unknown)
            hint = "write its cues below it"
        case (_, language, _, cue):
            yield OwnWording(language, cue, own_variants(_phrases_for(language), cue, value), config.line_of(key))
            return
    if not isinstance(value, Mapping):
        raise VoicecoachError("this is a table", hint)
    yield from _entries(config, key, value, _wordings)


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
    if flag.option.is_flag:
        if text.strip().lower() not in SWITCH_WORDS:
            raise VoicecoachError(f'"{text}" is neither yes nor no', "write 1 or 0")
        return SWITCH_WORDS[text.strip().lower()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return _accepted(flag, parts if flag.option.multiple else text)


def _from_toml(flag: Flag, value: object) -> object:
    if flag.option.is_flag:
        if not isinstance(value, bool):
            raise VoicecoachError("this flag is on or off", "write true or false, without quotes")
        return value
    several = value if isinstance(value, list) and flag.option.multiple else [value]
    if not all(isinstance(each, str | int | float) and not isinstance(each, bool) for each in several):
        hint = f'write "{flag.form}"' + (", or a list of them" if flag.option.multiple else "")
        raise VoicecoachError(f"{json.dumps(value, default=str)} is no value for this flag", hint)
    texts = [str(each) for each in several]
    return _accepted(flag, texts if flag.option.multiple else texts[0])


def _accepted(flag: Flag, value: str | list[str]) -> object:
    """Return a value that the flag's own parser accepts; raises VoicecoachError with what it says."""
    try:
        if flag.key in KNOB_OF:
            # As if set in earnest: an empty value is one that cannot be read.
            parse_pacing({flag.option.name: value}, given=frozenset({flag.option.name}))
        else:
            flag.option.process_value(typer.Context(typer.core.TyperCommand(None)), value)
    except UsageError as error:
        raise VoicecoachError(error.what.removeprefix(f"--{flag.key}: "), error.hint) from None
    except typer.BadParameter as error:
        raise VoicecoachError(error.message.rstrip("."), f"write {flag.form or 'another value'}") from None
    return value
