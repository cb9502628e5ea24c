"""An MP3 as a file: a tag, a frame that tells the exact length, and frames, wherever they come from."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from voicecoach.events import Chapter
from voicecoach.export.id3 import compose_tag
from voicecoach.export.mpeg import FRAME, frames_in, info_frame

_WIRE = 1 << 20  # bytes handed to the disk at once


class Trim(NamedTuple):
    """What of the frames is sound: after `delay` samples, as many as `samples` tells at the end."""

    delay: int
    samples: Callable[[], int]


def write_frames(
    path: str,
    frames: Iterable[bytes],
    rate_hz: int,
    bit_rate: int,
    tags: dict[str, str],
    chapters: tuple[Chapter, ...],
    trim: Trim,
) -> None:
    """Write a tag, what tells of the frames, and `frames` in runs of whole ones; raises OSError."""
    count = size = 0
    with Path(path).open("wb", buffering=_WIRE) as file:
        file.write(compose_tag(tags, chapters))
        front = file.tell()
        file.write(info_frame(rate_hz, bit_rate, 0, 0, 0, 0))
        for run in frames:
            count += frames_in(run, rate_hz, bit_rate)
            size += len(run)
            file.write(run)
        file.seek(front)
        padding = count * FRAME - trim.samples() - trim.delay
        file.write(info_frame(rate_hz, bit_rate, count, size, trim.delay, padding))
