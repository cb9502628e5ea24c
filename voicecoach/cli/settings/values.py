"""The settings of a run: the environment over the settings file over the built-in; a flag is over all."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from voicecoach.errors import FaultsError, UsageError, VoicecoachError, plain

PREFIX = "VOICECOACH_"

# So alike (of 1) are a name and its misspelling; variables that only begin alike are meant for others.
_A_SLIP = 0.75

Key = tuple[str, ...]
"""The names that lead to a value: its tables, then its own."""


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One thing wrong with a setting, `place` being what set it: `config.toml:3: pace`, `VOICECOACH_PACE`.

    `line` is its line in a file, 0 elsewhere.
    """

    place: str
    what: str
    hint: str = ""
    line: int = 0

    def describe(self) -> str:
        """Return `place: what; hint`."""
        return f"{self.place}: {self.what}; {self.hint}" if self.hint else f"{self.place}: {self.what}"


class ConfigError(FaultsError):
    """A settings file with faults: all of them."""

    def __init__(self, faults: Iterable[SettingFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.describe() for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of a `command` (an empty one: it stands everywhere), by its `key` in a file: `lead-in`.

    `name` is what the command's function calls it, `form` what its help shows of its value. `accept` raises
    UsageError, or Typer's BadParameter, for a value that the command would refuse.
    """

    command: Key
    key: str
    name: str
    form: str
    default: object
    switch: bool
    multiple: bool
    accept: Callable[[str | list[str]], object]

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable of this flag for every command, and the one for its own."""
        return (variable(self.key), *([variable(*self.command, self.key)] if self.command else []))


@dataclass(frozen=True, slots=True)
class Preset:
    """A flag with the value that a file or a variable gives it.

    `place` is which: `config.toml:3`, `VOICECOACH_PACE`.
    """

    flag: Flag
    value: object
    place: str
    from_file: bool

    @property
    def named(self) -> str:
        """What a message calls it: the place, with the key where a place has several."""
        key = ".".join((*self.flag.command, self.flag.key))
        return f"{self.place}: {key}" if self.from_file else self.place


@dataclass(frozen=True, slots=True)
class OwnWording:
    """A cue that the person words themselves, and where: `config.toml:7`."""

    language: str
    cue: str
    variants: tuple[tuple[str, ...], ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds in this run where no flag says otherwise, and what is wrong with it.

    `presets` are found by command and key. `unknown` are variables that look like settings and set nothing.
    """

    path: str = ""
    flags: tuple[Flag, ...] = ()
    presets: Mapping[tuple[Key, str], Preset] = field(default_factory=dict)
    wordings: tuple[OwnWording, ...] = ()
    file_faults: tuple[SettingFault, ...] = ()
    variable_faults: tuple[SettingFault, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]:
        """The own wordings of each language."""
        words: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
        for each in self.wordings:
            words.setdefault(each.language, {})[each.cue] = each.variants
        return words

    def default_map(self) -> dict[str, Any]:
        """Return the presets as Click takes them: by a function's own names, commands nested."""
        whole: dict[str, Any] = {}
        for preset in self.presets.values():
            table = whole
            for name in preset.flag.command:
                table = table.setdefault(name, {})
            table[preset.flag.name] = preset.value
        return whole

    def error(self) -> VoicecoachError | None:
        """Return all that is wrong as one error, of the file where that has a part in it."""
        if self.file_faults:
            return ConfigError([*self.file_faults, *self.variable_faults])
        if self.variable_faults:
            return UsageError("\n".join(fault.describe() for fault in self.variable_faults))
        return None

    def refuse_faults(self) -> None:
        """Raise ConfigError or UsageError where anything is wrong."""
        if error := self.error():
            raise error

    def notes(self) -> Iterator[str]:
        """Yield what a person should know and nothing fails for: variables that are nearly settings."""
        known = {variable(flag.key).removeprefix(PREFIX) for flag in self.flags}
        for name in self.unknown:
            for near in get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=_A_SLIP):
                yield f"{plain(name)} sets nothing; did you mean {PREFIX}{near}?"

    def blamed(self, error: VoicecoachError, command: Key, names: Iterable[str]) -> VoicecoachError:
        """Return an error about a flag among `names` as one about what preset it, any other as it is."""
        for preset in self.presets.values():
            key = preset.flag.key
            about = error.what.startswith((f"--{key}:", f"--{key} ")) or (f'no {key} "{preset.value}"' in error.what)
            if about and preset.flag.command == command and preset.flag.name in names:
                kind = VoicecoachError if preset.from_file else UsageError
                return kind(f"{preset.named}: {error.what.removeprefix(f'--{key}: ')}", error.hint)
        return error


SETTINGS = "voicecoach.settings"
"""Where Click's context keeps the settings of the run."""


def is_absent(path: Path) -> bool:
    """Whether there is nothing to read: no such file, or the device that is always empty."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False  # reading it will tell why
    return str(path) == os.path.abspath(os.devnull)  # noqa: PTH100 - a name, nothing is looked up


def variable(*names: str) -> str:
    """Return the variable of a flag, `VOICECOACH_LEAD_IN`, or of a command's, `VOICECOACH_PLAY_OUTPUT`."""
    return PREFIX + "_".join(names).upper().replace("-", "_")
