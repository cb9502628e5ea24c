"""Clips as they stand in an MP3: what is known of each one's sound, and its frames, made once and kept."""

import struct
from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
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
    speech: SpeechArchive, wanted: Mapping[Name, tuple[Sound, Recipe]], progress: Callable[[float], None]
) -> dict[Name, bytes]:
    """Return what is made of sounds, by the names given to them; what is missing is made on all cores.

    `progress` is called with the share that is done. Raises what `speech.clip` and the encoder raise.
    """
    found = {name: speech.stored(sound, recipe.kind) for name, (sound, recipe) in wanted.items()}
    missing = [name for name, content in found.items() if content is None]
    done = count(len(wanted) - len(missing) + 1)

    def make(name: Name) -> bytes:
        sound, recipe = wanted[name]
        content = recipe.make(speech, sound)
        progress(next(done) / len(wanted))
        return content

    if missing:
        # LAME works outside the interpreter's lock.
        with ThreadPoolExecutor(worker_count()) as pool:
            found.update(zip(missing, pool.map(make, missing), strict=True))
    progress(1.0)
    return {name: content for name, content in found.items() if content is not None}


def find_facts(
    speech: SpeechArchive, sounds: Iterable[Sound], progress: Callable[[float], None]
) -> dict[Sound, ClipFacts]:
    """Return what is known of each of the sounds."""
    found = make_missing(speech, {sound: (sound, FACTS) for sound in sounds}, progress)
    return {sound: parse_facts(content) for sound, content in found.items()}


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
