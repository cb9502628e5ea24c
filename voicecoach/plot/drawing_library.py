"""Matplotlib, loaded without a word on standard error and without the backend of somebody's windows.

Whoever draws imports its parts from here, so that they are loaded in this way and in no other.
"""

import logging
import os

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

__all__ = ["Axes", "Figure", "FontProperties", "Line2D", "Outline", "PathPatch", "dates", "mpl", "text_to_path"]
