"""Reading the settings file: what it holds, and on which line each of its keys stands.

The lines are found here, as neither tomllib nor tomlkit keeps positions: a statement of TOML ends at the
first line with which it is a document of its own, so that each is read alone and tells its keys.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicecoach.cli.settings.values import ConfigError, Key, is_absent
from voicecoach.errors import FileError, VoicecoachError, plain
from voicecoach.files import read_text

MOST_BYTES = 64_000
"""More than anybody writes by hand, and little enough to be read at each start."""
LONGEST_LINE = 1_000
"""Characters of a line: no number or name in it is then so long that reading it would take its time."""
MOST_LINES = 100
"""Lines of one setting, as each is read anew with every line that is added to it."""

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A settings file as read: its tables, and the line of each key, from 1."""

    path: str
    table: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)

    def line_of(self, key: Key) -> str:
        """Return `file:line` of a key."""
        return f"{plain(self.path)}:{self.lines[key]}" if key in self.lines else plain(self.path)

    def fault(self, key: Key, error: VoicecoachError) -> ConfigError:
        """Return what is wrong with a key, named by its file, its line and all its names."""
        place = f"{self.line_of(key)}: {plain('.'.join(key))}"
        return ConfigError(place, error.what, error.hint, self.lines.get(key, 0))


def read_config(path: Path, *, named: bool = False) -> ConfigFile:
    """Read the settings file, empty where there is none unless it was `named`; raises FileError and ConfigError."""
    if not is_absent(path):
        return parse_config(read_text(str(path), MOST_BYTES), str(path))
    if named and not path.exists():
        hint = "`voicecoach config --init` writes one, or unset VOICECOACH_CONFIG"
        raise FileError(path, "there is no such settings file", hint)
    return ConfigFile(str(path))


def parse_config(text: str, path: str) -> ConfigFile:
    """Read TOML from `path`; raises ConfigError with the line where it is none."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            what = f"the line is longer than {LONGEST_LINE} characters"
            raise ConfigError(f"{plain(path)}:{number}", what, "break it up", number)
    try:
        return ConfigFile(path, tomllib.loads(text), key_lines(text, path))
    except RecursionError:
        raise ConfigError(plain(path), "it is nested too deeply", "a setting is one level deep") from None
    except tomllib.TOMLDecodeError as error:
        what, at = _AT.sub("", str(error)), _AT.search(str(error))
    line = at["line"] if at and at["line"] else str(len(text.rstrip("\n").split("\n")))
    column = f" at column {at['column']}" if at and at["column"] else " where the file ends"
    what = f"this is no TOML: {plain(what[:1].lower() + what[1:])}{column}"
    raise ConfigError(f"{plain(path)}:{line}", what, 'words stand in quotes, as in pace = "slow"', int(line))


def key_lines(text: str, path: str = "") -> dict[Key, int]:
    """Return the line of each key and table of TOML, from 1; raises ConfigError for a setting of too many lines."""
    lines: dict[Key, int] = {}
    above: Key = ()
    statement, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        statement += f"{line}\n"
        if number - start >= MOST_LINES and statement.strip():
            what = f"a setting is longer than {MOST_LINES} lines"
            raise ConfigError(f"{plain(path)}:{start}", what, "shorten it", start)
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
