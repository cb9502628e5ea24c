"""A finished file proves itself: it is decoded, measured, and held against the script that it carries.

Nothing of how it was made is used: onsets, lengths and loudness are heard, and each utterance is recognised.
"""

from voicecoach.errors import FileError
from voicecoach.manifest import parse_manifest
from voicecoach.verify.checks import Check, check_promises, compose_report
from voicecoach.verify.measurement import Measurement, measure
from voicecoach.verify.sound_file import open_sound_file

__all__ = ["Check", "Measurement", "compose_report", "verify"]


def verify(path: str) -> tuple[Check, ...]:
    """Return one check for each promise, kept or broken, worst cases first; raises FileError.

    A file of any format that can be decoded will do, as long as it carries its script.
    """
    with open_sound_file(path) as file:
        if not file.script:
            raise FileError(path, "carries no script to check it by", "name a file that voicecoach has exported")
        try:
            manifest = parse_manifest(file.script)
        except ValueError as error:
            raise FileError(path, f"its script cannot be read ({error})", "export the session again") from None
        measurement = measure(file.blocks(manifest.duration_ms), file.rate_hz, manifest.events)
        return check_promises(manifest, measurement, file.chapters)
