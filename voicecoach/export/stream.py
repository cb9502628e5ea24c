"""A session mixed and encoded as one stream: measured, set to its loudness, and heard again as a file.

What cannot be laid out of frames goes this way: other formats, and sounds too near to each other.
"""

import math
from collections.abc import Callable, Iterator
from typing import TypeVar

from voicecoach.clip import Floats, Pcm
from voicecoach.export.content import Content
from voicecoach.export.decoder import decode_file, resample
from voicecoach.export.formats import SavedFile, find_format
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.export.session_loudness import LEAST_SPEECH_MS, MOST_DBTP, TARGET_LUFS
from voicecoach.files.replacement import replacing
from voicecoach.units import samples_to_ms

_MARGIN_DB = 0.1  # a lower gain changes what the encoder makes of a peak by some hundredths
_TRIES = 3

_Block = TypeVar("_Block", Pcm, Floats)


def save_stream(
    path: str,
    sound: Callable[[float], Iterator[Pcm]],
    content: Content,
    duration_ms: int,
    speech_ms: int,
    progress: Callable[[float], None],
) -> SavedFile:
    """Write `sound` to `path` in the format of its extension, and return what the file turned out to be.

    `sound(gain)` starts the session anew, its clips multiplied by `gain`; `speech_ms` of it are speech. The rate
    of `content` is that of `sound`; what the format does not hold of it is left out. Raises UsageError and
    FileError; an older file is then as it was.
    """
    kind = find_format(path)
    write, rate_hz, file_hz = kind.load_writer(), content.rate_hz, kind.nearest_rate_hz(content.rate_hz)
    tags = {name: text for name, text in content.tags.items() if kind.has_tags or name == "script"}
    held = Content(file_hz, content.bit_rate, tags, content.chapters if kind.has_chapters else ())
    steps, gain_db, limited = _Steps(duration_ms, progress), 0.0, False
    if speech_ms >= LEAST_SPEECH_MS:
        gain_db, limited = _gain_db(_metered(steps.watch(sound(1.0), rate_hz, 0.2), rate_hz))
    with replacing(path) as beside:
        for _ in range(_TRIES):
            loud = steps.watch(sound(10 ** (gain_db / 20)), rate_hz, 0.6)
            write(beside, loud if file_hz == rate_hz else resample(loud, rate_hz, file_hz), held)
            meter = _metered(steps.watch(decode_file(beside, file_hz), file_hz, 0.6), file_hz)
            if (excess_db := meter.true_peak_dbtp() - MOST_DBTP) <= 0:
                break
            gain_db, limited = gain_db - excess_db - _MARGIN_DB, True
    progress(1.0)
    return SavedFile(
        path=path,
        duration_ms=samples_to_ms(meter.samples, file_hz),
        lufs=meter.lufs(),
        true_peak_dbtp=meter.true_peak_dbtp(),
        gain_db=gain_db,
        peak_limited=limited,
    )


def _gain_db(meter: LoudnessMeter) -> tuple[float, bool]:
    """Return the gain that reaches the target, or as much of it as the peaks allow; and whether they did."""
    lufs = meter.lufs()
    if math.isinf(lufs):
        return 0.0, False
    wanted, allowed = TARGET_LUFS - lufs, MOST_DBTP - meter.true_peak_dbtp()
    return min(wanted, allowed), allowed < wanted


def _metered(blocks: Iterator[_Block], rate_hz: int) -> LoudnessMeter:
    meter = LoudnessMeter(rate_hz)
    for block in blocks:
        meter.add(block)
    return meter


class _Steps:
    """Progress over passes whose number is not known beforehand: each takes a share of what is left."""

    def __init__(self, duration_ms: int, progress: Callable[[float], None]) -> None:
        self._duration_s = max(1, duration_ms) / 1000
        self._progress = progress
        self._done = 0.0

    def watch(self, blocks: Iterator[_Block], rate_hz: int, share: float) -> Iterator[_Block]:
        """Yield the same blocks, and report how far they have come."""
        start, span, seen = self._done, (1 - self._done) * share, 0
        for block in blocks:
            yield block
            seen += len(block)
            self._done = start + span * min(1.0, seen / rate_hz / self._duration_s)
            self._progress(self._done)
