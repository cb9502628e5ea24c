"""LAME, which makes the frames: out of the wheel of lameenc where it shows its functions, else through PyAV.

The LAME in PyAV's wheels is compiled without optimisation and takes 4.9 ms for a second of speech, that of
lameenc 1.3 (measured on x86_64). The class that lameenc offers keeps a bit reservoir, by which frames lean
on each other, and takes 16 bits alone; so LAME's functions are called (its lame.h), which the wheels for
Linux and macOS show and that for Windows does not.
"""

import ctypes
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from importlib.util import find_spec

import numpy as np

from voicecoach.clip import Floats, Pcm
from voicecoach.export.content import Content
from voicecoach.export.mpeg import write_frames
from voicecoach.mix import join_blocks

Sounds = Iterable[Floats]

ENCODER_DELAY = 576
"""How many samples LAME puts in front of the first one."""

# From 7 on LAME shapes no noise: it is twice as fast as at 5, and nearer to the sound.
_QUALITY = 7
_MONO = 3  # MPEG_mode of lame.h
_SETTINGS = {
    "num_channels": 1,
    "mode": _MONO,
    "quality": _QUALITY,
    "disable_reservoir": 1,
    "bWriteVbrTag": 0,
    "write_id3tag_automatic": 0,
}
# LAME turns the sound down by this factor at bit rates up to 96 kbit/s (its presets.c); it is undone here.
_SCALE = 0.95
_ROOM = 7200  # bytes that lame.h asks for besides 1.25 a sample
_CALL_S = 5  # fewer crossings into the encoder


def write_mp3(path: str, blocks: Iterable[Pcm], content: Content) -> None:
    """Encode `blocks` to `path` as one stream; decoders that honour the header give back as many samples.

    Raises OSError.
    """
    samples = 0

    def counted() -> Iterator[Floats]:
        nonlocal samples
        for sound in join_blocks(blocks, _CALL_S * content.rate_hz):
            samples += len(sound)
            yield sound.astype(np.float32) / np.float32(32768)

    frames = encode_frames(counted(), content.rate_hz, content.bit_rate)
    write_frames(path, frames, content, ENCODER_DELAY, lambda: samples)


def encode_frames(sounds: Sounds, rate_hz: int, bit_rate: int) -> Iterator[bytes]:
    """Yield the frames of consecutive sounds, shape (n,), full scale 1; none of them leans on another's bits.

    So many samples as fill n frames, whole or in part, give n + 2. Raises OSError where LAME fails.
    """
    lame = lame_functions()
    return _by_functions(lame, sounds, rate_hz, bit_rate) if lame else encode_by_av(sounds, rate_hz, bit_rate)


@cache
def lame_functions() -> ctypes.CDLL | None:
    """Return the library that shows LAME's functions, None where there is none."""
    try:
        spec = find_spec("lameenc")
        if not spec or not spec.origin:
            return None
        library = ctypes.CDLL(spec.origin)
        library.lame_init.restype = ctypes.c_void_p
        pointer, number = ctypes.c_void_p, ctypes.c_int
        library.lame_encode_buffer_ieee_float.argtypes = [pointer, pointer, pointer, number, pointer, number]
        library.lame_encode_flush.argtypes = [pointer, pointer, number]
    except Exception:  # noqa: BLE001 - whatever is wrong with it, there is the other one
        return None
    return library


def _by_functions(lame: ctypes.CDLL, sounds: Sounds, rate_hz: int, bit_rate: int) -> Iterator[bytes]:
    encoder = ctypes.c_void_p(lame.lame_init())
    rates = {"in_samplerate": rate_hz, "out_samplerate": rate_hz, "brate": bit_rate // 1000}
    try:
        for name, value in {**_SETTINGS, **rates}.items():
            getattr(lame, f"lame_set_{name}")(encoder, value)
        if lame.lame_init_params(encoder) < 0:
            raise OSError(f"LAME does not encode {rate_hz} Hz at {bit_rate} bit/s")
        for sound in sounds:
            scaled = np.ascontiguousarray(sound / _SCALE, np.float32)
            room = len(scaled) * 5 // 4 + _ROOM
            frames, at = ctypes.create_string_buffer(room), scaled.ctypes.data
            size = lame.lame_encode_buffer_ieee_float(encoder, at, at, len(scaled), frames, room)
            yield _checked(frames, size)
        frames = ctypes.create_string_buffer(_ROOM)
        yield _checked(frames, lame.lame_encode_flush(encoder, frames, _ROOM))
    finally:
        lame.lame_close(encoder)


def _checked(frames: "ctypes.Array[ctypes.c_char]", size: int) -> bytes:
    if size < 0:
        raise OSError(f"LAME fails with {size}")
    return frames.raw[:size]


def encode_by_av(sounds: Sounds, rate_hz: int, bit_rate: int) -> Iterator[bytes]:
    """Yield the same as `encode_frames`, through PyAV."""
    # 0.1 s, which a machine does without on which LAME shows its functions.
    import av

    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate, context.layout, context.format = rate_hz, "mono", "fltp"
    context.bit_rate, context.time_base = bit_rate, Fraction(1, rate_hz)
    context.options = {"reservoir": "0", "compression_level": str(_QUALITY)}
    at = 0
    for sound in filter(len, sounds):
        scaled = (sound / _SCALE).astype("f4")[None, :]
        frame = av.AudioFrame.from_ndarray(scaled, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = rate_hz, at
        at += len(sound)
        yield b"".join(map(bytes, context.encode(frame)))
    yield b"".join(map(bytes, context.encode(None)))
