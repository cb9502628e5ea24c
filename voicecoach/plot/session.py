"""A session drawn to a file, from the top down: title, legend, all of it in one line, then each chapter."""

import math
from dataclasses import replace
from itertools import groupby

from voicecoach.errors import VoicecoachError, plain
from voicecoach.events import Chapter, Timeline
from voicecoach.knobs import knob_words
from voicecoach.model import Pacing
from voicecoach.plot.marks import Turn, alternates, chapter_label, chapter_turns, counted, marks_of, round_to_second
from voicecoach.plot.page import GREY, PALE, WIDTH_PT, Line, Look, Mark, Part, lines_of, overview
from voicecoach.plot.sheet import DOTS_AN_INCH, POINTS_AN_INCH, Box, Sheet, picture, shorten_words, width_of
from voicecoach.units import clock

# With fewer dots an inch the smallest words of the picture cannot be read.
_FEWEST_DOTS = 72
# Larger PNG files are more than many a viewer opens.
_MOST_DOTS, _MOST_DOTS_HIGH = 60_000_000, 65_000
LEFT_PT = 72.0
PAGE_PT = LEFT_PT + WIDTH_PT + 26.0
"""The width of the whole page."""
_TITLE_PT, _HEADING_PT, _WORDS_PT, _SMALL_PT = 19.0, 11.0, 9.0, 7.0
_LANE_GAP_PT = 3.0
_ORDER = {part: place for place, part in enumerate(Part)}


def draw_session(timeline: Timeline, pacing: Pacing, voice: str, rate_wpm: int, path: str) -> None:
    """Draw a timeline to `path`, as SVG or PNG by its extension; positions are proportional to time.

    The same timeline gives the same file, byte for byte. Raises UsageError and FileError; then nothing is
    left behind, and an older file is as it was.
    """
    with picture(path) as save:
        sheet, marks = Sheet(PAGE_PT), marks_of(timeline, pacing)
        title = shorten_words(plain(timeline.title), _TITLE_PT, WIDTH_PT, bold=True)
        sheet.text(LEFT_PT, 30, title, _TITLE_PT, bold=True)
        for middle, words in ((54, _summary(timeline)), (72, pacing_words(pacing, voice, rate_wpm))):
            sheet.text(LEFT_PT, middle, shorten_words(words, _WORDS_PT, WIDTH_PT), _WORDS_PT, ink=GREY)
        y = _legend(sheet, {mark.part for mark in marks}, 96)
        y = _line(sheet, overview(timeline, marks), 0, y) + 8
        number = 1
        for chapter, lines in zip(timeline.chapters, lines_of(timeline, marks), strict=True):
            y = _heading(sheet, timeline, chapter, f"band-{number}", y)
            for line in lines:
                y = _line(sheet, line, number, y)
                number += 1
        high_pt = y + 8
        save(sheet.cut(high_pt), plain(timeline.title), _dots_an_inch(path, high_pt))


def _dots_an_inch(path: str, height_pt: float) -> float:
    """Return how fine a picture can be; raises VoicecoachError for a PNG whose words could not be read."""
    area = PAGE_PT * height_pt / POINTS_AN_INCH**2
    dots = min(DOTS_AN_INCH, math.sqrt(_MOST_DOTS / area), _MOST_DOTS_HIGH * POINTS_AN_INCH / height_pt)
    if dots < _FEWEST_DOTS and path.lower().endswith(".png"):
        raise VoicecoachError(f"{path}: the session is too long for a PNG", "end the name in .svg")
    return dots


# Each of these draws from `y` downwards, and returns where the next thing goes.


def _legend(sheet: Sheet, present: set[Part], y: float) -> float:
    """Draw a sample of each part that the picture has, in rows."""
    x = LEFT_PT
    for look in (part.value for part in Part if part in present and part.value.legend):
        wide = 24 + width_of(look.legend, 8) + 18
        if x + wide > LEFT_PT + WIDTH_PT:
            x, y = LEFT_PT, y + 17
        narrow = 4 if look.shape == "cross" else 0
        sample = (x + narrow, y - 6 + 12 * look.top, x + 18 - narrow, y - 6 + 12 * look.bottom)
        sheet.shapes(look, [sample], f"legend-{look.name}")
        sheet.text(x + 24, y, look.legend, 8)
        x += wide
    return y + 18


def _heading(sheet: Sheet, timeline: Timeline, chapter: Chapter, name: str, y: float) -> float:
    """Draw the band over a chapter: its title, its dose, its times."""
    sheet.shapes(Part.CHAPTER.value, [(8, y, PAGE_PT - 8, y + 18)], name)
    middle, right = y + 9, PAGE_PT - 16
    ends = (chapter.start_ms, chapter.end_ms, chapter.end_ms - chapter.start_ms)
    times = "{} to {}, {} long".format(*map(_short_clock, ends))
    turns = chapter_turns(timeline, chapter)
    sheet.text(right, middle, times, _WORDS_PT, align="right")
    room = right - width_of(times, _WORDS_PT) - 20 - 16
    title = shorten_words(chapter_label(chapter, turns), _HEADING_PT, room, bold=True)
    sheet.text(16, middle, title, _HEADING_PT, bold=True)
    begun = width_of(title, _HEADING_PT, bold=True) + 16
    dose = shorten_words(_dose_words(timeline, turns), _WORDS_PT, room - begun)
    sheet.text(16 + begun, middle, dose, _WORDS_PT, ink=GREY)
    return y + 24


def _line(sheet: Sheet, line: Line, number: int, y: float) -> float:
    """Draw a line: its lanes, their names, what stands in them, and the clock below."""
    tops, low = {}, y
    for lane in line.lanes:
        tops[lane] = low
        low += lane.high_pt + _LANE_GAP_PT
    for tick_ms in line.ticks():
        x = LEFT_PT + line.x(tick_ms)
        sheet.rule(x, y, x, low + 3, ink=PALE)
        name = f"time-{number}-{tick_ms}"
        sheet.text(x, low + 7, _short_clock(tick_ms), _SMALL_PT, ink=GREY, align="center", name=name)
    sheet.rule(LEFT_PT, low, LEFT_PT + line.x(line.end_ms), low, ink=GREY, name=f"clock-{number}")
    for lane, top in tops.items():
        sheet.text(LEFT_PT - 8, top + lane.high_pt / 2, lane.words, _SMALL_PT, ink=GREY, align="right")
    pieces = sorted(line.pieces, key=lambda piece: _ORDER[piece.part])
    for part, group in groupby(pieces, key=lambda piece: piece.part):
        look, top = part.value, tops[part.value.lane]
        boxes = [(piece, _box(piece, line, look, top)) for piece in group]
        sheet.shapes(look, [box for _, box in boxes], f"{look.name}-{number}")
        for piece, box in boxes:
            _label(sheet, piece, box, look, top)
    return low + 16


def _label(sheet: Sheet, piece: Mark, box: Box, look: Look, lane_top: float) -> None:
    """Write the first label that fits into a box."""
    left, _, right, _ = box
    x, align = (left + 2, "left") if look.corner else ((left + right) / 2, "center")
    y = lane_top + look.lane.high_pt * look.text_at
    fits = (each for each in piece.labels if width_of(each, look.text_pt, bold=look.bold) <= right - left - 3)
    if label := next(fits, ""):
        sheet.text(x, y, label, look.text_pt, ink=look.ink, bold=look.bold, align=align, clear=bool(look.hatch))


def _box(piece: Mark, line: Line, look: Look, lane_top: float) -> Box:
    """Return where a piece stands on the page; what is very short is drawn wider, round its middle."""
    left, right = LEFT_PT + line.x(piece.start_ms), LEFT_PT + line.x(piece.end_ms)
    short = max(0.0, look.least_pt - (right - left)) / 2
    top, bottom = (lane_top + look.lane.high_pt * share for share in (look.top, look.bottom))
    return left - short, top, right + short, bottom


def _summary(timeline: Timeline) -> str:
    """Return how long a session is, and of how much."""
    exercises = len({rep.where.index for rep in timeline.reps})
    held_ms = sum(hold.end_ms - hold.start_ms for hold in timeline.holds)
    reps = counted(len(timeline.reps), "repetition")
    parts = [f"{_short_clock(timeline.duration_ms)} long", counted(exercises, "exercise"), reps]
    if timeline.holds:
        parts.append(f"{counted(len(timeline.holds), 'hold')} of {_short_clock(held_ms)} together")
    return ", ".join(parts)


def pacing_words(pacing: Pacing, voice: str, rate_wpm: int) -> str:
    """Return the knobs of a session in words."""
    knobs = knob_words(replace(pacing, rate_wpm=None))
    return f"voice {plain(voice)}, {rate_wpm} words a minute; {', '.join(knobs)}"


def _dose_words(timeline: Timeline, turns: list[Turn]) -> str:
    """Return what is done in the turns of a chapter: sets, repetitions, hold, sides, and what of it was filled in."""
    if not turns:
        return ""
    first = turns[0][0].where
    sides = list(dict.fromkeys(turn[0].where.side.value for turn in turns if turn[0].where.side))
    held = {hold.prescribed_ms for hold in timeline.holds if hold.where.index == first.index}
    sets = max(turn[0].where.set or 1 for turn in turns)
    parts = [
        counted(sets, "set") if sets > 1 else "",
        counted(len(turns[0]), "repetition"),
        "left and right in turn" if alternates(turns[0]) else ", then ".join(f"{side} side" for side in sides),
        f"hold {' or '.join(map(round_to_second, sorted(held)))}" if held else "",
    ]
    filled = [f"{each.field} {each.value}" for each in timeline.filled if each.exercise == first.exercise]
    stated = ", ".join(filter(None, parts))
    return f"{stated} (filled in: {', '.join(sorted(set(filled)))})" if filled else stated


def _short_clock(ms: int) -> str:
    """Return a position in whole seconds, `m:ss` or `h:mm:ss`."""
    return clock((ms + 500) // 1000 * 1000)[:-2]
