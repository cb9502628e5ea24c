"""MP3 files: a tag, a frame that tells the exact length, and frames; encoded by LAME."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.events import Chapter
from voicecoach.export import BIT_RATE
from voicecoach.export.id3 import compose_tag
from voicecoach.export.lame import encode_frames
from voicecoach.export.mpeg import FRAME, frames_in, info_frame

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from voicecoach.audio import Pcm

ENCODER_DELAY = 576
"""How many samples LAME puts in front of the first one."""

_CALL_S = 5  # fewer crossings into the encoder
_WIRE = 1 << 20  # bytes handed to the disk at once


def write_mp3(
    path: str,
    blocks: Iterable["Pcm"],
    rate_hz: int,
    tags: dict[str, str],
    chapters: tuple[Chapter, ...],
    bit_rate: int = BIT_RATE,
) -> None:
    """Encode `blocks` to `path` as one stream; decoders that honour the header give back as many samples.

    `tags` are those of `compose_tag`. Raises OSError.
    """
    import numpy as np

    samples = 0

    def counted() -> Iterator["npt.NDArray[np.float32]"]:
        nonlocal samples
        for sound in join_blocks(blocks, _CALL_S * rate_hz):
            samples += len(sound)
            yield sound.astype(np.float32) / np.float32(32768)

    frames = encode_frames(counted(), rate_hz, bit_rate)
    write_frames(path, frames, rate_hz, bit_rate, tags, chapters, Trim(ENCODER_DELAY, lambda: samples))


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


def join_blocks(blocks: Iterable["Pcm"], least: int) -> Iterator["Pcm"]:
    """Yield the same sound in pieces of at least that many samples; the last may be shorter."""
    import numpy as np

    waiting: list[Pcm] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= least:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)
