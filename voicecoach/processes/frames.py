"""The frames that pass between the program and its children: a mark, two lengths, a JSON header, bytes."""

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

READY = "ready"
FAILED = "failed"
"""The kinds that every child sends: that it can serve, or `why` it cannot."""

_MARK = b"vcp1"
_LENGTHS = struct.Struct("!4sII")
_MOST_HEADER = 1 << 20
# Six hours of sound: a longer frame is no frame of ours, and its length is not asked of the memory.
_MOST_PAYLOAD = 1 << 30


class Frame(NamedTuple):
    """What is sent at once: its kind, a few named values, and bytes such as samples."""

    kind: str
    fields: Mapping[str, Any]
    payload: bytes


class GarbledError(Exception):
    """The stream carries something else than frames."""


def write_frame(write: Callable[[bytes], object], frame: Frame) -> None:
    """Send one frame; raises OSError when nobody listens."""
    header = json.dumps([frame.kind, frame.fields]).encode()
    write(_LENGTHS.pack(_MARK, len(header), len(frame.payload)) + header + frame.payload)


def read_frame(read: Callable[[int], bytes]) -> Frame:
    """Receive one frame; raises GarbledError, and EOFError where the stream ends before the frame does.

    `read` returns as many bytes as it is asked for, and fewer only at the end.
    """
    mark, header_bytes, payload_bytes = _LENGTHS.unpack(_read_exactly(read, _LENGTHS.size))
    if mark != _MARK or header_bytes > _MOST_HEADER or payload_bytes > _MOST_PAYLOAD:
        raise GarbledError
    header, payload = _read_exactly(read, header_bytes), _read_exactly(read, payload_bytes)
    try:
        kind, fields = json.loads(header)
    except (ValueError, TypeError, RecursionError):
        raise GarbledError from None
    if isinstance(kind, str) and isinstance(fields, dict):
        return Frame(kind, fields, payload)
    raise GarbledError


def _read_exactly(read: Callable[[int], bytes], length: int) -> bytes:
    received = read(length)
    if len(received) != length:
        raise EOFError
    return received
