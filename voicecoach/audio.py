"""Arithmetic on single clips: trimming, gain and cue tones. Sound is mono int16 in NumPy arrays."""

import warnings
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from voicecoach.clip import Clip as Clip  # noqa: PLC0414 - they are part of what others import from here
from voicecoach.clip import Pcm as Pcm  # noqa: PLC0414
from voicecoach.events import Tone
from voicecoach.units import RATE_HZ as RATE_HZ  # noqa: PLC0414
from voicecoach.units import ms_to_samples

ONSET_DBFS = -40.0
"""A sound has begun at its first sample above this: how onsets are measured everywhere in the project."""

TAIL_DBFS = -45.0
"""A sound has ended after its last sample above this."""

LEAD_MS = 5
"""Near-silence before the onset, the same in every clip, so that onsets keep their spacing."""

TAIL_MS = 40
"""The most that is kept after a sound has ended, to let it fade."""

_FULL_SCALE = 32_768
_FRAME_MS = 20
_NOTE_FADE_MS = 5
_TONE_DBFS = -18.0

# Notes of each tone, as (Hz, ms): one high, one short, two alike, two rising, two falling.
_NOTES = {
    Tone.START: ((784, 150),),
    Tone.COUNT: ((587, 60),),
    Tone.END: ((392, 70), (392, 75)),
    Tone.IN: ((392, 70), (587, 75)),
    Tone.OUT: ((587, 70), (392, 75)),
}


def empty_clip(rate_hz: int = RATE_HZ) -> Clip:
    """Return a clip without sound or length."""
    return Clip(np.zeros(0, np.int16), rate_hz)


def clip_of_bytes(content: bytes, rate_hz: int) -> Clip:
    """Return a clip of what the cache holds of it: samples of 16 bits, little-endian."""
    return Clip(np.frombuffer(content, "<i2"), rate_hz)


def finish_clip(pcm: Pcm, rate_hz: int, gain_db: float = 0.0, to_hz: int = RATE_HZ) -> Clip:
    """Make a clip of raw speech: resampled, levelled, trimmed, and free of clicks at both ends.

    The onset stands `LEAD_MS` after the clip's start, and at most `TAIL_MS` follow the end of the sound.
    A silent utterance gives an empty clip.
    """
    if not len(pcm):
        return empty_clip(to_hz)
    raw = _pydub().AudioSegment(np.ascontiguousarray(pcm).tobytes(), sample_width=2, frame_rate=rate_hz, channels=1)
    levelled = _samples(raw.set_frame_rate(to_hz).apply_gain(gain_db))
    kept = trim_silence(levelled, to_hz)
    if not len(kept):
        return empty_clip(to_hz)
    tail_ms = (len(kept) - 1 - _last_above(kept, TAIL_DBFS)) * 1000 // to_hz
    return Clip(_faded(kept, to_hz, max(tail_ms, _NOTE_FADE_MS)), to_hz)


def _faded(pcm: Pcm, rate_hz: int, tail_ms: int) -> Pcm:
    """Return sound that rises over `LEAD_MS` and falls over `tail_ms`; pydub scales single samples."""
    rise, fall = (np.linspace(0, 1, ms_to_samples(ms, rate_hz), False) for ms in (LEAD_MS, tail_ms))
    gains = np.ones(len(pcm))
    gains[: len(rise)] *= rise[: len(pcm)]
    gains[-len(fall) :] *= fall[::-1][-len(pcm) :]
    return np.rint(pcm * gains).astype(np.int16)


def trim_silence(pcm: Pcm, rate_hz: int) -> Pcm:
    """Cut silence off both ends; what stays begins exactly `LEAD_MS` before the onset."""
    onset = first_onset(pcm)
    if onset is None:
        return pcm[:0]
    lead = ms_to_samples(LEAD_MS, rate_hz)
    end = _last_above(pcm, TAIL_DBFS) + 1 + ms_to_samples(TAIL_MS, rate_hz)
    missing = np.zeros(max(0, lead - onset), np.int16)
    return np.concatenate([missing, pcm[max(0, onset - lead) : end]])


def first_onset(pcm: Pcm) -> int | None:
    """Return the index of the first sample above `ONSET_DBFS`, or None in silence."""
    loud = _above(pcm, ONSET_DBFS)
    return int(np.argmax(loud)) if loud.any() else None


def peak_dbfs(pcm: Pcm) -> float:
    """Return the level of the loudest sample, -inf in silence."""
    return _dbfs(float(max(pcm.max(initial=0), -int(pcm.min(initial=0)))))


def active_dbfs(pcm: Pcm, rate_hz: int) -> float:
    """Return the RMS level of the stretches of 20 ms that are louder than `TAIL_DBFS`, -inf in silence."""
    size = ms_to_samples(_FRAME_MS, rate_hz)
    frames = pcm[: len(pcm) // size * size].reshape(-1, size).astype(np.float64)
    power = (frames**2).mean(axis=1)
    active = power[power > _amplitude(TAIL_DBFS) ** 2]
    return _dbfs(float(np.sqrt(active.mean()))) if len(active) else -np.inf


@cache
def tone_clip(name: Tone, rate_hz: int = RATE_HZ) -> Clip:
    """Return the sound of a tone: soft, at most 150 ms, faded at both ends of each note."""
    notes = [_note(hertz, ms, rate_hz) for hertz, ms in _NOTES[name]]
    return Clip(np.concatenate(notes), rate_hz)


def _note(hertz: int, ms: int, rate_hz: int) -> Pcm:
    sine = _pydub().generators.Sine(hertz, sample_rate=rate_hz)
    note = sine.to_audio_segment(duration=ms, volume=_TONE_DBFS)
    return _samples(note.fade_in(_NOTE_FADE_MS).fade_out(ms // 2))


def _samples(segment: Any) -> Pcm:  # noqa: ANN401 - pydub publishes no types
    return np.frombuffer(segment.raw_data, np.int16)


@cache
def _pydub() -> Any:  # noqa: ANN401 - pydub publishes no types
    """Import pydub without its warnings: of a missing ffmpeg, which nobody needs, and of its own syntax."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Here, where its warning about programs that are not installed is kept quiet.
        import pydub.generators
    return pydub


def _above(pcm: Pcm, dbfs: float) -> npt.NDArray[np.bool_]:
    level = np.int16(_amplitude(dbfs))  # whole, like the samples: what is above it is above its fraction
    return (pcm > level) | (pcm < -level)


def _last_above(pcm: Pcm, dbfs: float) -> int:
    return len(pcm) - 1 - int(np.argmax(_above(pcm, dbfs)[::-1]))


def _amplitude(dbfs: float) -> float:
    return float(_FULL_SCALE * 10 ** (dbfs / 20))


def _dbfs(amplitude: float) -> float:
    return float(20 * np.log10(amplitude / _FULL_SCALE)) if amplitude else -np.inf
