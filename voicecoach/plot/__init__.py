"""The session as a picture, for a person who would rather look than read: an SVG or PNG of its timeline.

Here stands what is asked before any work; the rest loads Matplotlib, the extra `plot`.
"""

from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import UsageError, VoicecoachError, plain
from voicecoach.files.replacement import refuse_target

PICTURE_FORMATS = (".svg", ".png")
"""What can be written, by the extension of the file's name."""


def check_picture_target(path: str) -> None:
    """Raise now for a `path` that no picture could be written to later, or where nothing can draw one.

    UsageError for another extension, FileError for the place, VoicecoachError where Matplotlib is missing.
    """
    extension = Path(path).suffix.lower()
    if extension not in PICTURE_FORMATS:
        what = f'"{extension}" is no picture that can be written' if extension else "the name has no extension"
        raise UsageError(f'--plot "{plain(path)}": {what}', f"end the name in {' or '.join(PICTURE_FORMATS)}")
    refuse_target(path)
    # Looked up and not imported: that takes 0.3 s, and the work before the picture may still fail.
    if find_spec("matplotlib") is None:
        raise VoicecoachError("Matplotlib, which draws, is not installed", 'pip install "voicecoach[plot]"')
