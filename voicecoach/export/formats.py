"""The formats that can be written, by the extension of the file's name."""

from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import UsageError
from voicecoach.export import Writer


def _mp3() -> Writer:
    from voicecoach.export.mp3 import write_mp3

    return write_mp3


def _wav() -> Writer:
    from voicecoach.export.wav import write_wav

    return write_wav


WRITERS: dict[str, Callable[[], Writer]] = {".mp3": _mp3, ".wav": _wav}


def writer_for(path: str) -> Callable[[], Writer]:
    """Return what loads the writer for the extension of `path`; raises UsageError with the known ones."""
    extension = Path(path).suffix.lower()
    if extension not in WRITERS:
        what = (
            f'"{extension}" is not a format that can be written' if extension else "the name has no extension"
        )
        raise UsageError(f"{path}: {what}", f"end the name in {' or '.join(WRITERS)}")
    return WRITERS[extension]
