"""A finished file, heard again: what a decoder makes of it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext


_AT_ONCE = 64  # frames of some 26 ms: small blocks cost more than what is in them


def decoded(path: str) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the sound of `path` as mono blocks, shape (n,), full scale 1, overshoots kept; raises OSError."""
    import av

    with av.open(str(Path(path).absolute())) as container:
        frames = (frame.to_ndarray()[0] for frame in container.decode(audio=0))
        while gathered := list(islice(frames, _AT_ONCE)):
            sound = np.concatenate(gathered)
            yield sound.astype(np.float32) / np.float32(32768 if sound.dtype == np.int16 else 1)


def decoded_frames(frames: bytes) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the sound of bare MP3 frames as mono blocks, shape (n,), full scale 1, with a decoder's delay."""
    import av

    context = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
    # In one packet, of which the decoder takes frame after frame: packets of their own take half of the time.
    for sound in context.decode(av.Packet(frames)):
        yield np.frombuffer(memoryview(sound.planes[0]), np.float32, sound.samples)
