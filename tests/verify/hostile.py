"""Sound files that no honest program writes: a WAV of which every number can be said."""

import json
import struct
from collections.abc import Sequence

from voicecoach.audio import RATE_HZ

PRINT = "0" * 128
MANIFEST = {
    "voicecoach": 1,
    "title": "",
    "language": "en",
    "duration_ms": 2000,
    "levelled": False,
    "chapters": [["Welcome", 0, 2000]],
    "sounds": [["one", 300, PRINT], ["two", 400, PRINT]],
    "events": [[500, 0, "s"], [1200, 1, "c"]],
    "holds": [],
}
"""What a file of two words carries."""

SCRIPT = json.dumps(MANIFEST).encode()


def chunk(name: bytes, content: bytes, size: int | None = None) -> bytes:
    """Return a RIFF chunk; `size` is what it says of its length, whether that is true or not."""
    return name + struct.pack("<I", len(content) if size is None else size) + content + b"\0" * (len(content) % 2)


def wav(  # noqa: PLR0913 - a field a number of the headers
    *,
    tag: int = 1,
    channels: int = 1,
    rate_hz: int = RATE_HZ,
    byte_rate: int | None = None,
    block_align: int | None = None,
    bits: int = 16,
    sound: bytes = bytes(4 * RATE_HZ),
    head_size: int | None = None,
    data_size: int | None = None,
    script: bytes = SCRIPT,
    script_size: int | None = None,
    riff_size: int | None = None,
    before: Sequence[bytes] = (),
    extension: bytes = b"",
) -> bytes:
    """Return a WAV file in which each number of the headers is as said, and true where nothing is said."""
    align = channels * bits // 8 & 0xFFFF if block_align is None else block_align
    rate = rate_hz * align & 0xFFFF_FFFF if byte_rate is None else byte_rate
    head = struct.pack("<HHIIHH", tag, channels, rate_hz, rate, align, bits) + extension
    body = b"".join(
        (
            b"WAVE",
            *before,
            chunk(b"fmt ", head, head_size),
            chunk(b"data", sound, data_size),
            chunk(b"vcsc", script, script_size),
        )
    )
    return b"RIFF" + struct.pack("<I", len(body) if riff_size is None else riff_size) + body
