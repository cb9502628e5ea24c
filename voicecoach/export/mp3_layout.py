"""An MP3 laid out of frames: every clip is encoded once and kept, and a session is a matter of placing them.

Frames of a decoder's 576 samples stand alone here (no bit reservoir), so the silence between clips is one
frame, repeated. A clip is encoded at two places within a frame and the nearer is used: onsets are at most
144 samples (6.5 ms) from where they were planned.

Frames are made at one gain. A session takes them as they are, or louder or softer by whole steps of a frame's
own gain, which costs nothing: so it lands within 0.75 dB of the loudness that is wanted. A clip whose peak
would rise too high is encoded softer by up to 2 dB; only where that is not enough, the session is softer.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from voicecoach.events import Sound, Timeline
from voicecoach.export import mpeg
from voicecoach.export.content import Content
from voicecoach.export.encoded_clips import ClipFacts, EncodedClip, FrameKey, find_frames
from voicecoach.export.formats import SavedFile
from voicecoach.export.session_loudness import LEAST_SPEECH_MS, MOST_DBTP, TARGET_LUFS, placed_lufs, spoken_ms
from voicecoach.files.replacement import replacing
from voicecoach.speech import SpeechArchive
from voicecoach.units import ms_to_samples

OFFSETS = (0, mpeg.FRAME // 2)
"""Where in its first frame a clip may begin, in samples."""

MADE_AT = 5
"""The gain of all frames in half decibels: what brings sessions of the default voice to the target."""

MOST_CUT = 4
"""How many half decibels a clip may be softer than its session: less than clips of a voice differ by."""

_HALVES_A_STEP = 3
_MARGIN_DB = 0.05  # decoders differ by hundredths


class Mp3Layout(NamedTuple):
    """A session that can be laid: (the frame that a sound begins in, its frames) in order, and what it will be."""

    placed: list[tuple[int, bytes]]
    saved: SavedFile


def nearest_place(start_ms: int, rate_hz: int) -> tuple[int, int]:
    """Return the place nearest to a time: the frame that a sound begins in, and the samples of it before the sound."""
    frame, half = divmod(round(ms_to_samples(start_ms, rate_hz) / OFFSETS[1]), len(OFFSETS))
    return frame, OFFSETS[half]


def lay_out(
    timeline: Timeline,
    facts: Mapping[Sound, ClipFacts],
    speech: SpeechArchive,
    bit_rate: int,
    progress: Callable[[float], None],
) -> Mp3Layout | None:
    """Make whatever frames are missing and return how they stand; every event of `timeline` is heard.

    None where frames cannot serve: a rate that they do not have, sounds too near to each other or to the
    start, or too little speech for a loudness.
    """
    rate_hz = speech.rate_hz
    if rate_hz not in mpeg.RATES_HZ:
        return None
    places = [nearest_place(event.start_ms, rate_hz) for event in timeline.events]
    keys = [(offset, event.sound) for (_, offset), event in zip(places, timeline.events, strict=True)]
    settled = settle_levels(timeline, keys, facts, speech, bit_rate, progress)
    if settled is None:
        return None
    frames, saved = settled
    # A decoder is late by a frame and its own delay, of which players take off the latter.
    placed = [(frame - 1, frames[key]) for (frame, _), key in zip(places, keys, strict=True)]
    free = 0
    for frame, run in placed:
        if frame < free:
            return None
        free = frame + mpeg.frames_in(run, rate_hz, bit_rate)
    return Mp3Layout(placed, saved)


def save_layout(path: str, laid: Mp3Layout, content: Content) -> SavedFile:
    """Write a layout as an MP3 of constant bit rate, as long as its session; raises FileError.

    Nothing is half written: an older file is as it was until the new one is whole.
    """
    samples = ms_to_samples(laid.saved.duration_ms, content.rate_hz)
    # No delay but the decoder's own: what knows of neither plays a session 24 ms late and no later.
    with replacing(path) as beside:
        runs = _runs(laid.placed, samples, content.rate_hz, content.bit_rate)
        mpeg.write_frames(beside, runs, content, delay=0, samples=lambda: samples)
    return laid.saved._replace(path=path)


def _runs(placed: list[tuple[int, bytes]], samples: int, rate_hz: int, bit_rate: int) -> Iterator[bytes]:
    """Yield the frames of a session in runs: silence up to a sound, the sound, at last silence to the end."""
    mean = mpeg.frame_bytes(rate_hz, bit_rate)
    short, long = (mpeg.silent_frame(rate_hz, bit_rate, longer=longer) for longer in (False, True))
    at = size = 0

    def quiet(until: int) -> bytes:
        # As many of the longer frames as keep the bit rate constant over everything so far.
        longer = min(max(round(mean * until) - size - len(short) * (until - at), 0), until - at)
        return long * longer + short * (until - at - longer)

    for frame, sound in placed:
        for run in (quiet(frame), sound):
            yield run
            size += len(run)
            at += mpeg.frames_in(run, rate_hz, bit_rate)
    yield quiet(max(-(-(samples + mpeg.DECODER_DELAY) // mpeg.FRAME), at))


def settle_levels(
    timeline: Timeline,
    keys: list[FrameKey],
    facts: Mapping[Sound, ClipFacts],
    speech: SpeechArchive,
    bit_rate: int,
    progress: Callable[[float], None],
) -> tuple[dict[FrameKey, bytes], SavedFile] | None:
    """Settle the gain of a session whose events stand at `keys`; return their frames and what it will be, somewhere.

    None where there is too little whose loudness could be set.
    """
    lufs = _lufs(timeline, facts, dict.fromkeys(facts, 0))
    if math.isinf(lufs) or spoken_ms(timeline) < LEAST_SPEECH_MS:
        return None
    steps = wished = round((TARGET_LUFS - lufs - MADE_AT * mpeg.HALF_DB) / mpeg.GAIN_STEP_DB)
    made = find_frames(speech, dict.fromkeys(keys, MADE_AT), bit_rate, progress)
    # Softer as a whole, until no clip has to be cut by more than a listener would notice between two words.
    while max((cuts := {key: _cut(clip, steps) for key, clip in made.items()}).values()) > MOST_CUT:
        steps -= 1
    clips = _softened(speech, made, cuts, steps, bit_rate)
    cut_of = {sound: cut for (_, sound), (cut, _) in clips.items()}
    gain_db = MADE_AT * mpeg.HALF_DB + steps * mpeg.GAIN_STEP_DB
    reached = _lufs(timeline, facts, cut_of) + gain_db
    frames = {
        key: mpeg.amplify_frames(clip.frames, steps - cut // _HALVES_A_STEP) for key, (cut, clip) in clips.items()
    }
    return frames, SavedFile(
        path="",
        duration_ms=timeline.duration_ms,
        lufs=reached,
        true_peak_dbtp=max(_peak_dbtp(clip, steps, cut) for cut, clip in clips.values()),
        gain_db=gain_db,
        peak_limited=steps < wished or reached < TARGET_LUFS - 1,
    )


def _softened(
    speech: SpeechArchive, made: dict[FrameKey, EncodedClip], cuts: dict[FrameKey, int], steps: int, bit_rate: int
) -> dict[FrameKey, tuple[int, EncodedClip]]:
    """Return the clips with what each is cut by: of a sound's two places by the same."""
    of_sound = {sound: cut for (_, sound), cut in sorted(cuts.items(), key=lambda each: each[1])}
    settled: dict[FrameKey, tuple[int, EncodedClip]] = {}
    waiting = {key: of_sound[key[1]] for key in made}
    while waiting:
        # Softer by what of a cut the gain of frames cannot do.
        gains = {key: MADE_AT - cut % _HALVES_A_STEP for key, cut in waiting.items() if cut}
        found = {**made, **find_frames(speech, gains, bit_rate, lambda _: None)}
        tried = {key: (cut, found[key]) for key, cut in waiting.items()}
        # What the encoder makes of a peak is known only afterwards.
        waiting = {key: cut + 1 for key, (cut, clip) in tried.items() if _peak_dbtp(clip, steps, cut) > MOST_DBTP}
        settled.update({key: each for key, each in tried.items() if key not in waiting})
    return settled


def _cut(clip: EncodedClip, steps: int) -> int:
    excess_db = clip.peak_dbtp + steps * mpeg.GAIN_STEP_DB - MOST_DBTP + _MARGIN_DB
    return max(0, math.ceil(excess_db / mpeg.HALF_DB))


def _peak_dbtp(clip: EncodedClip, steps: int, cut: int) -> float:
    return clip.peak_dbtp + (steps - cut // _HALVES_A_STEP) * mpeg.GAIN_STEP_DB


def _lufs(timeline: Timeline, facts: Mapping[Sound, ClipFacts], cuts: dict[Sound, int]) -> float:
    factors = {sound: 10 ** (-cut * mpeg.HALF_DB / 10) for sound, cut in cuts.items()}
    sums = {
        sound: [0.0, *(factors[sound] * total for total in accumulate(each.powers))] for sound, each in facts.items()
    }
    return placed_lufs(timeline, sums)
