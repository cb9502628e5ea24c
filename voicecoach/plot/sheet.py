"""A sheet of paper measured in points from its upper left corner, drawn on by Matplotlib."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from voicecoach.plot.parts import Look, Shape

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

POINTS_AN_INCH = 72

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a shape, in points."""

_SETTINGS = {
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
        matplotlib = _matplotlib()
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_SETTINGS)
            yield


class Sheet:
    """A sheet of a width in points that grows downwards; use it inside `drawing`."""

    def __init__(self, width_pt: float) -> None:
        from matplotlib.figure import Figure

        self._width_pt = width_pt
        self._figure = Figure(facecolor="white")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def shapes(self, look: Look, boxes: list[Box], name: str) -> None:
        """Draw shapes of one look as one element called `name`."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        outline = Outline.make_compound_path(*(_OUTLINES[look.shape](box) for box in boxes))
        style = {"facecolor": look.face, "edgecolor": look.edge, "hatch": look.hatch or None}
        patch = PathPatch(outline, linewidth=1.2 if look.shape is Shape.CROSS else 0.6, gid=name, **style)
        self._axes.add_artist(patch)

    def rule(self, left: float, top: float, right: float, bottom: float, *, ink: str, name: str = "") -> None:
        """Draw a thin straight line."""
        from matplotlib.lines import Line2D

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
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

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


@cache
def _matplotlib() -> Any:  # noqa: ANN401 - the module, which is loaded only to draw
    # A first run tells of the list of fonts that it makes, and of a home where it cannot be kept.
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    # The backend that somebody chose is for windows; an unknown one would end the import.
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        import matplotlib as mpl
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
    return mpl


def _box(box: Box) -> "Outline":
    left, top, right, bottom = box
    return _closed([(left, top), (right, top), (right, bottom), (left, bottom)])


def _rise(box: Box) -> "Outline":
    left, top, right, bottom = box
    return _eased((left, bottom), (right, top), bottom)


def _fall(box: Box) -> "Outline":
    left, top, right, bottom = box
    return _eased((left, top), (right, bottom), bottom)


def _dot(box: Box) -> "Outline":
    left, top, right, bottom = box
    middle, centre = (left + right) / 2, (top + bottom) / 2
    return _closed([(middle, centre - 2), (middle + 2, centre), (middle, centre + 2), (middle - 2, centre)])


def _cross(box: Box) -> "Outline":
    from matplotlib.path import Path as Outline

    left, top, right, bottom = box
    ends = [(left, top), (right, bottom), (left, bottom), (right, top)]
    return Outline(ends, [Outline.MOVETO, Outline.LINETO] * 2)


def _closed(corners: list[tuple[float, float]]) -> "Outline":
    from matplotlib.path import Path as Outline

    return Outline([*corners, corners[0]], closed=True)


def _eased(start: tuple[float, float], end: tuple[float, float], floor: float) -> "Outline":
    """Return the area under a curve that leaves `start` slowly and reaches `end` slowly."""
    from matplotlib.path import Path as Outline

    middle = (start[0] + end[0]) / 2
    points = [start, (middle, start[1]), (middle, end[1]), end, (end[0], floor), (start[0], floor), start]
    curve = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, Outline.LINETO, Outline.CLOSEPOLY]
    return Outline(points, curve)


_OUTLINES = {Shape.BOX: _box, Shape.RISE: _rise, Shape.FALL: _fall, Shape.DOT: _dot, Shape.CROSS: _cross}
