"""A session as a stream becomes an MP3, encoded by LAME as a whole."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np

from voicecoach.clip import Floats, Pcm
from voicecoach.events import Chapter
from voicecoach.export.lame import encode_frames
from voicecoach.export.mpeg import BIT_RATE, Trim, write_frames

ENCODER_DELAY = 576
"""How many samples LAME puts in front of the first one."""

_CALL_S = 5  # fewer crossings into the encoder

_Block = TypeVar("_Block", Pcm, Floats)


def write_mp3(
    path: str,
    blocks: Iterable[Pcm],
    rate_hz: int,
    tags: dict[str, str],
    chapters: tuple[Chapter, ...],
    bit_rate: int = BIT_RATE,
) -> None:
    """Encode `blocks` to `path` as one stream; decoders that honour the header give back as many samples.

    `tags` are those of `compose_tag`. Raises OSError.
    """
    samples = 0

    def counted() -> Iterator[Floats]:
        nonlocal samples
        for sound in join_blocks(blocks, _CALL_S * rate_hz):
            samples += len(sound)
            yield sound.astype(np.float32) / np.float32(32768)

    frames = encode_frames(counted(), rate_hz, bit_rate)
    write_frames(path, frames, rate_hz, bit_rate, tags, chapters, Trim(ENCODER_DELAY, lambda: samples))


def join_blocks(blocks: Iterable[_Block], least: int) -> Iterator[_Block]:
    """Yield the same sound in pieces of at least that many samples; the last may be shorter."""
    waiting: list[_Block] = []
    size = 0
    for block in blocks:
        waiting.append(block)
        size += len(block)
        if size >= least:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)
