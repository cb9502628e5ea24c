"""WAV files: the sound as it is, without tags or chapters, which the format has no common place for."""

import wave
from collections.abc import Iterable
from pathlib import Path

from voicecoach.audio import Pcm
from voicecoach.errors import FileError
from voicecoach.events import Chapter

MOST_BYTES = 0xFFFF_FFFF - 36
"""How much sound fits: the header keeps the file's length, less its first eight bytes, in 32 bits."""


def write_wav(
    path: str,
    blocks: Iterable[Pcm],
    rate_hz: int,
    tags: dict[str, str],  # noqa: ARG001 - part of the protocol
    chapters: tuple[Chapter, ...],  # noqa: ARG001
) -> None:
    """Write `blocks` to `path` as mono 16-bit PCM; raises OSError, and FileError for more than 4 GB."""
    written = 0
    with Path(path).open("wb") as file, wave.open(file, "wb") as out:
        out.setparams((1, 2, rate_hz, 0, "NONE", ""))
        for block in blocks:
            written += 2 * len(block)
            if written > MOST_BYTES:
                raise FileError(path, "a WAV file holds at most 4 GB", "write .mp3 instead")
            out.writeframesraw(block.astype("<i2", copy=False).tobytes())
