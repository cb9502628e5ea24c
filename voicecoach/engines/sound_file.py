"""The sound files that a system's engine writes, as samples."""

from io import BytesIO

import av
import numpy as np

from voicecoach.clip import Pcm
from voicecoach.errors import EngineError
from voicecoach.units import RATE_HZ


def decode_sound_file(sound_file: bytes) -> tuple[Pcm, int]:
    """Decode a sound file to mono at the rate of a session; raises EngineError. No bytes are no sound."""
    blocks = [np.zeros(0, np.int16)]
    try:
        if sound_file:
            with av.open(BytesIO(sound_file), "r") as container:
                resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
                for frame in [*container.decode(audio=0), None]:
                    resampled = resampler.resample(frame)
                    blocks += [np.asarray(block.to_ndarray(), np.int16).reshape(-1) for block in resampled]
    except (av.FFmpegError, IndexError):
        raise EngineError("the system's speech engine wrote a sound file that cannot be read") from None
    return np.concatenate(blocks), RATE_HZ
