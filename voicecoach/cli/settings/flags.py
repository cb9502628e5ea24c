"""The flags that can be preset: which there are, and how a value from a file or the environment is read."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import typer

from voicecoach.cli.settings.file import Key
from voicecoach.cli.settings.knob_flags import parse_pacing
from voicecoach.cli.settings.values import Flag
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.knobs import KNOB_OF

NEVER_PRESET = {"version", "help", "install-completion", "show-completion", "delete", "yes"}
"""Flags that say something and leave, or take something away: nobody means that every time."""

WITHOUT_PRESETS = {"config", "import"}
"""What tells of the settings, whatever those are, and what is about the blanks of one page."""

SWITCH_WORDS = {"1": True, "true": True, "yes": True, "on": True,
                "0": False, "false": False, "no": False, "off": False}  # fmt: skip
"""How a flag without a value is switched by an environment variable."""

Command = Any
"""A command of Click, or of Typer's own copy of it."""


def preset_flags(command: Command, path: Key = ()) -> Iterator[Flag]:
    """Yield the flags of a command, and of all commands below it."""
    if path[:1] and path[0] in WITHOUT_PRESETS:
        return
    for option in command.params:
        if option.param_type_name == "option" and _key(option) not in NEVER_PRESET:
            yield _flag(command, option, path)
    for name in getattr(command, "commands", {}):
        yield from preset_flags(command.load(name), (*path, name))


def value_from_text(flag: Flag, text: str) -> object:
    """Return the value that an environment variable gives; raises VoicecoachError."""
    if flag.switch:
        if text.strip().lower() not in SWITCH_WORDS:
            raise VoicecoachError(f'"{text}" is neither yes nor no', "write 1 or 0")
        return SWITCH_WORDS[text.strip().lower()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return _accepted(flag, parts if flag.multiple else text)


def value_from_toml(flag: Flag, value: object) -> object:
    """Return the value that a file gives; raises VoicecoachError."""
    if flag.switch:
        if not isinstance(value, bool):
            raise VoicecoachError("this flag is on or off", "write true or false, without quotes")
        return value
    several = value if isinstance(value, list) and flag.multiple else [value]
    if not all(isinstance(each, str | int | float) and not isinstance(each, bool) for each in several):
        wrong = json.dumps(value, default=str)
        many = ", or a list of them" if flag.multiple else ""
        raise VoicecoachError(f"{wrong} is no value for this flag", f'write "{flag.form}"{many}')
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


def _flag(command: Command, option: Any, path: Key) -> Flag:  # noqa: ANN401 - as for Command
    return Flag(
        command=path,
        key=_key(option),
        name=option.name,
        form=option.metavar or "",
        default=option.default,
        switch=option.is_flag,
        multiple=option.multiple,
        accept=_accept(command, option),
    )


def _accept(command: Command, option: Any) -> Callable[[str | list[str]], object]:  # noqa: ANN401
    if _key(option) in KNOB_OF:
        # As if set in earnest: an empty value is one that cannot be read.
        return lambda value: parse_pacing({option.name: value}, given=frozenset({option.name}))
    return lambda value: option.process_value(typer.Context(command), value)


def _key(option: Any) -> str:  # noqa: ANN401
    """Return the long name of a flag without its dashes."""
    return str(max(option.opts, key=len)).lstrip("-")
