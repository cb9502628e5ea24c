"""A sheet of paper measured in points from its upper left corner, drawn on by Matplotlib.

Whoever draws takes its parts from here: they are loaded without a word on standard error, and without the backend of
somebody's windows.
"""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from voicecoach.files.replacement import replacing
from voicecoach.plot import check_picture_target
from voicecoach.plot.page import INK, Look

# A first run tells of the list of fonts that it makes, and of a home where it cannot be kept.
logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
# The backend that somebody chose is for windows; an unknown one would end the import.
_backend = os.environ.pop("MPLBACKEND", None)
try:
    import matplotlib as mpl
    from matplotlib import dates
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.lines import Line2D
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline
    from matplotlib.textpath import text_to_path
finally:
    if _backend is not None:
        os.environ["MPLBACKEND"] = _backend

__all__ = ["Axes", "Figure", "dates"]  # beside what is made here

POINTS_AN_INCH = 72
DOTS_AN_INCH = 120
"""How fine a PNG is where it need not be coarser."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a shape, in points."""

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # words stay words: they can be searched, copied and read aloud
    "svg.hashsalt": "voicecoach",
    "font.family": ["DejaVu Sans", "sans-serif"],  # comes with Matplotlib
    "hatch.linewidth": 0.5,
    "path.simplify": False,  # what is drawn stands where it belongs, to the last digit
}
# What Matplotlib would tell in a file besides its title: the same picture would not be the same bytes.
_CHANGING = {"svg": ("Date", "Creator"), "png": ("Software",)}
_CLOSED = [Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY]
# The breath leaves one end slowly and reaches the other slowly, and the area under it is filled.
_EASED = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, Outline.LINETO, Outline.CLOSEPOLY]
# Shapes in a box from (0, 0) to (1, 1).
_OUTLINES: dict[str, tuple[list[tuple[float, float]], list[Any]]] = {
    "box": ([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], _CLOSED),
    "dot": ([(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5), (0.5, 0)], _CLOSED),
    "cross": ([(0, 0), (1, 1), (0, 1), (1, 0)], [Outline.MOVETO, Outline.LINETO] * 2),
    "rise": ([(0, 1), (0.5, 1), (0.5, 0), (1, 0), (1, 1), (0, 1), (0, 1)], _EASED),
    "fall": ([(0, 0), (0.5, 0), (0.5, 1), (1, 1), (1, 1), (0, 1), (0, 0)], _EASED),
}
_DOT_PT = 4.0


@contextmanager
def picture(path: str) -> Iterator[Callable[[Figure, str, float], None]]:
    """Draw inside this: yields what writes a figure by its title, in dots an inch; the same one gives the same bytes.

    The settings are our own, whatever the person's are, and nothing is told on standard error. Raises
    UsageError and FileError; then nothing is left behind, and an older file is as it was.
    """
    check_picture_target(path)
    kind = Path(path).suffix.lower().removeprefix(".")

    def save(figure: Figure, title: str, dots_an_inch: float) -> None:
        # A length in an SVG is in points; elsewhere the picture would be larger and not finer.
        dots = POINTS_AN_INCH if kind == "svg" else dots_an_inch
        figure.savefig(beside, format=kind, dpi=dots, metadata={"Title": title, **dict.fromkeys(_CHANGING[kind])})

    with replacing(path) as beside, warnings.catch_warnings(), mpl.rc_context():
        warnings.simplefilter("ignore")  # of letters that the font does not have
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield save


class Sheet:
    """A sheet of a width in points that grows downwards; use it inside `picture`."""

    def __init__(self, width_pt: float) -> None:
        self._width_pt = width_pt
        self._figure = Figure(facecolor="white")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def shapes(self, look: Look, boxes: list[Box], name: str) -> None:
        """Draw shapes of one look as one element called `name`."""
        outline = Outline.make_compound_path(*(_outline(look.shape, box) for box in boxes))
        style = {"facecolor": look.face, "edgecolor": look.edge, "hatch": look.hatch or None}
        patch = PathPatch(outline, linewidth=1.2 if look.shape == "cross" else 0.6, gid=name, **style)
        self._axes.add_artist(patch)

    def rule(self, left: float, top: float, right: float, bottom: float, *, ink: str, name: str = "") -> None:
        """Draw a thin straight line."""
        line = Line2D([left, right], [top, bottom], color=ink, linewidth=0.6, zorder=0.5, gid=name or None)
        self._axes.add_artist(line)

    def text(  # noqa: PLR0913 - where, what and how
        self, x: float, y: float, words: str, size_pt: float,
        *, ink: str = INK, bold: bool = False, align: str = "left", clear: bool = False, name: str = "",
    ) -> None:  # fmt: skip
        """Write words whose middle is at the height `y`; `align` says which end of them is at `x`.

        `clear` wipes out what is drawn behind them.
        """
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if clear else None
        self._axes.text(x, y, words, size=size_pt, color=ink, weight="bold" if bold else "normal",
                        horizontalalignment=align, verticalalignment="center_baseline", parse_math=False,
                        bbox=behind, gid=name or None)  # fmt: skip

    def cut(self, height_pt: float) -> Figure:
        """Return the sheet, `height_pt` high."""
        self._axes.set_xlim(0, self._width_pt)
        self._axes.set_ylim(height_pt, 0)
        self._figure.set_size_inches(self._width_pt / POINTS_AN_INCH, height_pt / POINTS_AN_INCH)
        return self._figure


@cache
def width_of(words: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide words are, in points."""
    font = FontProperties(size=size_pt, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def shorten_words(words: str, size_pt: float, most_pt: float, *, bold: bool = False) -> str:
    """Return words, with their end left out where they are wider than `most_pt`."""
    if width_of(words, size_pt, bold=bold) <= most_pt:
        return words
    while words and width_of(f"{words}\u2026", size_pt, bold=bold) > most_pt:
        # A twentieth at a time: a title of a thousand letters is measured some sixty times only.
        words = words[: min(len(words) - 1, int(len(words) * 0.95))]
    return f"{words.rstrip(' ,(')}\u2026"


def _outline(shape: str, box: Box) -> Outline:
    left, top, right, bottom = box
    if shape == "dot":  # of one size, however long it sounds
        x, y = (left + right) / 2, (top + bottom) / 2
        left, top, right, bottom = x - _DOT_PT / 2, y - _DOT_PT / 2, x + _DOT_PT / 2, y + _DOT_PT / 2
    corners, strokes = _OUTLINES[shape]
    placed = [(left + (right - left) * x, top + (bottom - top) * y) for x, y in corners]
    return Outline(placed, strokes)
