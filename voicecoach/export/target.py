"""What a finished file is, and whether there is a place for it."""

from dataclasses import dataclass

from voicecoach.export.formats import find_format
from voicecoach.files import refuse_target


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """What was written, as a decoder hears it.

    `peak_limited` says that the gain was kept below what the loudness asked for, so that no peak distorts.
    """

    path: str
    duration_ms: int
    lufs: float
    true_peak_dbtp: float
    gain_db: float
    peak_limited: bool


def check_sound_target(path: str) -> None:
    """Raise UsageError or FileError now for a `path` that could not be written later."""
    find_format(path)
    refuse_target(path)
