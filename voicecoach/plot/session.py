"""A session's timeline drawn to a file, as SVG or PNG."""

import math

from voicecoach.errors import VoicecoachError, plain
from voicecoach.events import Timeline
from voicecoach.model import Pacing
from voicecoach.plot.marks import marks_of
from voicecoach.plot.paint import PAGE_PT, Painter
from voicecoach.plot.sheet import DOTS_AN_INCH, POINTS_AN_INCH, picture
from voicecoach.plot.words import pacing_words

FEWEST_DOTS = 72
"""With fewer dots an inch the smallest words of the picture cannot be read."""

MOST_DOTS = 60_000_000
MOST_DOTS_HIGH = 65_000
"""Larger PNG files are more than many a viewer opens."""


def draw_session(timeline: Timeline, pacing: Pacing, voice: str, rate_wpm: int, path: str) -> None:
    """Draw a timeline to `path`, as SVG or PNG by its extension; positions are proportional to time.

    The same timeline gives the same file, byte for byte. Raises UsageError and FileError; then nothing is
    left behind, and an older file is as it was.
    """
    with picture(path) as (beside, kind):
        painter = Painter(timeline, marks_of(timeline, pacing))
        painter.paint(pacing_words(pacing, voice, rate_wpm))
        dots = _dots_an_inch(path, painter.y) if kind == "png" else 0
        painter.sheet.save(beside, kind, painter.y, dots, plain(timeline.title))


def _dots_an_inch(path: str, height_pt: float) -> float:
    """Return how fine a PNG can be; raises VoicecoachError where its words could not be read."""
    area = PAGE_PT * height_pt / POINTS_AN_INCH**2
    dots = min(DOTS_AN_INCH, math.sqrt(MOST_DOTS / area), MOST_DOTS_HIGH * POINTS_AN_INCH / height_pt)
    if dots < FEWEST_DOTS:
        raise VoicecoachError(f"{path}: the session is too long for a PNG", "end the name in .svg")
    return dots
