"""A finished file proves itself: it is decoded, measured, and held against the script that it carries.

Nothing of how it was made is used: onsets, lengths and loudness are heard, and each utterance is recognised.
"""

from voicecoach.carried import Carried, parsed
from voicecoach.errors import FileError
from voicecoach.verify.hear import Heard, hear
from voicecoach.verify.judge import Check, judged
from voicecoach.verify.read import Opened, opened

__all__ = ["Check", "Heard", "verify"]


def verify(path: str) -> tuple[Check, ...]:
    """Return one check for each promise, kept or broken, worst cases first; raises FileError.

    A file of any format that can be decoded will do, as long as it carries its script.
    """
    with opened(path) as file:
        session = _script(path, file)
        heard = hear(file.blocks(), file.rate_hz, session.events)
        return judged(session, heard, file.chapters, file.has_chapters)


def _script(path: str, file: Opened) -> Carried:
    if not file.script:
        raise FileError(path, "carries no script to check it by", "name a file that voicecoach has exported")
    try:
        return parsed(file.script)
    except ValueError as error:
        raise FileError(path, f"its script cannot be read ({error})", "export the session again") from None
