"""The one gain of a session laid out of frames, so chosen that another session needs no other frames.

Frames are made at one gain. A session takes them as they are, or louder or softer by whole steps of a frame's
own gain, which costs nothing: so it lands within 0.75 dB of the loudness that is wanted. A clip whose peak
would rise too high is encoded softer by up to 2 dB; only where that is not enough, the session is softer.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from voicecoach.events import Sound
from voicecoach.export.clip_recipes import frames_recipe, make_missing
from voicecoach.export.encoded_clips import HALF_DB, ClipFacts, EncodedClip, parse_encoded_clip
from voicecoach.export.mpeg import GAIN_STEP_DB, amplify_frames
from voicecoach.export.session_loudness import placed_lufs, sum_powers
from voicecoach.speech import SpeechArchive

TARGET_LUFS = -19.0
"""Within a unit of the -18 LUFS that AES TD1008 (2021) recommends where speech is the anchor."""

MOST_DBTP = -1.0
"""The highest true peak, as in EBU R 128; it wins over the loudness."""

LEAST_SPEECH_MS = 10_000
"""Less speech than this has no meaningful loudness, and keeps that of its clips."""

MADE_AT = 5
"""The gain of all frames in half decibels: what brings sessions of the default voice to the target."""

MOST_CUT = 4
"""How many half decibels a clip may be softer than its session: less than clips of a voice differ by."""

_HALVES_A_STEP = 3
_MARGIN_DB = 0.05  # decoders differ by hundredths

FrameKey = tuple[int, Sound]


class Levels(NamedTuple):
    """What a session will be: its frames by offset and sound, its loudness and its highest true peak."""

    frames: dict[FrameKey, bytes]
    lufs: float
    true_peak_dbtp: float
    gain_db: float
    peak_limited: bool


def settle_levels(
    sounds: Sequence[tuple[int, Sound]],
    keys: Sequence[FrameKey],
    facts: Mapping[Sound, ClipFacts],
    duration_ms: int,
    bit_rate: int,
    speech: SpeechArchive,
    progress: Callable[[float], None],
) -> Levels | None:
    """Settle the gain of a session of `sounds` (start in ms, sound), standing at `keys` (offset, sound).

    None where there is nothing whose loudness could be set.
    """
    lufs = _lufs(sounds, facts, dict.fromkeys(facts, 0), duration_ms)
    if math.isinf(lufs):
        return None
    steps = wished = round((TARGET_LUFS - lufs - MADE_AT * HALF_DB) / GAIN_STEP_DB)
    made = _clips(speech, dict.fromkeys(keys, 0), bit_rate, progress)
    # Softer as a whole, until no clip has to be cut by more than a listener would notice between two words.
    while max((cuts := {key: _cut(clip, steps) for key, clip in made.items()}).values()) > MOST_CUT:
        steps -= 1
    clips = _softened(speech, made, cuts, steps, bit_rate)
    cut_of = {sound: cut for (_, sound), (cut, _) in clips.items()}
    gain_db = MADE_AT * HALF_DB + steps * GAIN_STEP_DB
    reached = _lufs(sounds, facts, cut_of, duration_ms) + gain_db
    return Levels(
        frames={key: amplify_frames(clip.frames, steps - cut // _HALVES_A_STEP) for key, (cut, clip) in clips.items()},
        lufs=reached,
        true_peak_dbtp=max(_peak_dbtp(clip, steps, cut) for cut, clip in clips.values()),
        gain_db=gain_db,
        peak_limited=steps < wished or reached < TARGET_LUFS - 1,
    )


def _softened(
    speech: SpeechArchive, made: dict[FrameKey, EncodedClip], cuts: dict[FrameKey, int], steps: int, bit_rate: int
) -> dict[FrameKey, tuple[int, EncodedClip]]:
    """Return the clips with what each is cut by: of a sound's two places by the same."""
    of_sound: dict[Sound, int] = {}
    for (_, sound), cut in cuts.items():
        of_sound[sound] = max(cut, of_sound.get(sound, 0))
    settled: dict[FrameKey, tuple[int, EncodedClip]] = {}
    waiting = {key: of_sound[key[1]] for key in made}
    while waiting:
        new = {key: cut for key, cut in waiting.items() if cut}
        found = {**{key: made[key] for key in waiting}, **_clips(speech, new, bit_rate, lambda _: None)}
        tried = {key: (cut, found[key]) for key, cut in waiting.items()}
        # What the encoder makes of a peak is known only afterwards.
        waiting = {key: cut + 1 for key, (cut, clip) in tried.items() if _peak_dbtp(clip, steps, cut) > MOST_DBTP}
        settled.update({key: each for key, each in tried.items() if key not in waiting})
    return settled


def _clips(
    speech: SpeechArchive, cuts: dict[FrameKey, int], bit_rate: int, progress: Callable[[float], None]
) -> dict[FrameKey, EncodedClip]:
    """Return the frames of sounds, made softer by what of a cut the gain of frames cannot do."""
    wanted = {
        (offset, sound): (sound, frames_recipe(offset, bit_rate, MADE_AT - cut % _HALVES_A_STEP))
        for (offset, sound), cut in cuts.items()
    }
    found = make_missing(speech, wanted, progress)
    return {key: parse_encoded_clip(content) for key, content in found.items()}


def _cut(clip: EncodedClip, steps: int) -> int:
    excess_db = clip.peak_dbtp + steps * GAIN_STEP_DB - MOST_DBTP + _MARGIN_DB
    return max(0, math.ceil(excess_db / HALF_DB))


def _peak_dbtp(clip: EncodedClip, steps: int, cut: int) -> float:
    return clip.peak_dbtp + (steps - cut // _HALVES_A_STEP) * GAIN_STEP_DB


def _lufs(
    sounds: Sequence[tuple[int, Sound]], facts: Mapping[Sound, ClipFacts], cuts: dict[Sound, int], duration_ms: int
) -> float:
    sums = {sound: sum_powers(each.powers, 10 ** (-cuts[sound] * HALF_DB / 10)) for sound, each in facts.items()}
    return placed_lufs(((start_ms, sums[sound]) for start_ms, sound in sounds), duration_ms)
