"""What a finished file is, and whether there is a place for it."""

import os
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import FileError
from voicecoach.export.table import writer_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was written, as a decoder hears it.

    `peak_limited` says that the gain was kept below what the loudness asked for, so that no peak distorts.
    """

    path: str
    duration_ms: int
    lufs: float
    true_peak_dbtp: float
    gain_db: float
    peak_limited: bool


def check_target(path: str) -> None:
    """Raise UsageError or FileError now for a `path` that could not be written later."""
    writer_for(path)
    folder = Path(path).parent
    if Path(path).is_dir():
        raise FileError(path, "this is a folder", "give the name of a file")
    if not folder.is_dir():
        raise FileError(folder, "there is no such folder", "make it first, or choose another")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FileError(folder, "nothing can be written in this folder", "choose another")
