"""The picture, from the top down: title, legend, the whole session in one line, then each chapter."""

from itertools import groupby

from voicecoach.errors import plain
from voicecoach.events import Chapter, Timeline
from voicecoach.plot.marks import Mark, chapter_label
from voicecoach.plot.page import WIDTH_PT, Line, lines_of, overview
from voicecoach.plot.parts import GREY, PALE, Look, Part
from voicecoach.plot.sheet import Box, Sheet, shorten_words, width_of
from voicecoach.plot.words import dose_words, short_clock, summary, times_words

LEFT_PT = 72.0
RIGHT_PT = 26.0
PAGE_PT = LEFT_PT + WIDTH_PT + RIGHT_PT
"""The width of the whole page."""

_TITLE_PT, _HEADING_PT, _WORDS_PT, _SMALL_PT = 19.0, 11.0, 9.0, 7.0
_LANE_GAP_PT = 3.0


class Painter:
    """Draws a session on a sheet; `y` is where the next thing goes."""

    def __init__(self, timeline: Timeline, marks: list[Mark]) -> None:
        self.sheet = Sheet(PAGE_PT)
        self.y = 30.0
        self._timeline = timeline
        self._marks = marks
        self._lines = 0

    def paint(self, pacing: str) -> None:
        """Draw everything; `pacing` is the session's pacing in words."""
        title = shorten_words(plain(self._timeline.title), _TITLE_PT, WIDTH_PT, bold=True)
        self.sheet.text(LEFT_PT, self.y, title, _TITLE_PT, bold=True)
        for words in (summary(self._timeline), pacing):
            self.y += 18 if words is pacing else 24
            self.sheet.text(LEFT_PT, self.y, shorten_words(words, _WORDS_PT, WIDTH_PT), _WORDS_PT, ink=GREY)
        self.y += 24
        self._legend()
        self._line(overview(self._timeline, self._marks))
        self.y += 8
        blocks = lines_of(self._timeline, self._marks)
        for chapter, lines in zip(self._timeline.chapters, blocks, strict=True):
            self._heading(chapter)
            for line in lines:
                self._line(line)
        self.y += 8

    def _legend(self) -> None:
        """Draw a sample of each part that the picture has, in rows."""
        present = {mark.part for mark in self._marks}
        x = LEFT_PT
        for look in (part.value for part in Part if part in present and part.value.legend):
            wide = 24 + width_of(look.legend, 8) + 18
            if x + wide > LEFT_PT + WIDTH_PT:
                x, self.y = LEFT_PT, self.y + 17
            top, bottom = (self.y - 6 + 12 * share for share in (look.top, look.bottom))
            narrow = 4 if look.shape == "cross" else 0
            self.sheet.shapes(look, [(x + narrow, top, x + 18 - narrow, bottom)], f"legend-{look.name}")
            self.sheet.text(x + 24, self.y, look.legend, 8)
            x += wide
        self.y += 18

    def _heading(self, chapter: Chapter) -> None:
        """Draw the band over a chapter: its title, its dose, its times."""
        self.y += 9
        band = (8, self.y - 9, PAGE_PT - 8, self.y + 9)
        self.sheet.shapes(Part.CHAPTER.value, [band], f"band-{self._lines}")
        times = times_words(chapter)
        right = PAGE_PT - 16
        self.sheet.text(right, self.y, times, _WORDS_PT, align="right")
        room = right - width_of(times, _WORDS_PT) - 20 - 16
        title = shorten_words(chapter_label(self._timeline, chapter), _HEADING_PT, room, bold=True)
        self.sheet.text(16, self.y, title, _HEADING_PT, bold=True)
        begun = width_of(title, _HEADING_PT, bold=True) + 16
        dose = shorten_words(dose_words(self._timeline, chapter), _WORDS_PT, room - begun)
        self.sheet.text(16 + begun, self.y, dose, _WORDS_PT, ink=GREY)
        self.y += 15

    def _line(self, line: Line) -> None:
        """Draw a line: its lanes, their names, what stands in them, and the clock below."""
        top, tops = self.y, {}
        for lane in line.lanes:
            tops[lane] = self.y
            self.y += lane.high_pt + _LANE_GAP_PT
        self._clock(line, top)
        for lane, lane_top in tops.items():
            middle = lane_top + lane.high_pt / 2
            self.sheet.text(LEFT_PT - 8, middle, lane.words, _SMALL_PT, ink=GREY, align="right")
        pieces = sorted(line.pieces, key=lambda piece: _ORDER[piece.part])
        for part, group in groupby(pieces, key=lambda piece: piece.part):
            look, lane_top = part.value, tops[part.value.lane]
            boxes = [(piece, _box(piece, line, look, lane_top)) for piece in group]
            self.sheet.shapes(look, [box for _, box in boxes], f"{look.name}-{self._lines}")
            for piece, box in boxes:
                self._label(piece, box, look, lane_top)
        self._lines += 1
        self.y += 16

    def _clock(self, line: Line, top: float) -> None:
        """Draw the time below a line, and a pale rule up through it at each time that is written."""
        end = LEFT_PT + line.x(line.end_ms)
        for tick_ms in line.ticks():
            x = LEFT_PT + line.x(tick_ms)
            self.sheet.rule(x, top, x, self.y + 3, ink=PALE)
            name = f"time-{self._lines}-{tick_ms}"
            self.sheet.text(x, self.y + 7, short_clock(tick_ms), _SMALL_PT, ink=GREY, align="center", name=name)
        self.sheet.rule(LEFT_PT, self.y, end, self.y, ink=GREY, name=f"clock-{self._lines}")

    def _label(self, piece: Mark, box: Box, look: Look, lane_top: float) -> None:
        """Write the first label that fits into a box."""
        left, _, right, _ = box
        x, align = (left + 2, "left") if look.corner else ((left + right) / 2, "center")
        y = lane_top + look.lane.high_pt * look.text_at
        fits = (each for each in piece.labels if width_of(each, look.text_pt, bold=look.bold) <= right - left - 3)
        if label := next(fits, ""):
            self.sheet.text(x, y, label, look.text_pt, ink=look.ink, bold=look.bold, align=align,
                            clear=bool(look.hatch))  # fmt: skip


_ORDER = {part: place for place, part in enumerate(Part)}


def _box(piece: Mark, line: Line, look: Look, lane_top: float) -> Box:
    """Return where a piece stands on the page; what is very short is drawn wider, round its middle."""
    left, right = LEFT_PT + line.x(piece.start_ms), LEFT_PT + line.x(piece.end_ms)
    short = max(0.0, look.least_pt - (right - left)) / 2
    top, bottom = (lane_top + look.lane.high_pt * share for share in (look.top, look.bottom))
    return left - short, top, right + short, bottom
