"""A sheet of paper measured in points from its upper left corner, drawn on by Matplotlib."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from voicecoach.plot.drawing_library import (
    Figure,
    FontProperties,
    Line2D,
    Outline,
    PathPatch,
    mpl,
    text_to_path,
)
from voicecoach.plot.parts import Look, Shape

POINTS_AN_INCH = 72

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a shape, in points."""

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # words stay words: they can be searched, copied and read aloud
    "svg.hashsalt": "voicecoach",
    "font.family": ["DejaVu Sans", "sans-serif"],  # comes with Matplotlib
    "hatch.linewidth": 0.5,
    "path.simplify": False,  # what is drawn stands where it belongs, to the last digit
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with settings of our own, whatever the person's are, and without a word on standard error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that the font does not have
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_SETTINGS)
            yield


class Sheet:
    """A sheet of a width in points that grows downwards; use it inside `drawing`."""

    def __init__(self, width_pt: float) -> None:
        self._width_pt = width_pt
        self._figure = Figure(facecolor="white")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def shapes(self, look: Look, boxes: list[Box], name: str) -> None:
        """Draw shapes of one look as one element called `name`."""
        outline = Outline.make_compound_path(*(_OUTLINES[look.shape](box) for box in boxes))
        style = {"facecolor": look.face, "edgecolor": look.edge, "hatch": look.hatch or None}
        patch = PathPatch(outline, linewidth=1.2 if look.shape is Shape.CROSS else 0.6, gid=name, **style)
        self._axes.add_artist(patch)

    def rule(self, left: float, top: float, right: float, bottom: float, *, ink: str, name: str = "") -> None:
        """Draw a thin straight line."""
        line = Line2D([left, right], [top, bottom], color=ink, linewidth=0.6, zorder=0.5, gid=name or None)
        self._axes.add_artist(line)

    def text(  # noqa: PLR0913 - where, what and how
        self, x: float, y: float, words: str, size_pt: float,
        *, ink: str = "#222222", bold: bool = False, align: str = "left", clear: bool = False, name: str = "",
    ) -> None:  # fmt: skip
        """Write words whose middle is at the height `y`; `align` says which end of them is at `x`.

        `clear` wipes out what is drawn behind them.
        """
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if clear else None
        self._axes.text(x, y, words, size=size_pt, color=ink, weight="bold" if bold else "normal",
                        horizontalalignment=align, verticalalignment="center_baseline", parse_math=False,
                        bbox=behind, gid=name or None)  # fmt: skip

    def save(self, path: str, kind: str, height_pt: float, dots_an_inch: float, title: str) -> None:
        """Write the sheet, `height_pt` high, as `svg` or `png`; the same sheet gives the same bytes."""
        self._axes.set_xlim(0, self._width_pt)
        self._axes.set_ylim(height_pt, 0)
        self._figure.set_size_inches(self._width_pt / POINTS_AN_INCH, height_pt / POINTS_AN_INCH)
        unsaid = {"svg": ("Date", "Creator"), "png": ("Software",)}[kind]
        told = {"Title": title, **dict.fromkeys(unsaid)}
        self._figure.savefig(path, format=kind, dpi=dots_an_inch, metadata=told)


@cache
def width_of(words: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide words are, in points."""
    font = FontProperties(size=size_pt, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def shorten_words(words: str, size_pt: float, most_pt: float, *, bold: bool = False) -> str:
    """Return words, with their end left out where they are wider than `most_pt`."""
    if width_of(words, size_pt, bold=bold) <= most_pt:
        return words
    kept = words
    while kept and width_of(f"{kept}\u2026", size_pt, bold=bold) > most_pt:
        kept = kept[: min(len(kept) - 1, int(len(kept) * 0.95))]
    return f"{kept.rstrip(' ,(')}\u2026"


def _box(box: Box) -> Outline:
    left, top, right, bottom = box
    return _closed([(left, top), (right, top), (right, bottom), (left, bottom)])


def _rise(box: Box) -> Outline:
    left, top, right, bottom = box
    return _eased((left, bottom), (right, top), bottom)


def _fall(box: Box) -> Outline:
    left, top, right, bottom = box
    return _eased((left, top), (right, bottom), bottom)


def _dot(box: Box) -> Outline:
    left, top, right, bottom = box
    middle, centre = (left + right) / 2, (top + bottom) / 2
    return _closed([(middle, centre - 2), (middle + 2, centre), (middle, centre + 2), (middle - 2, centre)])


def _cross(box: Box) -> Outline:
    left, top, right, bottom = box
    ends = [(left, top), (right, bottom), (left, bottom), (right, top)]
    return Outline(ends, [Outline.MOVETO, Outline.LINETO] * 2)


def _closed(corners: list[tuple[float, float]]) -> Outline:
    return Outline([*corners, corners[0]], closed=True)


def _eased(start: tuple[float, float], end: tuple[float, float], floor: float) -> Outline:
    """Return the area under a curve that leaves `start` slowly and reaches `end` slowly."""
    middle = (start[0] + end[0]) / 2
    points = [start, (middle, start[1]), (middle, end[1]), end, (end[0], floor), (start[0], floor), start]
    curve = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, Outline.LINETO, Outline.CLOSEPOLY]
    return Outline(points, curve)


_OUTLINES = {Shape.BOX: _box, Shape.RISE: _rise, Shape.FALL: _fall, Shape.DOT: _dot, Shape.CROSS: _cross}
