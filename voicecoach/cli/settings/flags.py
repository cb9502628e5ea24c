"""The flags that can be preset: which there are, and how a value from a file or the environment is read."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

import typer

from voicecoach.cli.settings.file import Key
from voicecoach.cli.settings.knob_flags import pacing_from
from voicecoach.errors import UsageError, VoicecoachError

NEVER_PRESET = {"version", "help", "install-completion", "show-completion", "delete"}
"""Flags that say something and leave, or take something away: nobody means that every time."""

WITHOUT_PRESETS = {"config", "import"}
"""What tells of the settings, whatever those are, and what is about the blanks of one page."""

SWITCH_WORDS = {"1": True, "true": True, "yes": True, "on": True,
                "0": False, "false": False, "no": False, "off": False}  # fmt: skip
"""How a flag without a value is switched by an environment variable."""

_PACING_FROM: Callable[..., object] = pacing_from
_PACING = frozenset(signature(pacing_from).parameters)


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of a `command` (an empty one: it stands everywhere), by its `key` in a file: `lead-in`.

    `name` is what the command's function calls it, `form` what its help shows of its value.
    """

    command: Key
    key: str
    name: str
    form: str
    default: object
    switch: bool
    multiple: bool
    accept: Callable[[str | list[str]], object]

    def from_text(self, text: str) -> object:
        """Return the value that an environment variable gives; raises VoicecoachError."""
        if self.switch:
            if text.strip().lower() not in SWITCH_WORDS:
                raise VoicecoachError(f'"{text}" is neither yes nor no', "write 1 or 0")
            return SWITCH_WORDS[text.strip().lower()]
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return self._parsed(parts if self.multiple else text)

    def from_toml(self, value: object) -> object:
        """Return the value that a file gives; raises VoicecoachError."""
        if self.switch:
            if not isinstance(value, bool):
                raise VoicecoachError("this flag is on or off", "write true or false, without quotes")
            return value
        several = value if isinstance(value, list) and self.multiple else [value]
        if not all(isinstance(each, str | int | float) and not isinstance(each, bool) for each in several):
            wrong = json.dumps(value, default=str)
            many = ", or a list of them" if self.multiple else ""
            raise VoicecoachError(f"{wrong} is no value for this flag", f'write "{self.form}"{many}')
        texts = [str(each) for each in several]
        return self._parsed(texts if self.multiple else texts[0])

    def _parsed(self, value: str | list[str]) -> object:
        """Return a value that the flag's own parser accepts; raises VoicecoachError with what it says."""
        try:
            if self.name in _PACING:
                _PACING_FROM(**{self.name: value})
            else:
                self.accept(value)
        except UsageError as error:
            raise VoicecoachError(error.what.removeprefix(f"--{self.key}: "), error.hint) from None
        except typer.BadParameter as error:
            raise VoicecoachError(
                error.message.rstrip("."), f"write {self.form or 'another value'}"
            ) from None
        return value


def preset_flags(command: Any, path: Key = ()) -> Iterator[Flag]:  # noqa: ANN401 - Click's, or Typer's own copy of it
    """Yield the flags of a command and of all commands below it, as Typer built them."""
    if path[:1] and path[0] in WITHOUT_PRESETS:
        return
    for option in command.params:
        if option.param_type_name == "option" and _key(option) not in NEVER_PRESET:
            yield _flag(command, option, path)
    below: Mapping[str, Any] = getattr(command, "commands", {})
    for name, inner in below.items():
        yield from preset_flags(inner, (*path, name))


def _flag(command: Any, option: Any, path: Key) -> Flag:  # noqa: ANN401
    return Flag(
        command=path,
        key=_key(option),
        name=option.name,
        form=option.metavar or "",
        default=option.default,
        switch=option.is_flag,
        multiple=option.multiple,
        accept=lambda value: option.process_value(typer.Context(command), value),
    )


def _key(option: Any) -> str:  # noqa: ANN401
    """Return the long name of a flag without its dashes."""
    return str(max(option.opts, key=len)).lstrip("-")
