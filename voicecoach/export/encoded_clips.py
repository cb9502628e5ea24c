"""What is made of clips once and kept beside them: their facts, and their frames of an MP3.

What is missing is made on all cores, by `clip_encoder`.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pkgutil import resolve_name
from typing import NamedTuple

from voicecoach.cores import worker_count
from voicecoach.events import Sound, Timeline
from voicecoach.speech import SpeechArchive

# The numbers count how such things were made: raise one when its content changes, or old ones would be taken.
_KINDS = {"measure_clip": "facts 3", "encode_clip": "frames 3"}

FrameKey = tuple[int, Sound]
"""What frames stand for: a sound that begins so many samples into the first."""

_Asked = tuple[Sound, tuple[int, ...]]


class ClipFacts(NamedTuple):
    """What is known of a clip: its fingerprint, and its weighted power for each `CELL_MS`."""

    fingerprint: str
    powers: "array[float]"


class EncodedClip(NamedTuple):
    """A clip as whole frames, and the true peak of what a decoder makes of them."""

    peak_dbtp: float
    frames: bytes


def find_facts(speech: SpeechArchive, timeline: Timeline, progress: Callable[[float], None]) -> dict[Sound, ClipFacts]:
    """Return what is known of each sound of a session; raises and calls `progress` as `find_frames` does."""
    found = _find(speech, "measure_clip", ((event.sound, ()) for event in timeline.events), progress)
    return {sound: _parse_facts(content) for (sound, _), content in found.items()}


def find_frames(
    speech: SpeechArchive, gains: Mapping[FrameKey, int], bit_rate: int, progress: Callable[[float], None]
) -> dict[FrameKey, EncodedClip]:
    """Return the frames of sounds, each at its gain in half decibels.

    `progress` is called with the share that is done. Raises what `speech.clip` and the encoder raise.
    """
    asked = ((sound, (bit_rate, offset, gain)) for (offset, sound), gain in gains.items())
    found = _find(speech, "encode_clip", asked, progress)
    return {(offset, sound): parse_frames(content) for (sound, (_, offset, _)), content in found.items()}


def _find(
    speech: SpeechArchive, maker: str, asked: Iterable[_Asked], progress: Callable[[float], None]
) -> dict[_Asked, bytes]:
    """Return what a function of `clip_encoder` makes of each clip, given the numbers besides."""
    kinds = {each: "/".join((_KINDS[maker], *map(str, each[1]))) for each in asked}
    found = {each: speech.stored(each[0], kind) for each, kind in kinds.items()}
    missing = [each for each, content in found.items() if content is None]
    done = count(len(kinds) - len(missing) + 1)

    def make(each: _Asked) -> bytes:
        sound, numbers = each
        content: bytes = resolve_name(f"voicecoach.export.clip_encoder:{maker}")(speech.clip(sound), *numbers)
        speech.store(sound, kinds[each], content)
        progress(next(done) / len(kinds))
        return content

    if missing:
        # LAME works outside the interpreter's lock.
        with ThreadPoolExecutor(worker_count()) as pool:
            found.update(zip(missing, pool.map(make, missing), strict=True))
    progress(1.0)
    return {each: content for each, content in found.items() if content is not None}


def _parse_facts(content: bytes) -> ClipFacts:
    end = 1 + content[0]
    return ClipFacts(content[1:end].decode("ascii"), array("f", content[end:]))


def parse_frames(content: bytes) -> EncodedClip:
    """Read what `encode_clip` returned."""
    return EncodedClip(int.from_bytes(content[:2], "big", signed=True) / 100, content[2:])
