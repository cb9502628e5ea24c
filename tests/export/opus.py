"""A format that the package does not have: what somebody adds who wants one."""

from collections.abc import Iterable

import av
import numpy as np
from av.audio.frame import AudioFrame

from voicecoach.clip import Pcm
from voicecoach.export.content import Content
from voicecoach.export.mpeg import SCRIPT


def write_opus(path: str, blocks: Iterable[Pcm], content: Content) -> None:
    """Encode `blocks` to `path` as Opus in Ogg."""
    with av.open(path, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=content.rate_hz, layout="mono")
        stream.bit_rate = content.bit_rate
        stream.metadata.update({SCRIPT if name == "script" else name: text for name, text in content.tags.items()})
        at = 0
        for block in blocks:
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block)[None, :], format="s16", layout="mono")
            frame.sample_rate, frame.pts = content.rate_hz, at
            at += len(block)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
