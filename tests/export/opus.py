"""A format that the package does not have: what somebody adds who wants one."""

from collections.abc import Iterable

import av
import numpy as np
from av.audio.frame import AudioFrame

from voicecoach.clip import Pcm
from voicecoach.events import Chapter
from voicecoach.export.id3 import SCRIPT


def write_opus(
    path: str,
    blocks: Iterable[Pcm],
    rate_hz: int,
    tags: dict[str, str],
    chapters: tuple[Chapter, ...],  # noqa: ARG001 - this row has none
    bit_rate: int,
) -> None:
    """Encode `blocks` to `path` as Opus in Ogg."""
    with av.open(path, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate_hz, layout="mono")
        stream.bit_rate = bit_rate
        stream.metadata.update({SCRIPT if name == "script" else name: tags[name] for name in tags})
        at = 0
        for block in blocks:
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block)[None, :], format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate_hz, at
            at += len(block)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
