"""What is told apart in the picture, and how each looks: never by colour alone.

The colours are those of Okabe and Ito (2008, "Color Universal Design"), which stay apart for people who
do not see red or green, and lighter shades of them.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

INK, GREY, PALE = "#222222", "#555555", "#d9d9d9"
"""Of words, of words beside the matter, and of rules that are only to be guessed at."""


class Lane(Enum):
    """A strip of a line, from the top down: what is written beside it, and its height in points."""

    EXERCISES = "exercises", 15.0
    SETS = "sets, sides", 12.0
    MOVEMENT = "movement", 26.0
    BREATH = "breath", 15.0
    VOICE = "voice", 11.0

    def __init__(self, words: str, high_pt: float) -> None:
        self.words, self.high_pt = words, high_pt


@dataclass(frozen=True, slots=True)
class Look:
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
