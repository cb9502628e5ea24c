"""The pure parts of the native engines, which speak on macOS and Windows alone."""

from dataclasses import dataclass, field
from io import BytesIO

import av
import numpy as np
import pytest

from voicecoach.engines.native import decode_sound_file
from voicecoach.engines.native_speaker import name_voices, strip_commands
from voicecoach.errors import EngineError
from voicecoach.units import RATE_HZ


@dataclass
class Found:
    id: str
    name: str | None
    languages: list[str] = field(default_factory=list)
    gender: str | None = None


def _file(container_format: str, codec: str, rate_hz: int) -> bytes:
    opened = BytesIO()
    with av.open(opened, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="mono")
        assert isinstance(stream, av.AudioStream)
        wave = np.sin(np.arange(rate_hz) * 2 * np.pi * 440 / rate_hz)
        frame = av.AudioFrame.from_ndarray((wave * 10_000).astype(np.int16)[None], format="s16", layout="mono")
        frame.rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return opened.getvalue()


@pytest.mark.parametrize(
    ("container_format", "codec", "rate_hz"),
    [("aiff", "pcm_s16be", 22_050), ("wav", "pcm_s16le", 16_000), ("wav", "pcm_s16le", 44_100)],
)
def test_what_a_system_writes_becomes_sound_at_the_sessions_rate(
    container_format: str, codec: str, rate_hz: int
) -> None:
    pcm, out_hz = decode_sound_file(_file(container_format, codec, rate_hz))
    assert out_hz == RATE_HZ
    assert len(pcm) == pytest.approx(RATE_HZ, abs=40)
    assert np.abs(pcm[RATE_HZ // 2 :].astype(int)).max() == pytest.approx(10_000, rel=0.02)


def test_no_file_is_no_sound() -> None:
    assert len(decode_sound_file(b"")[0]) == 0


@pytest.mark.parametrize("file", [b"nonsense", b"RIFF\0\0\0\0WAVE"])
def test_a_file_that_is_no_sound_is_an_error(file: bytes) -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        decode_sound_file(file)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hold [[slnc 5000]] on", "Hold   slnc 5000   on"),
        ("<silence msec='5000'/>Hold", " silence msec='5000'/ Hold"),
        ("One\x00two\nthree", "One two three"),
        ("Nádech, výdech.", "Nádech, výdech."),
    ],
)
def test_nothing_is_left_that_a_system_would_obey(text: str, words: str) -> None:
    assert strip_commands(text) == words


def test_voices_of_one_name_stay_apart() -> None:
    rows = name_voices([Found("a", "Eddy", ["en_US"]), Found("b", "Eddy", ["de-DE"]), Found("c", None)])
    assert rows == {"Eddy": ("a", "en-US", ""), "Eddy (b)": ("b", "de-DE", ""), "c": ("c", "", "")}
