"""Save a session: measured, set to its loudness, encoded, heard again, and only then put in place."""

import math
from collections.abc import Callable, Iterator
from typing import TypeVar

from voicecoach.audio import Pcm
from voicecoach.events import Chapter
from voicecoach.export import BIT_RATE
from voicecoach.export.decoder import decode_file
from voicecoach.export.formats import writer_for
from voicecoach.export.gain import LEAST_SPEECH_MS, MOST_DBTP, TARGET_LUFS
from voicecoach.export.loudness import Floats, LoudnessMeter
from voicecoach.export.target import SavedFile, check_sound_target
from voicecoach.files import replacing
from voicecoach.units import ms_to_samples, samples_to_ms

_MARGIN_DB = 0.1  # a lower gain changes what the encoder makes of a peak by some hundredths
_TRIES = 3

_Block = TypeVar("_Block", Pcm, Floats)


def save_stream(  # noqa: PLR0913, PLR0917 - the last of three stages: everything known about a session meets here
    path: str,
    sound: Callable[[float], Iterator[Pcm]],
    rate_hz: int,
    duration_ms: int,
    speech_ms: int,
    tags: dict[str, str],
    chapters: tuple[Chapter, ...],
    progress: Callable[[float], None],
    bit_rate: int = BIT_RATE,
) -> SavedFile:
    """Write `sound` to `path` in the format of its extension, and return what the file turned out to be.

    `sound(gain)` starts the session anew, its clips multiplied by `gain`; `speech_ms` of it are speech.
    `progress` hears of 0 to 1, rising. Raises UsageError and FileError; an older file is then as it was.
    """
    check_sound_target(path)
    write = writer_for(path)()
    steps = _Steps(ms_to_samples(duration_ms, rate_hz), progress)
    gain_db, limited = 0.0, False
    if speech_ms >= LEAST_SPEECH_MS:
        gain_db, limited = _gain_db(_metered(steps.watch(sound(1.0), 0.2), rate_hz)[0])
    with replacing(path) as beside:
        for _ in range(_TRIES):
            loud = sound(10 ** (gain_db / 20))
            write(beside, steps.watch(loud, 0.6), rate_hz, tags, chapters, bit_rate)
            meter, samples = _metered(steps.watch(decode_file(beside), 0.6), rate_hz)
            excess_db = meter.true_peak_dbtp() - MOST_DBTP
            if excess_db <= 0:
                break
            gain_db, limited = gain_db - excess_db - _MARGIN_DB, True
    progress(1.0)
    return SavedFile(
        path=path,
        duration_ms=samples_to_ms(samples, rate_hz),
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


def _metered(blocks: Iterator[_Block], rate_hz: int) -> tuple[LoudnessMeter, int]:
    meter, samples = LoudnessMeter(rate_hz), 0
    for block in blocks:
        meter.add(block)
        samples += len(block)
    return meter, samples


class _Steps:
    """Progress over passes whose number is not known beforehand: each takes a share of what is left."""

    def __init__(self, samples: int, progress: Callable[[float], None]) -> None:
        self._samples = max(1, samples)
        self._progress = progress
        self._done = 0.0

    def watch(self, blocks: Iterator[_Block], share: float) -> Iterator[_Block]:
        """Yield the same blocks, and report how far they have come."""
        start, span, seen = self._done, (1 - self._done) * share, 0
        for block in blocks:
            yield block
            seen += len(block)
            self._done = start + span * min(1.0, seen / self._samples)
            self._progress(self._done)
