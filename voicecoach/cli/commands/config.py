"""`config`: every setting with where it comes from, and a file to begin with."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from voicecoach.cli.arguments import AsJson
from voicecoach.cli.settings.values import Flag, Settings, is_absent
from voicecoach.cli.settings.values import __file__ as values_file
from voicecoach.cli.tables import columns
from voicecoach.cli.terminal import Terminal, refuse_two
from voicecoach.errors import FileError, plain
from voicecoach.files.replacement import replacing
from voicecoach.paths import config_path

EXAMPLE = Path(values_file).with_name("example.toml")
UNSET = "-"


class SettingRow(NamedTuple):
    """A setting: its key in a file, its value, and whether that is built-in, of the file or of a variable."""

    key: str
    value: object
    source: str
    place: str = ""

    @property
    def said(self) -> str:
        """The value as a person reads it."""
        if isinstance(self.value, list) and all(isinstance(each, str) for each in self.value):
            return ", ".join(self.value) or UNSET
        if isinstance(self.value, str):
            return self.value or UNSET
        return UNSET if self.value is None else json.dumps(self.value, ensure_ascii=False)


def config(
    terminal: Terminal, settings: Settings, flags: tuple[Flag, ...], as_json: AsJson = False,
    path: Annotated[bool, typer.Option("--path", help="Print where the settings file is, or would be.")] = False,
    init: Annotated[bool, typer.Option("--init", help="Write a settings file to begin with.")] = False,
) -> None:  # fmt: skip
    """Show every setting, its value, and where that comes from.

    \b
    voicecoach config
    voicecoach config --init      a file to begin with, all of it commented out
    """
    refuse_two({"--json": as_json, "--path": path, "--init": init})
    if path:
        terminal.result(str(config_path(os.environ)))
    elif init:
        begin_config(own := config_path(os.environ))
        terminal.result(f"{plain(str(own))}: written; take the # off the lines that you want")
    else:
        rows = tuple(setting_rows(settings, flags))
        if as_json:
            faults = settings.faults
            terminal.result_object({
                "schema": 1, "file": settings.path, "exists": not is_absent(Path(settings.path)),
                "settings": [row._asdict() for row in rows], "unknown": settings.unknown,
                "problems": [str(fault) for fault in faults],
            })  # fmt: skip
        else:
            _show_lines(settings, rows, terminal)
        error = settings.error()
        sys.exit(error.exit_code if error else 0)


def begin_config(path: Path) -> None:
    """Write the example to a settings file that is not there yet. Raises FileError."""
    if os.path.lexists(path):
        raise FileError(path, "it is there already, and stays as it is", "edit it, or move it away")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The name is taken before anything is written, so that nothing can come to be replaced.
        path.touch(exist_ok=False)
    except OSError as error:
        what = f"it cannot be written ({error.strerror})"
        raise FileError(path, what, "name another place in VOICECOACH_CONFIG") from None
    try:
        with replacing(str(path)) as beside:
            shutil.copyfile(EXAMPLE, beside)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _show_lines(settings: Settings, rows: tuple[SettingRow, ...], terminal: Terminal) -> None:
    absent = " (there is none; voicecoach config --init writes one)" if is_absent(Path(settings.path)) else ""
    terminal.result(f"Settings file: {plain(settings.path)}{absent}")
    table = [(row.key, row.said, row.place or row.source) for row in rows]
    terminal.result(columns([("Setting", "Value", "Comes from"), *table]))
    for name in settings.unknown:
        terminal.tell(f"{plain(name)} sets nothing; it is not the name of a setting.")
    error = settings.error()
    if error:
        terminal.tell(str(error))


def setting_rows(settings: Settings, flags: tuple[Flag, ...]) -> Iterator[SettingRow]:
    """Yield the setting of each flag, and after them the own wordings."""
    groups: dict[tuple[str, str], list[Flag]] = {}
    for flag in flags:
        groups.setdefault((flag.key, flag.form), []).append(flag)
    one_meaning = Counter(key for key, _ in groups)
    for (key, _), group in groups.items():
        rows = [_row(settings, flag) for flag in group]
        shared = None
        if one_meaning[key] == 1 and (len(group) > 1 or not group[0].command):
            # The one that most commands agree with.
            shared = max(rows, key=lambda row: sum(_agrees(row, other) for other in rows))
            yield shared._replace(key=key)
        yield from (row for row in rows if not shared or not _agrees(row, shared))
    for each in settings.wordings:
        variants = [list(variant) for variant in each.variants]
        yield SettingRow(f"words.{each.language}.cues.{each.cue}", variants, "file", each.place)


def _row(settings: Settings, flag: Flag) -> SettingRow:
    key, preset = ".".join((*flag.command, flag.key)), settings.presets.get((flag.command, flag.key))
    if preset is None:
        return SettingRow(key, flag.option.default, "built-in")
    return SettingRow(key, preset.value, "file" if preset.from_file else "environment", preset.place)


def _agrees(row: SettingRow, other: SettingRow) -> bool:
    return (row.said, row.place) == (other.said, other.place)
