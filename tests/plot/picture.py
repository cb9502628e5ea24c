"""A picture that was written, read back: where its shapes stand, and what time the clock says there."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
_POINT = re.compile(r"[MLC]?\s*(-?[\d.]+) (-?[\d.]+)")


@dataclass(frozen=True)
class Picture:
    """An SVG file of a session."""

    path: Path

    @cached_property
    def root(self) -> ET.Element:
        return ET.parse(self.path).getroot()  # noqa: S314 - we wrote it

    @cached_property
    def words(self) -> list[str]:
        return [each.text or "" for each in self.root.iter(f"{SVG}text")]

    @cached_property
    def clocks(self) -> dict[int, list[tuple[int, float]]]:
        """The times written below each line, in milliseconds as they read, and how far from the left."""
        found = defaultdict(list)
        for name, group in self._groups("time"):
            (text,) = group.iter(f"{SVG}text")
            found[int(name.split("-")[1])].append((_read(text.text or ""), float(text.attrib["x"])))
        return found

    def spans(self, part: str) -> list[tuple[float, float]]:
        """Return from when to when the shapes of a part last, in milliseconds by the clock of their line."""
        found = []
        for name, group in self._groups(part):
            line = name.removeprefix(f"{part}-")
            (drawn,) = group.iter(f"{SVG}path")
            for shape in drawn.attrib["d"].split("M")[1:]:
                across = [float(x) for x, _ in _POINT.findall(shape)]
                found.append((self._ms(int(line), min(across)), self._ms(int(line), max(across))))
        return found

    def _groups(self, part: str) -> list[tuple[str, ET.Element]]:
        named = re.compile(rf"{part}-\d+(-\d+)?")
        groups = [(each.get("id", ""), each) for each in self.root.iter(f"{SVG}g")]
        return [(name, each) for name, each in groups if named.fullmatch(name)]

    def _ms(self, line: int, x: float) -> float:
        at_ms, at = self.clocks[line][0]
        return at_ms + (x - at) * self._ms_a_point(line)

    def _ms_a_point(self, line: int) -> float:
        """Return the scale of a line, which all have in common but the first, the overview."""
        like = [times for number, times in self.clocks.items() if bool(number) is bool(line)]
        (first_ms, first), *_, (last_ms, last) = max(like, key=len)
        return (last_ms - first_ms) / (last - first)


def _read(clock: str) -> int:
    seconds = 0
    for field in clock.split(":"):
        seconds = seconds * 60 + int(field)
    return seconds * 1000
