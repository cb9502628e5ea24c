"""What is made of a clip once and kept: its facts, and its frames of an MP3.

Loaded once something is missing, as it brings NumPy and LAME: a session of known clips is written without.
"""

from typing import Any

import miniaudio
import numpy as np

from voicecoach.clip import Clip, Floats
from voicecoach.export.lame import encode_frames
from voicecoach.export.loudness import cell_powers, true_peak_dbtp
from voicecoach.export.mpeg import HALF_DB
from voicecoach.fingerprint import fingerprint

_LEAST_DBTP = -300.0
_CLIPPED = 0.9999  # the highest of 16 bits, which miniaudio decodes to


def measure_clip(clip: Clip) -> bytes:
    """Return the facts of a clip: the length of its fingerprint, that, and its powers as 32-bit floats."""
    digits = fingerprint(clip.pcm, clip.rate_hz).encode("ascii")
    return bytes([len(digits)]) + digits + cell_powers(clip.pcm, clip.rate_hz).tobytes()


def encode_clip(clip: Clip, bit_rate: int, offset: int, gain_half_db: int) -> bytes:
    """Return the frames of a clip that begins `offset` samples into the first, at a gain.

    In front stands their true peak in hundredths of a decibel, in two bytes.
    """
    gain = 10 ** (gain_half_db * HALF_DB / 20) / 32768
    sound = np.concatenate([np.zeros(offset, np.float32), clip.pcm * np.float32(gain)])
    frames = b"".join(encode_frames([sound], clip.rate_hz, bit_rate))
    peak_dbtp = max(true_peak_dbtp(decode_frames(frames)), _LEAST_DBTP)
    return round(peak_dbtp * 100).to_bytes(2, "big", signed=True) + frames


def decode_frames(frames: bytes) -> Floats:
    """Return the sound of bare MP3 frames, shape (n,), full scale 1, overshoots kept, with a decoder's delay.

    By miniaudio, in one call: PyAV waits for the interpreter's lock after each frame, but alone overshoots.
    """
    sound = np.frombuffer(miniaudio.mp3_read_f32(frames).samples, np.float32)
    if max(sound.max(initial=0), -sound.min(initial=0)) < _CLIPPED:
        return sound
    # PyAV takes longer to load than all clips of a session to encode, and few clips clip.
    import av

    context: Any = av.CodecContext.create("mp3float", "r")
    return np.concatenate([block.to_ndarray()[0] for block in context.decode(av.Packet(frames))])
