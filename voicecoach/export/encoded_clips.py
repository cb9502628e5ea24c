"""Clips as they stand in an MP3: what is known of each one's sound, and its frames, made once and kept."""

import struct
from array import array
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pkgutil import resolve_name
from typing import NamedTuple, TypeVar

from voicecoach.cores import worker_count
from voicecoach.events import Sound
from voicecoach.speech import SpeechArchive

HALF_DB = 0.5
"""Gains are counted in these, so that few are told apart."""

_FACTS = "facts 3"
_FRAMES = "frames 3"
_PEAK = struct.Struct(">h")  # in hundredths of a decibel
_LEAST_DBTP = -300.0

Name = TypeVar("Name", bound=Hashable)


class ClipFacts(NamedTuple):
    """What is known of a clip: its fingerprint, and its weighted power for each `CELL_MS`."""

    fingerprint: str
    powers: "array[float]"


class EncodedClip(NamedTuple):
    """A clip as whole frames, and the true peak of what a decoder makes of them."""

    peak_dbtp: float
    frames: bytes


class Recipe(NamedTuple):
    """Something made of a clip: the name of its kind, which says all that decides it, and what makes it.

    `maker` is a function of `clip_encoder`, which is loaded once something is missing, and not before.
    """

    kind: str
    maker: str
    arguments: tuple[int, ...] = ()

    def make(self, speech: SpeechArchive, sound: Sound) -> bytes:
        """Make it of a sound's clip, and store it."""
        make = resolve_name(f"voicecoach.export.clip_encoder:{self.maker}")
        content: bytes = make(speech.clip(sound), *self.arguments)
        speech.store(sound, self.kind, content)
        return content


FACTS = Recipe(_FACTS, "measure_clip")


def frames_recipe(offset: int, bit_rate: int, gain_half_db: int) -> Recipe:
    """Return how frames are made of a clip that begins `offset` samples into the first, at a gain."""
    kind = f"{_FRAMES}/{bit_rate}/{offset}/{gain_half_db}"
    return Recipe(kind, "encode_clip", (offset, bit_rate, gain_half_db))


def make_missing(
    speech: SpeechArchive, wanted: Iterable[tuple[Name, Sound, Recipe]], tell: Callable[[], None]
) -> dict[Name, bytes]:
    """Return what is made of sounds, by the names given to them; what is missing is made on all cores.

    `tell` is called after each. Raises what `speech.clip` and the encoder raise.
    """
    found: dict[Name, bytes] = {}
    missing: list[tuple[Name, Sound, Recipe]] = []
    for name, sound, recipe in wanted:
        content = speech.stored(sound, recipe.kind)
        if content is None:
            missing.append((name, sound, recipe))
        else:
            found[name] = content
            tell()

    def make(each: tuple[Name, Sound, Recipe]) -> bytes:
        _, sound, recipe = each
        content = recipe.make(speech, sound)
        tell()
        return content

    if missing:
        # LAME works outside the interpreter's lock.
        with ThreadPoolExecutor(worker_count()) as pool:
            made = pool.map(make, missing)
            found.update(zip((name for name, _, _ in missing), made, strict=True))
    return found


def find_facts(
    speech: SpeechArchive, sounds: Iterable[Sound], progress: Callable[[float], None]
) -> dict[Sound, ClipFacts]:
    """Return what is known of each of the sounds."""
    distinct = dict.fromkeys(sounds)
    told = count_progress(len(distinct), progress)
    found = make_missing(speech, ((sound, sound, FACTS) for sound in distinct), told)
    return {sound: parse_facts(found[sound]) for sound in distinct}


def count_progress(total: int, progress: Callable[[float], None]) -> Callable[[], None]:
    """Return what is called after each of `total` things, and tells `progress` the share that is done."""
    done = count(1)
    return lambda: progress(min(1.0, next(done) / max(total, 1)))


def compose_facts(fingerprint: str, powers: bytes) -> bytes:
    """Return the facts of a clip as they are stored: its fingerprint, and its powers as 32-bit floats."""
    digits = fingerprint.encode("ascii")
    return bytes([len(digits)]) + digits + powers


def parse_facts(content: bytes) -> ClipFacts:
    """Read what `compose_facts` composed."""
    length = content[0]
    return ClipFacts(content[1 : 1 + length].decode("ascii"), array("f", content[1 + length :]))


def compose_encoded_clip(peak_dbtp: float, frames: bytes) -> bytes:
    """Return frames and their peak as they are stored."""
    return _PEAK.pack(round(max(peak_dbtp, _LEAST_DBTP) * 100)) + frames


def parse_encoded_clip(content: bytes) -> EncodedClip:
    """Read what `compose_encoded_clip` composed."""
    return EncodedClip(_PEAK.unpack_from(content)[0] / 100, content[_PEAK.size :])
