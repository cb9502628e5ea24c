"""A finished file, heard again: what a decoder makes of it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt


def decoded(path: str) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the sound of `path` as mono blocks, shape (n,), full scale 1, overshoots kept; raises OSError."""
    import av

    with av.open(str(Path(path).absolute())) as container:
        for frame in container.decode(audio=0):
            sound = frame.to_ndarray()[0]
            yield sound.astype(np.float32) / np.float32(32768 if sound.dtype == np.int16 else 1)
