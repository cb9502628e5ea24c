"""What the checks of a file say of what was measured."""

from voicecoach.export.formats import FORMATS
from voicecoach.manifest import Manifest
from voicecoach.verify.checks import check_promises
from voicecoach.verify.measurement import Measurement
from voicecoach.verify.sound_file import CODECS, READERS


def test_a_length_that_is_right_is_told_without_a_minus() -> None:
    manifest = Manifest(title="", duration_ms=1000, levelled=False, chapters=(), events=(), holds=())
    checks = check_promises(manifest, Measurement(length_ms=999.6), None)
    length = next(each for each in checks if each.name == "length")
    assert length.found.endswith(" +0 ms against the script")


def test_what_can_be_written_can_be_read() -> None:
    for kind in FORMATS.values():
        assert kind.ffmpeg in READERS
        assert CODECS.issuperset(kind.codecs)
