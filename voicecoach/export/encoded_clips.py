"""Clips as they stand in an MP3, and as the cache keeps them: what is known of a sound, and its frames."""

import struct
from array import array
from typing import NamedTuple

HALF_DB = 0.5
"""Gains are counted in these, so that few are told apart."""

_PEAK = struct.Struct(">h")  # in hundredths of a decibel
_LEAST_DBTP = -300.0


class ClipFacts(NamedTuple):
    """What is known of a clip: its fingerprint, and its weighted power for each `CELL_MS`."""

    fingerprint: str
    powers: "array[float]"


class EncodedClip(NamedTuple):
    """A clip as whole frames, and the true peak of what a decoder makes of them."""

    peak_dbtp: float
    frames: bytes


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
