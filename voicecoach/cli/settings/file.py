"""The person's settings file: where it is, what it holds, and on which line each of its keys stands.

The lines are found here, as neither tomllib nor tomlkit keeps positions: a statement of TOML ends at the
first line with which it is a document of its own, so that each is read alone and tells its keys.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicecoach.errors import FaultsError, VoicecoachError, plain
from voicecoach.paths import CONFIG, PATH_VARIABLES, path_from

MOST_BYTES = 64_000
"""More than anybody writes by hand, and little enough to be read at each start."""

LONGEST_LINE = 1_000
"""Characters of a line: no number or name in it is then so long that reading it would take its time."""

MOST_LINES = 100
"""Lines of one setting, as each is read anew with every line that is added to it."""

PREFIX = "VOICECOACH_"

Key = tuple[str, ...]
"""The names that lead to a value: its tables, then its own."""

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_SYNTAX_HINT = 'words stand in quotes, as in pace = "slow"'


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


def read_config(path: Path) -> ConfigFile:
    """Read the settings file, an empty one where there is none. Raises FileError and ConfigError."""
    if is_absent(path):
        return ConfigFile(str(path))
    from voicecoach.files import read_text

    return parse_config(read_text(str(path), MOST_BYTES), str(path))


def parse_config(text: str, path: str) -> ConfigFile:
    """Read TOML from `path`; raises ConfigError with the line where it is none."""
    import tomllib

    long = next((n for n, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST_LINE), 0)
    if long:
        what = f"the line is longer than {LONGEST_LINE} characters"
        raise ConfigError([SettingFault(f"{plain(path)}:{long}", what, "break it up", long)])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_fault(str(error), text, path)]) from None
    except RecursionError:
        raise ConfigError(
            [SettingFault(plain(path), "it is nested too deeply", "a setting is one level deep")]
        ) from None
    try:
        return ConfigFile(path, table, key_lines(text))
    except _LongError as error:
        what = f"a setting is longer than {MOST_LINES} lines"
        raise ConfigError(
            [SettingFault(f"{plain(path)}:{error.line}", what, "shorten it", error.line)]
        ) from None


class _LongError(Exception):
    """A setting that begins on a line and goes on for too many."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def key_lines(text: str) -> dict[Key, int]:
    """Return the line of each key and table of a TOML document, from 1; raises _LongError."""
    import tomllib

    lines: dict[Key, int] = {}
    above: Key = ()
    statement, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        statement += f"{line}\n"
        if number - start >= MOST_LINES and statement.strip():
            raise _LongError(start)
        try:
            keys = list(_keys(tomllib.loads(statement)))
        except tomllib.TOMLDecodeError:
            continue
        if statement.lstrip().startswith("["):
            above = keys[-1]
            keys = [above[: depth + 1] for depth in range(len(above))]
        else:
            keys = [above + key for key in keys]
        for key in keys:
            lines.setdefault(key, start)
        statement, start = "", number + 1
    return lines


def _keys(table: Mapping[str, Any], above: Key = ()) -> Iterator[Key]:
    for name, value in table.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _keys(value, (*above, name))


def _syntax_fault(message: str, text: str, path: str) -> SettingFault:
    at = _AT.search(message)
    line = at["line"] if at and at["line"] else str(len(text.rstrip("\n").split("\n")))
    column = f" at column {at['column']}" if at and at["column"] else " where the file ends"
    what = _AT.sub("", message)
    return SettingFault(
        f"{plain(path)}:{line}",
        f"this is no TOML: {plain(what[:1].lower() + what[1:])}{column}",
        _SYNTAX_HINT,
    )
