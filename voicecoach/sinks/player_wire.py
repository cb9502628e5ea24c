"""What passes between the program and its sound player: a kind, a rate, a moment, a length, bytes."""

import struct
from collections.abc import Callable

PLAY = b"P"
STOP = b"X"
READY = b"R"
STARTED = b"S"
FAILED = b"E"

_HEADER = struct.Struct("!cIdI")
Message = tuple[bytes, bytes, int, float]
"""Kind, content, rate in Hz, and a moment in seconds of the system's monotonic clock."""


def packed(kind: bytes, content: bytes = b"", rate_hz: int = 0, at_s: float = 0.0) -> bytes:
    """Return a message as it is sent."""
    return _HEADER.pack(kind, rate_hz, at_s, len(content)) + content


def read_message(read: Callable[[int], bytes]) -> Message:
    """Receive a message; raises EOFError at the end. `read` gives fewer bytes than asked only there."""
    header = read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    kind, rate_hz, at_s, length = _HEADER.unpack(header)
    content = read(length)
    if len(content) < length:
        raise EOFError
    return kind, content, rate_hz, at_s
