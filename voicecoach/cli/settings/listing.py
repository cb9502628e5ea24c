"""What `voicecoach config` tells: each setting once, as long as all commands agree on it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.cli.settings.values import Flag, Settings

UNSET = "-"


@dataclass(frozen=True, slots=True)
class SettingRow:
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


def setting_rows(settings: Settings, flags: tuple[Flag, ...]) -> Iterator[SettingRow]:
    """Yield the setting of each flag, and after them the own wordings."""
    groups: dict[tuple[str, str], list[Flag]] = {}
    for flag in flags:
        groups.setdefault((flag.key, flag.form), []).append(flag)
    one_meaning = Counter(key for key, _ in groups)
    for (key, _), group in groups.items():
        rows = [_row(settings, flag) for flag in group]
        shared = _usual(rows) if one_meaning[key] == 1 and (len(group) > 1 or not group[0].command) else None
        if shared:
            yield SettingRow(key, shared.value, shared.source, shared.place)
        yield from (row for row in rows if not shared or not _agrees(row, shared))
    for each in settings.wordings:
        variants = [list(variant) for variant in each.variants]
        yield SettingRow(f"words.{each.language}.cues.{each.cue}", variants, "file", each.place)


def _row(settings: Settings, flag: Flag) -> SettingRow:
    key = ".".join((*flag.command, flag.key))
    preset = settings.presets.get((flag.command, flag.key))
    if preset is None:
        return SettingRow(key, flag.default, "built-in")
    return SettingRow(key, preset.value, "file" if preset.from_file else "environment", preset.place)


def _usual(rows: list[SettingRow]) -> SettingRow:
    """Return the row that most commands agree with."""
    return max(rows, key=lambda row: sum(_agrees(row, other) for other in rows))


def _agrees(row: SettingRow, other: SettingRow) -> bool:
    return (row.said, row.place) == (other.said, other.place)
