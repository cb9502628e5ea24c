"""What is told apart in the picture, and how each looks: never by colour alone.

The colours are those of Okabe and Ito (2008, "Color Universal Design"), which stay apart for people who
do not see red or green, and lighter shades of them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A sort of mark; the value is what its elements in an SVG are named after."""

    CHAPTER = "chapter"
    TURN = "turn"
    READY = "ready"
    REST = "rest"
    SWITCH = "switch"
    REP = "rep"
    HOLD = "hold"
    IN = "breath-in"
    OUT = "breath-out"
    FULL = "breath-full"
    EMPTY = "breath-empty"
    SPEECH = "speech"
    PROMPT = "prompt"
    COUNT = "count"
    TONE = "tone"
    LONGER = "longer"
    DROPPED = "dropped"


class Lane(StrEnum):
    """A strip of a line; the value is written beside it."""

    EXERCISES = "exercises"
    SETS = "sets, sides"
    MOVEMENT = "movement"
    BREATH = "breath"
    VOICE = "voice"


class Shape(StrEnum):
    """How a mark is drawn over its stretch of time."""

    BOX = "box"
    RISE = "rise"
    FALL = "fall"
    DOT = "dot"
    CROSS = "cross"


LANES = {Lane.EXERCISES: 15.0, Lane.SETS: 12.0, Lane.MOVEMENT: 26.0, Lane.BREATH: 15.0, Lane.VOICE: 11.0}
"""The lanes from the top down, and their heights in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a part is drawn: in which lane, from where to where in it (0 its top, 1 its bottom), and how.

    `text_pt` 0 writes no label, and `text_at` is how far down in the lane one stands. `legend` "" stands in
    no legend; `least_pt` is how wide it is at least.
    """

    lane: Lane
    top: float = 0.0
    bottom: float = 1.0
    face: str = "none"
    edge: str = "none"
    hatch: str = ""
    shape: Shape = Shape.BOX
    text_pt: float = 0.0
    text_at: float = 0.5
    ink: str = "#222222"
    bold: bool = False
    corner: bool = False
    least_pt: float = 0.0
    legend: str = ""


_GREY, _BLACK = "#7a8794", "#000000"

LOOKS = {
    Part.CHAPTER: Look(lane=Lane.EXERCISES, face="#eef1f4", edge=_GREY, text_pt=7.5),
    Part.TURN: Look(lane=Lane.SETS, face="#dbe2e8", edge=_GREY, text_pt=7.5,
                    legend="set, or one side of it"),
    Part.READY: Look(lane=Lane.MOVEMENT, face="#f4f4f2", edge="#b5b5ae", text_pt=7.5, text_at=0.3,
                     ink="#555555", legend="listen, get into position"),
    Part.REST: Look(lane=Lane.MOVEMENT, face="#ffffff", edge="#4fae91", hatch="////", text_pt=7.5,
                    text_at=0.3, legend="rest"),
    Part.SWITCH: Look(lane=Lane.MOVEMENT, face="#ffffff", edge="#cc79a7", hatch="xxxx", text_pt=7.5,
                      text_at=0.3, legend="\u21c4 change of sides"),
    Part.REP: Look(lane=Lane.MOVEMENT, face="#dcedf8", edge="#5b9dc6", text_pt=7, text_at=0.23,
                   corner=True, legend="repetition, by number (L, R: its side)"),
    Part.HOLD: Look(lane=Lane.MOVEMENT, top=0.44, face="#0072b2", edge="#004f7c", text_pt=7.5, text_at=0.72,
                    ink="#ffffff", bold=True, legend="hold or timed work, with its length"),
    Part.IN: Look(lane=Lane.BREATH, face="#56b4e9", edge="#0072b2", shape=Shape.RISE,
                  legend="breathe in"),
    Part.OUT: Look(lane=Lane.BREATH, face="#fbe3b0", edge="#c98500", shape=Shape.FALL,
                   legend="breathe out"),
    Part.FULL: Look(lane=Lane.BREATH, bottom=0.2, face="#0072b2", legend="pause after breathing in"),
    Part.EMPTY: Look(lane=Lane.BREATH, top=0.8, face="#c98500", legend="pause after breathing out"),
    Part.SPEECH: Look(lane=Lane.VOICE, face="#6b6b6b", least_pt=0.5, legend="the coach speaks"),
    Part.PROMPT: Look(lane=Lane.VOICE, top=0.6, face="#a8a8a8", least_pt=0.5, legend="breath is prompted"),
    Part.COUNT: Look(lane=Lane.VOICE, bottom=0.62, face=_BLACK, least_pt=0.5, legend="number or landmark"),
    Part.TONE: Look(lane=Lane.VOICE, face="#ffffff", edge=_BLACK, shape=Shape.DOT, least_pt=4,
                    legend="tone"),
    Part.LONGER: Look(lane=Lane.MOVEMENT, top=0.6, face="#fdebdd", edge="#d55e00", least_pt=1.5, text_pt=7,
                      text_at=0.8, ink="#9c4400", legend="made longer, so that no word is cut"),
    Part.DROPPED: Look(lane=Lane.VOICE, edge="#d55e00", shape=Shape.CROSS, least_pt=6,
                       legend="cue dropped for lack of room"),
}  # fmt: skip
"""Each part and its look. A label stands in the middle, or at its left end where `corner` is set."""
