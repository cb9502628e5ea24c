"""A finished file, heard again: what a decoder makes of it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext

_CLIPPED = 0.9999  # the highest of 16 bits, which miniaudio decodes to
_AT_ONCE = 64  # frames of some 26 ms: small blocks cost more than what is in them


def decode_file(path: str) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the sound of `path` as mono blocks, shape (n,), full scale 1, overshoots kept; raises OSError."""
    import av

    with av.open(str(Path(path).absolute())) as container:
        frames = (frame.to_ndarray()[0] for frame in container.decode(audio=0))
        while gathered := list(islice(frames, _AT_ONCE)):
            sound = np.concatenate(gathered)
            yield sound.astype(np.float32) / np.float32(32768 if sound.dtype == np.int16 else 1)


def decode_frames(frames: bytes) -> npt.NDArray[np.float32]:
    """Return the sound of bare MP3 frames, shape (n,), full scale 1, overshoots kept, with a decoder's delay.

    By miniaudio, in one call: PyAV waits for the interpreter's lock after each frame, but alone overshoots.
    """
    import miniaudio

    sound = np.frombuffer(miniaudio.mp3_read_f32(frames).samples, np.float32)
    if max(sound.max(initial=0), -sound.min(initial=0)) < _CLIPPED:
        return sound
    import av

    context = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
    return np.concatenate([block.to_ndarray()[0] for block in context.decode(av.Packet(frames))])
