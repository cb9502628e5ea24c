"""An MP3 laid out of frames: every clip is encoded once and kept, and a session is a matter of placing them.

Frames of a decoder's 576 samples stand alone here (no bit reservoir), so the silence between clips is one
frame, repeated. A clip is encoded at two places within a frame and the nearer is used: onsets are at most
144 samples (6.5 ms) from where they were planned.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from voicecoach.events import Chapter, Kind, Sound, Timeline
from voicecoach.export.encoded_clips import ClipFacts
from voicecoach.export.formats import SavedFile
from voicecoach.export.gain import LEAST_SPEECH_MS, Levels, settle_levels
from voicecoach.export.mpeg import (
    DECODER_DELAY,
    FRAME,
    RATES_HZ,
    Trim,
    frame_bytes,
    frames_in,
    silent_frame,
    write_frames,
)
from voicecoach.files.replacement import replacing
from voicecoach.speech import SpeechArchive
from voicecoach.units import ms_to_samples, samples_to_ms

OFFSETS = (0, FRAME // 2)
"""Where in its first frame a clip may begin, in samples."""


class FramePlace(NamedTuple):
    """Where a sound stands: the frame that it begins in, and the samples of that frame before it."""

    frame: int
    offset: int


class PlacedSounds(NamedTuple):
    """A session on the clock: (start in ms, sound) in order, its length, and how much of it is speech."""

    sounds: Sequence[tuple[int, Sound]]
    duration_ms: int
    speech_ms: int

    @property
    def is_levelled(self) -> bool:
        """Whether there is enough speech for a loudness that could be set."""
        return self.speech_ms >= LEAST_SPEECH_MS

    @classmethod
    def of(cls, timeline: Timeline) -> "PlacedSounds":
        """Return what is heard of a timeline; tones are no speech."""
        heard = [event for event in timeline.events if event.end_ms > event.start_ms]
        return cls(
            sounds=[(event.start_ms, event.sound) for event in heard],
            duration_ms=timeline.duration_ms,
            speech_ms=sum(event.end_ms - event.start_ms for event in heard if event.kind is not Kind.TONE),
        )


class Mp3Layout(NamedTuple):
    """A session that can be laid: its sounds in order, each with its place, and the frames of each."""

    placed: tuple[tuple[FramePlace, Sound], ...]
    levels: Levels
    samples: int


def nearest_place(start_ms: int, rate_hz: int) -> FramePlace:
    """Return the place nearest to a time."""
    frame, half = divmod(round(ms_to_samples(start_ms, rate_hz) / OFFSETS[1]), len(OFFSETS))
    return FramePlace(frame, OFFSETS[half])


def lay_out(
    session: PlacedSounds,
    facts: Mapping[Sound, ClipFacts],
    speech: SpeechArchive,
    bit_rate: int,
    progress: Callable[[float], None],
) -> Mp3Layout | None:
    """Make whatever frames are missing and return how they stand.

    None where frames cannot serve: a rate that they do not have, sounds too near to each other or to the
    start, or too little speech for a loudness.
    """
    rate_hz = speech.rate_hz
    if rate_hz not in RATES_HZ or not session.is_levelled:
        return None
    placed = tuple((nearest_place(start_ms, rate_hz), sound) for start_ms, sound in session.sounds)
    keys = [(place.offset, sound) for place, sound in placed]
    found = settle_levels(session.sounds, keys, facts, session.duration_ms, bit_rate, speech, progress)
    if found is None:
        return None
    free = 0
    for place, sound in placed:
        if place.frame - 1 < free:
            return None
        run = found.frames[place.offset, sound]
        free = place.frame - 1 + frames_in(run, rate_hz, bit_rate)
    return Mp3Layout(placed, found, ms_to_samples(session.duration_ms, rate_hz))


def save_layout(
    path: str, laid: Mp3Layout, rate_hz: int, bit_rate: int, tags: dict[str, str], chapters: tuple[Chapter, ...]
) -> SavedFile:
    """Write a layout as an MP3 of constant bit rate, as long as its session; raises FileError.

    Nothing is half written: an older file is as it was until the new one is whole.
    """
    # No delay but the decoder's own: what knows of neither plays a session 24 ms late and no later.
    trim = Trim(0, lambda: laid.samples)
    with replacing(path) as beside:
        write_frames(beside, _runs(laid, rate_hz, bit_rate), rate_hz, bit_rate, tags, chapters, trim)
    return SavedFile(
        path=path,
        duration_ms=samples_to_ms(laid.samples, rate_hz),
        lufs=laid.levels.lufs,
        true_peak_dbtp=laid.levels.true_peak_dbtp,
        gain_db=laid.levels.gain_db,
        peak_limited=laid.levels.peak_limited,
    )


def _runs(laid: Mp3Layout, rate_hz: int, bit_rate: int) -> Iterator[bytes]:
    """Yield the frames of a session in runs: silence up to a sound, the sound, at last silence to the end."""
    mean = frame_bytes(rate_hz, bit_rate)
    short, long = silent_frame(rate_hz, bit_rate, longer=False), silent_frame(rate_hz, bit_rate, longer=True)
    at = size = 0

    def quiet(until: int) -> bytes:
        # As many of the longer frames as keep the bit rate constant over everything so far.
        longer = min(max(round(mean * until) - size - len(short) * (until - at), 0), until - at)
        return long * longer + short * (until - at - longer)

    for place, sound in laid.placed:
        # A decoder is late by a frame and its own delay, of which players take off the latter.
        for run in (quiet(place.frame - 1), laid.levels.frames[place.offset, sound]):
            yield run
            size += len(run)
            at += frames_in(run, rate_hz, bit_rate)
    end = -(-(laid.samples + DECODER_DELAY) // FRAME)
    yield quiet(max(end, at))
