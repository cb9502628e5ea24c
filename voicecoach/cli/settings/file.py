"""The person's settings file: what it holds, and what may be wrong with it."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicecoach.errors import FaultsError, VoicecoachError, plain
from voicecoach.paths import CONFIG, PATH_VARIABLES, path_from

PREFIX = "VOICECOACH_"

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
class ConfigFile:
    """A settings file as read: its tables, and the line of each key, from 1."""

    path: str
    table: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)

    def line_of(self, key: Key) -> str:
        """Return `file:line` of a key."""
        return f"{plain(self.path)}:{self.lines[key]}" if key in self.lines else plain(self.path)

    def fault(self, key: Key, error: VoicecoachError) -> SettingFault:
        """Return what is wrong with a key, named by its file, its line and all its names."""
        return SettingFault(
            f"{self.line_of(key)}: {plain('.'.join(key))}", error.what, error.hint, self.lines.get(key, 0)
        )


def variables_in(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that may preset flags; an empty one counts as absent."""
    return {name: text for name, text in environ.items()
            if name.startswith(PREFIX) and text and name not in PATH_VARIABLES}  # fmt: skip


def is_file_named(environ: Mapping[str, str]) -> bool:
    """Whether somebody named the settings file, so that it is missed where it is not there."""
    return path_from(environ, CONFIG) is not None


def is_absent(path: Path) -> bool:
    """Whether there is nothing to read: no such file, or the device that is always empty."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False  # reading it will tell why
    return str(path) == os.path.abspath(os.devnull)  # noqa: PTH100 - a name, nothing is looked up
