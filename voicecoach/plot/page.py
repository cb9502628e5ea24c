"""The session on a page: a block for each chapter, in lines of a few minutes, all at one scale."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from voicecoach.events import Timeline
from voicecoach.plot.marks import Mark
from voicecoach.plot.parts import LANES, LOOKS, Lane, Part

WIDTH_PT = 1000.0
"""How wide the longest line is."""

LINE_MINUTES = (4, 6, 10, 15, 30, 60, 120, 360, 1440)
"""How long the lines of a picture may be: the first length is taken that needs few enough lines."""

EXTRA_LINE_MS = 600_000
MOST_EXTRA_LINES = 24
"""Beside the first of each chapter, one line more is few enough, and another for each ten minutes."""

STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400, 604_800)
"""Seconds between two times written at a line."""

MOST_STEPS = 12
_EARLIEST_BREAK = 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of a mark that stands in one line.

    The longest of a mark's pieces has its `labels`, and each piece of a turn.
    """

    part: Part
    start_ms: int
    end_ms: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the session from left to right; `scale_ms` milliseconds are `WIDTH_PT` wide."""

    start_ms: int
    end_ms: int
    scale_ms: int
    pieces: list[Bar] = field(default_factory=list)

    def x(self, ms: int) -> float:
        """Return how far from the left end a moment stands, in points."""
        return (ms - self.start_ms) * WIDTH_PT / self.scale_ms

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes that something stands in, from the top down."""
        used = {LOOKS[piece.part].lane for piece in self.pieces}
        return tuple(lane for lane in LANES if lane in used)

    def ticks(self) -> Iterator[int]:
        """Yield the moments whose time is written below the line: round ones of the session's clock.

        A line too short to have one has its start.
        """
        fits = [step * 1000 for step in STEPS_S if self.scale_ms <= step * 1000 * MOST_STEPS]
        step_ms = fits[0] if fits else self.scale_ms
        round_ones = range(-(-self.start_ms // step_ms) * step_ms, self.end_ms + 1, step_ms)
        yield from round_ones or (self.start_ms,)


def overview(timeline: Timeline, marks: list[Mark]) -> Line:
    """Return the whole session in one line: its chapters alone."""
    line = Line(0, timeline.duration_ms, max(1, timeline.duration_ms))
    line.pieces.extend(_piece(mark, line, labelled=True) for mark in marks if mark.part is Part.CHAPTER)
    return line


def lines_of(timeline: Timeline, marks: list[Mark]) -> list[tuple[Line, ...]]:
    """Return the lines of each chapter, with what stands in them.

    A line breaks where a rest, a switch or a repetition begins, and nowhere else unless nothing begins
    in its second half.
    """
    scale_ms = line_ms(timeline)
    pauses = sorted(mark.start_ms for mark in marks if mark.part in {Part.REST, Part.SWITCH})
    begins = sorted(mark.start_ms for mark in marks if mark.part is Part.REP)
    blocks = [
        tuple(
            Line(start_ms, end_ms, scale_ms)
            for start_ms, end_ms in _wrapped(chapter.start_ms, chapter.end_ms, scale_ms, (pauses, begins))
        )
        for chapter in timeline.chapters
    ]
    _fill([line for block in blocks for line in block], marks)
    return blocks


def line_ms(timeline: Timeline) -> int:
    """Return how long a full line is."""
    lengths = [chapter.end_ms - chapter.start_ms for chapter in timeline.chapters]
    few = min(1 + timeline.duration_ms // EXTRA_LINE_MS, MOST_EXTRA_LINES)
    for minutes in LINE_MINUTES:
        if sum((length - 1) // (minutes * 60_000) for length in lengths) <= few:
            return minutes * 60_000
    return -(-timeline.duration_ms // MOST_EXTRA_LINES)


def _wrapped(
    start_ms: int, end_ms: int, most_ms: int, breaks: tuple[list[int], ...]
) -> Iterator[tuple[int, int]]:
    while end_ms - start_ms > most_ms:
        latest = (_latest(each, start_ms + most_ms) for each in breaks)
        good = [at_ms for at_ms in latest if at_ms >= start_ms + most_ms * _EARLIEST_BREAK]
        cut_ms = good[0] if good else start_ms + most_ms
        yield start_ms, cut_ms
        start_ms = cut_ms
    yield start_ms, end_ms


def _latest(moments: list[int], until_ms: int) -> int:
    place = bisect_right(moments, until_ms)
    return moments[place - 1] if place else -1


def _fill(lines: list[Line], marks: list[Mark]) -> None:
    """Cut marks into the pieces of lines: lines follow each other without a gap."""
    starts = [line.start_ms for line in lines]
    for mark in marks:
        first = max(0, bisect_right(starts, mark.start_ms) - 1)
        last = max(first + 1, bisect_left(starts, mark.end_ms))
        touched = lines[first:last]
        longest = max(touched, key=lambda line: _overlap(mark, line))
        for line in touched:
            if mark.part is not Part.CHAPTER:
                line.pieces.append(_piece(mark, line, labelled=line is longest or mark.part is Part.TURN))


def _overlap(mark: Mark, line: Line) -> int:
    return min(mark.end_ms, line.end_ms) - max(mark.start_ms, line.start_ms)


def _piece(mark: Mark, line: Line, *, labelled: bool) -> Bar:
    start_ms, end_ms = max(mark.start_ms, line.start_ms), min(mark.end_ms, line.end_ms)
    return Bar(mark.part, start_ms, end_ms, mark.labels if labelled else ())
