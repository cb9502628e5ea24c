"""The settings of a run: the environment over the settings file over the built-in; a flag is over all."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.cli.terminal import Words
from voicecoach.errors import FaultsError, UsageError, VoicecoachError, plain

PREFIX = "VOICECOACH_"

# So alike (of 1) are a name and its misspelling; variables that only begin alike are meant for others.
_A_SLIP = 0.75

Key = tuple[str, ...]
"""The names that lead to a value: its tables, then its own."""


class ConfigError(FaultsError):
    """One thing wrong in a settings file, at a `place` in it, `config.toml:3: pace`; `line` is 0 for all of it."""

    def __init__(self, place: str, what: str, hint: str = "", line: int = 0) -> None:
        super().__init__(f"{place}: {what}", hint)
        self.line = line


class Flag(NamedTuple):
    """A flag of a `command` (an empty one: it stands everywhere), by its `key` in a file; `option` is Click's own."""

    command: Key
    key: str
    option: Any

    @property
    def form(self) -> str:
        """What the help shows of its value, "" for a flag without one."""
        return self.option.metavar or ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable of this flag for every command, and the one for its own."""
        return (variable(self.key), *([variable(*self.command, self.key)] if self.command else []))


class Preset(NamedTuple):
    """A flag with its value of a file or a variable; `place` is which: `config.toml:3`, `VOICECOACH_PACE`."""

    flag: Flag
    value: object
    place: str
    from_file: bool


class OwnWording(NamedTuple):
    """A cue that the person words themselves, and where: `config.toml:7`."""

    language: str
    cue: str
    variants: tuple[tuple[str, ...], ...]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds in this run where no flag says otherwise; `presets` are found by command and key.

    Of the `faults`, those of variables come last, each a UsageError; `unknown` variables set nothing.
    """

    path: str = ""
    flags: tuple[Flag, ...] = ()
    presets: Mapping[tuple[Key, str], Preset] = field(default_factory=dict)
    wordings: tuple[OwnWording, ...] = ()
    faults: tuple[VoicecoachError, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
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
            table[preset.flag.option.name] = preset.value
        return whole

    def error(self) -> VoicecoachError | None:
        """Return all that is wrong as one error, of the file where that has a part in it."""
        if not self.faults:
            return None
        kind = UsageError if isinstance(self.faults[0], UsageError) else FaultsError
        return kind("\n".join(map(str, self.faults)))

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
            if about and preset.flag.command == command and preset.flag.option.name in names:
                place = f"{preset.place}: {'.'.join((*command, key))}" if preset.from_file else preset.place
                kind = VoicecoachError if preset.from_file else UsageError
                return kind(f"{place}: {error.what.removeprefix(f'--{key}: ')}", error.hint)
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
