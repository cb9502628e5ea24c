"""The frames that pass between the program and an engine's worker: a mark, a kind, a length, a payload."""

import struct
from collections.abc import Callable

READY = b"R"
VOICES = b"V"
RENDER = b"S"
SOUND = b"P"
REFUSED = b"E"

_MARK = b"vcw1"
_HEADER = struct.Struct("!4scI")
_MOST = 1 << 30
"""Six hours of sound: a longer frame is no frame of ours."""


class WireError(Exception):
    """What came out of the pipe is not a frame."""


class EndedError(WireError):
    """The stream ended before a frame did."""


class GarbledError(WireError):
    """The stream carries something else than frames."""


def write_frame(write: Callable[[bytes], object], kind: bytes, payload: bytes = b"") -> None:
    """Send one frame; raises OSError when nobody listens."""
    write(_HEADER.pack(_MARK, kind, len(payload)) + payload)


def read_frame(read: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """Receive the kind and payload of one frame; raises WireError.

    `read` returns as many bytes as it is asked for, and fewer only at the end.
    """
    mark, kind, length = _HEADER.unpack(_exactly(read, _HEADER.size))
    if mark != _MARK or length > _MOST:
        raise GarbledError
    return kind, _exactly(read, length)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    received = read(length)
    if len(received) != length:
        raise EndedError
    return received
