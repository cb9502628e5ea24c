"""Reading the settings file: what it holds, and on which line each of its keys stands.

The lines are found here, as neither tomllib nor tomlkit keeps positions: a statement of TOML ends at the
first line with which it is a document of its own, so that each is read alone and tells its keys.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from voicecoach.cli.settings.file import ConfigError, ConfigFile, Key, SettingFault, is_absent
from voicecoach.errors import plain
from voicecoach.files import read_text

MOST_BYTES = 64_000
"""More than anybody writes by hand, and little enough to be read at each start."""

LONGEST_LINE = 1_000
"""Characters of a line: no number or name in it is then so long that reading it would take its time."""

MOST_LINES = 100
"""Lines of one setting, as each is read anew with every line that is added to it."""

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_SYNTAX_HINT = 'words stand in quotes, as in pace = "slow"'


def read_config(path: Path) -> ConfigFile:
    """Read the settings file, an empty one where there is none. Raises FileError and ConfigError."""
    if is_absent(path):
        return ConfigFile(str(path))
    return parse_config(read_text(str(path), MOST_BYTES), str(path))


def parse_config(text: str, path: str) -> ConfigFile:
    """Read TOML from `path`; raises ConfigError with the line where it is none."""
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
        raise ConfigError([SettingFault(f"{plain(path)}:{error.line}", what, "shorten it", error.line)]) from None


class _LongError(Exception):
    """A setting that begins on a line and goes on for too many."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def key_lines(text: str) -> dict[Key, int]:
    """Return the line of each key and table of a TOML document, from 1; raises _LongError."""
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
        f"{plain(path)}:{line}", f"this is no TOML: {plain(what[:1].lower() + what[1:])}{column}", _SYNTAX_HINT
    )
