"""Clips as they stand in an MP3: what is known of each one's sound, and its frames, made once and kept."""

import struct
from array import array
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from voicecoach.cores import worker_count
from voicecoach.events import Sound

if TYPE_CHECKING:
    from voicecoach.audio import Clip

HALF_DB = 0.5
"""Gains are counted in these, so that few are told apart."""

_FACTS = "facts 3"
_FRAMES = "frames 3"
_PEAK = struct.Struct(">h")  # in hundredths of a decibel
_LEAST_DBTP = -300.0

Name = TypeVar("Name", bound=Hashable)


class Shelf(Protocol):
    """Where clips are, and what was made of them."""

    def clip(self, sound: Sound) -> "Clip":
        """Return the finished sound; any thread may ask."""
        ...

    def stored(self, sound: Sound, kind: str) -> bytes | None:
        """Return what was stored of a sound under `kind`, None where nothing was."""
        ...

    def store(self, sound: Sound, kind: str, content: bytes) -> None:
        """Store what was made of a sound."""
        ...


class ClipFacts(NamedTuple):
    """What is known of a clip: its fingerprint, and its weighted power for each `CELL_MS`."""

    fingerprint: str
    powers: "array[float]"


class EncodedClip(NamedTuple):
    """A clip as whole frames, and the true peak of what a decoder makes of them."""

    peak_dbtp: float
    frames: bytes


@dataclass(frozen=True, slots=True)
class Recipe:
    """Something made of a clip: the name of its kind, which says all that decides it, and how."""

    kind: str
    make: Callable[["Clip"], bytes]


def make_missing(
    shelf: Shelf, wanted: Iterable[tuple[Name, Sound, Recipe]], tell: Callable[[], None]
) -> dict[Name, bytes]:
    """Return what is made of sounds, by the names given to them; what is missing is made on all cores.

    `tell` is called after each. Raises what a recipe or `shelf.clip` raises.
    """
    found: dict[Name, bytes] = {}
    missing: list[tuple[Name, Sound, Recipe]] = []
    for name, sound, recipe in wanted:
        content = shelf.stored(sound, recipe.kind)
        if content is None:
            missing.append((name, sound, recipe))
        else:
            found[name] = content
            tell()
    if missing:
        from concurrent.futures import ThreadPoolExecutor

        def made(_: Name, sound: Sound, recipe: Recipe) -> bytes:
            content = recipe.make(shelf.clip(sound))
            shelf.store(sound, recipe.kind, content)
            tell()
            return content

        # LAME works outside the interpreter's lock.
        with ThreadPoolExecutor(worker_count()) as pool:
            found.update(
                zip(
                    (name for name, _, _ in missing),
                    pool.map(lambda each: made(*each), missing),
                    strict=True,
                )
            )
    return found


def find_facts(
    shelf: Shelf, sounds: Iterable[Sound], progress: Callable[[float], None]
) -> dict[Sound, ClipFacts]:
    """Return what is known of each of the sounds."""
    distinct = dict.fromkeys(sounds)
    recipe = Recipe(_FACTS, _composed_facts)
    told = count_progress(len(distinct), progress)
    found = make_missing(shelf, ((sound, sound, recipe) for sound in distinct), told)
    return {sound: _read_facts(found[sound]) for sound in distinct}


def count_progress(total: int, progress: Callable[[float], None]) -> Callable[[], None]:
    """Return what is called after each of `total` things, and tells `progress` the share that is done."""
    done = count(1)
    return lambda: progress(min(1.0, next(done) / max(total, 1)))


def _read_facts(content: bytes) -> ClipFacts:
    length = content[0]
    powers = array("f")
    powers.frombytes(content[1 + length :])
    return ClipFacts(content[1 : 1 + length].decode("ascii"), powers)


def frames_recipe(offset: int, bit_rate: int, gain_half_db: int) -> Recipe:
    """Return how frames are made of a clip that begins `offset` samples into the first, at a gain."""
    kind = f"{_FRAMES}/{bit_rate}/{offset}/{gain_half_db}"
    return Recipe(kind, lambda clip: _composed_piece(clip, offset, bit_rate, gain_half_db))


def parse_encoded_clip(content: bytes) -> EncodedClip:
    """Read what `frames_recipe` made."""
    return EncodedClip(_PEAK.unpack_from(content)[0] / 100, content[_PEAK.size :])


def _composed_facts(clip: "Clip") -> bytes:
    from voicecoach.export.loudness import cell_powers
    from voicecoach.fingerprint import fingerprint

    digits = fingerprint(clip.pcm, clip.rate_hz).encode("ascii")
    return bytes([len(digits)]) + digits + cell_powers(clip.pcm, clip.rate_hz).astype("f4").tobytes()


def _composed_piece(clip: "Clip", offset: int, bit_rate: int, gain_half_db: int) -> bytes:
    import numpy as np

    from voicecoach.export.decoder import decode_frames
    from voicecoach.export.lame import encode_frames
    from voicecoach.export.loudness import true_peak_dbtp

    gain = 10 ** (gain_half_db * HALF_DB / 20) / 32768
    sound = np.concatenate([np.zeros(offset, np.float32), clip.pcm * np.float32(gain)])
    frames = b"".join(encode_frames([sound], clip.rate_hz, bit_rate))
    peak_dbtp = true_peak_dbtp(decode_frames(frames))
    return _PEAK.pack(round(max(peak_dbtp, _LEAST_DBTP) * 100)) + frames
