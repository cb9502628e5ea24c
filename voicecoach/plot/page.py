"""The session on a page: a block for each chapter, in lines of a few minutes, all at one scale.

What is told apart in it never looks apart by colour alone. The colours are those of Okabe and Ito (2008,
"Color Universal Design"), which stay apart for people who do not see red or green, and lighter shades of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import Literal, NamedTuple

from voicecoach.events import Timeline
from voicecoach.units import MINUTE_MS

INK, GREY, PALE = "#222222", "#555555", "#d9d9d9"
"""Of words, of words beside the matter, and of rules that are only to be guessed at."""
WIDTH_PT = 1000.0
"""How wide the longest line is."""
MOST_EXTRA_LINES = 24

# How many minutes a line may be long: the first length is taken that needs few enough lines.
_LINE_MINUTES = (4, 6, 10, 15, 30, 60, 120, 360, 1440)
# Beside the first of each chapter, one line more is few enough, and another for each ten minutes.
_EXTRA_LINE_MS = 600_000
# Seconds between two times written at a line, and how many of these a line has.
_STEPS_S = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400, 604_800)
_MOST_STEPS = 12
_EARLIEST_BREAK = 0.5


class Lane(Enum):
    """A strip of a line, from the top down: what is written beside it, and its height in points."""

    EXERCISES = "exercises", 15.0
    SETS = "sets, sides", 12.0
    MOVEMENT = "movement", 26.0
    BREATH = "breath", 15.0
    VOICE = "voice", 11.0

    def __init__(self, words: str, high_pt: float) -> None:
        self.words, self.high_pt = words, high_pt


class Look(NamedTuple):
    """How a part is drawn: in which lane, from where to where in it (0 its top, 1 its bottom), and how.

    `name` begins the ids of its elements in an SVG. `text_at` is how far down in the lane a label stands, in
    the middle or at the left end (`corner`). `least_pt` is how wide it is at least.
    """

    name: str
    lane: Lane
    legend: str = ""
    face: str = "none"
    edge: str = "none"
    hatch: str = ""
    shape: Literal["box", "rise", "fall", "dot", "cross"] = "box"
    top: float = 0.0
    bottom: float = 1.0
    least_pt: float = 0.0
    text_pt: float = 7.5
    text_at: float = 0.5
    ink: str = INK
    bold: bool = False
    corner: bool = False


_EDGE, _BLACK = "#7a8794", "#000000"
_ORANGE = "#d55e00"  # what did not go as planned, and nothing else


class Part(Enum):
    """A sort of mark and its look, in the order of drawing: what may lie over something comes after it."""

    # fmt: off
    CHAPTER = Look("chapter", Lane.EXERCISES, face="#eef1f4", edge=_EDGE)
    TURN = Look("turn", Lane.SETS, "set, or one side of it", face="#dbe2e8", edge=_EDGE)
    # What is said of a pause, and of a repetition, stands above the middle: a hold covers the lower half.
    READY = Look("ready", Lane.MOVEMENT, "listen, get into position", "#f4f4f2", "#b5b5ae",
                 text_at=0.3, ink=GREY)
    REST = Look("rest", Lane.MOVEMENT, "rest", "#ffffff", "#4fae91", hatch="////", text_at=0.3)
    SWITCH = Look("switch", Lane.MOVEMENT, "\u21c4 change of sides", "#ffffff", "#cc79a7", hatch="xxxx",
                  text_at=0.3)
    REP = Look("rep", Lane.MOVEMENT, "repetition, by number (L, R: its side)", "#dcedf8", "#5b9dc6",
               text_pt=7, text_at=0.23, corner=True)
    HOLD = Look("hold", Lane.MOVEMENT, "hold or timed work, with its length", "#0072b2", "#004f7c", top=0.44,
                text_at=0.72, ink="#ffffff", bold=True)
    IN = Look("breath-in", Lane.BREATH, "breathe in", "#56b4e9", "#0072b2", shape="rise")
    OUT = Look("breath-out", Lane.BREATH, "breathe out", "#fbe3b0", "#c98500", shape="fall")
    FULL = Look("breath-full", Lane.BREATH, "pause after breathing in", "#0072b2", bottom=0.2)
    EMPTY = Look("breath-empty", Lane.BREATH, "pause after breathing out", "#c98500", top=0.8)
    # A short word would be thinner than a hair: half a point is seen.
    SPEECH = Look("speech", Lane.VOICE, "the coach speaks", "#6b6b6b", least_pt=0.5)
    PROMPT = Look("prompt", Lane.VOICE, "breath is prompted", "#a8a8a8", top=0.6, least_pt=0.5)
    COUNT = Look("count", Lane.VOICE, "number or landmark", _BLACK, bottom=0.62, least_pt=0.5)
    TONE = Look("tone", Lane.VOICE, "tone", "#ffffff", _BLACK, shape="dot", least_pt=4)
    LONGER = Look("longer", Lane.MOVEMENT, "made longer, so that no word is cut", "#fdebdd", _ORANGE, top=0.6,
                  least_pt=1.5, text_pt=7, text_at=0.8, ink="#9c4400")
    DROPPED = Look("dropped", Lane.VOICE, "cue dropped for lack of room", edge=_ORANGE, shape="cross",
                   least_pt=6)
    # fmt: on


class Mark(NamedTuple):
    """A stretch of the session to be drawn; the first of its `labels` that fits into it is written."""

    part: Part
    start_ms: int
    end_ms: int
    labels: tuple[str, ...] = ()


class Line(NamedTuple):
    """A stretch of the session from left to right; `scale_ms` milliseconds are `WIDTH_PT` wide.

    `pieces` are the parts of marks that stand in it.
    """

    start_ms: int
    end_ms: int
    scale_ms: int
    pieces: list[Mark]

    def x(self, ms: int) -> float:
        """Return how far from the left end a moment stands, in points."""
        return (ms - self.start_ms) * WIDTH_PT / self.scale_ms

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes that something stands in, from the top down."""
        used = {piece.part.value.lane for piece in self.pieces}
        return tuple(lane for lane in Lane if lane in used)

    def ticks(self) -> Iterator[int]:
        """Yield the moments whose time is written below the line: round ones of the session's clock.

        A line too short to have one has its start.
        """
        fits = [step * 1000 for step in _STEPS_S if self.scale_ms <= step * 1000 * _MOST_STEPS]
        step_ms = fits[0] if fits else self.scale_ms
        round_ones = range(-(-self.start_ms // step_ms) * step_ms, self.end_ms + 1, step_ms)
        yield from round_ones or (self.start_ms,)


def overview(timeline: Timeline, marks: list[Mark]) -> Line:
    """Return the whole session in one line: its chapters alone."""
    chapters = [mark for mark in marks if mark.part is Part.CHAPTER]
    return Line(0, timeline.duration_ms, max(1, timeline.duration_ms), chapters)


def lines_of(timeline: Timeline, marks: list[Mark]) -> list[list[Line]]:
    """Return the lines of each chapter, with what stands in them.

    A line breaks where a rest, a switch or a repetition begins, and nowhere else unless nothing begins
    in its second half.
    """
    scale_ms = _line_ms(timeline)
    pauses = sorted(mark.start_ms for mark in marks if mark.part in {Part.REST, Part.SWITCH})
    begins = sorted(mark.start_ms for mark in marks if mark.part is Part.REP)
    blocks = []
    for chapter in timeline.chapters:
        cuts = [chapter.start_ms]
        while chapter.end_ms - cuts[-1] > scale_ms:
            cuts.append(_break_ms(cuts[-1], scale_ms, (pauses, begins)))
        blocks.append([Line(*span, scale_ms, []) for span in pairwise([*cuts, chapter.end_ms])])
    _fill([line for block in blocks for line in block], marks)
    return blocks


def _line_ms(timeline: Timeline) -> int:
    """Return how long a full line is."""
    lengths = [chapter.end_ms - chapter.start_ms for chapter in timeline.chapters]
    few = min(1 + timeline.duration_ms // _EXTRA_LINE_MS, MOST_EXTRA_LINES)
    for full_ms in (minutes * MINUTE_MS for minutes in _LINE_MINUTES):
        if sum((length - 1) // full_ms for length in lengths) <= few:
            return full_ms
    return -(-timeline.duration_ms // MOST_EXTRA_LINES)


def _break_ms(start_ms: int, most_ms: int, breaks: tuple[list[int], ...]) -> int:
    """Return where the line from `start_ms` ends: at the latest of the first `breaks` that leaves it long."""
    for moments in breaks:
        place = bisect_right(moments, start_ms + most_ms)
        if place and moments[place - 1] >= start_ms + most_ms * _EARLIEST_BREAK:
            return moments[place - 1]
    return start_ms + most_ms


def _fill(lines: list[Line], marks: list[Mark]) -> None:
    """Cut marks into the pieces of lines; the longest piece of a mark has its labels, and each piece of a turn."""
    starts = [line.start_ms for line in lines]
    for mark in (mark for mark in marks if mark.part is not Part.CHAPTER):
        first = max(0, bisect_right(starts, mark.start_ms) - 1)
        touched = lines[first : max(first + 1, bisect_left(starts, mark.end_ms))]
        spans = [(max(mark.start_ms, each.start_ms), min(mark.end_ms, each.end_ms)) for each in touched]
        longest = max(spans, key=lambda span: span[1] - span[0])
        for line, span in zip(touched, spans, strict=True):
            labels = mark.labels if span is longest or mark.part is Part.TURN else ()
            line.pieces.append(Mark(mark.part, *span, labels))
