"""A stranger's file is refused in a sentence or fails, whatever its numbers say, at once."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bounds import within_cpu_s
from tests.cli.running import run
from tests.verify.hostile import MANIFEST, chunk, wav
from voicecoach.audio import RATE_HZ
from voicecoach.errors import FileError
from voicecoach.fingerprint import fingerprint
from voicecoach.verify import verify

HALF, WHOLE = 2**31 - 1, 2**32 - 1
AT_ONCE_S = 5

REFUSED = {
    "an unknown format": (wav(tag=0x9999), "coded in a way that is not known"),
    "no format": (wav(tag=0), "coded in a way that is not known"),
    "no bits": (wav(bits=0), "coded in a way that is not known"),
    "65535 bits": (wav(bits=65535), "coded in a way that is not known"),
    "a codec for video calls": (wav(tag=0x31), "coded in a way that is not known"),
    "no channels": (wav(channels=0), "has 0 channels"),
    "60 channels": (wav(channels=60), "has 60 channels"),
    **{
        f"a rate of {rate_hz} Hz": (wav(rate_hz=rate_hz), "has a rate of")
        for rate_hz in (1, 9, 10, 20, 3999, 384_001, 10_000_000, HALF)
    },
    "no rate": (wav(rate_hz=0), "can be decoded"),
    "a rate beyond all": (wav(rate_hz=WHOLE), "can be decoded"),
    "a format chunk of 4 GB": (wav(head_size=WHOLE), "can be decoded"),
    "sound of 4 GB": (wav(data_size=WHOLE), "carries no script"),
    "no script": (wav(script_size=0), "carries no script"),
    "a cut script": (wav(script_size=3), "script cannot be read"),
    "a list of other files": (b"#EXTM3U\n#EXTINF:1,\n/dev/zero\n", "can be decoded"),
    "a list of parts": (b"ffconcat version 1.0\nfile a.wav\n", "can be decoded"),
    "four letters": (b"RIFF", "can be decoded"),
}

JUDGED = {
    "no bytes a second": wav(byte_rate=0),
    "no block": wav(block_align=0),
    "blocks of 64 KB": wav(block_align=65535),
    "a file of no length": wav(riff_size=0),
    "a file of 4 GB": wav(riff_size=WHOLE),
    "an odd chunk": wav(before=[chunk(b"JUNK", b"abc")]),
    "a tag of 2 GB": wav(before=[chunk(b"LIST", b"INFO" + chunk(b"INAM", b"a", HALF))]),
    "a name that is no text": wav(before=[chunk(b"LIST", b"INFO" + chunk(b"INAM", b"\xff\xfe\xfd"))]),
    "a script of 4 GB": wav(script_size=WHOLE),
    "doubles": wav(tag=3, bits=64, sound=np.full(9000, 1e300).tobytes()),
    "no numbers": wav(tag=3, bits=32, sound=np.full(9000, np.nan, "<f4").tobytes()),
    "no sound": wav(sound=b""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_header_that_no_session_has_is_refused(tmp_path: Path, name: str) -> None:
    content, what = REFUSED[name]
    (tmp_path / "a.wav").write_bytes(content)
    with within_cpu_s(AT_ONCE_S), pytest.raises(FileError, match=what):
        verify(str(tmp_path / "a.wav"))


@pytest.mark.parametrize("content", JUDGED.values(), ids=JUDGED)
def test_a_header_that_only_lies_is_judged_by_its_sound(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with within_cpu_s(AT_ONCE_S):
        assert not all(check.kept for check in verify(str(tmp_path / "a.wav")))


FIELDS = {
    "tag": st.sampled_from([0, 1, 2, 3, 6, 0x11, 0x31, 0x55, 0xFF, 0x161, 0xFFFE]) | st.integers(0, 0xFFFF),
    "channels": st.integers(0, 9) | st.integers(0, 0xFFFF),
    "rate_hz": st.sampled_from([0, 1, 4000, 22_050, 48_000, HALF, WHOLE]) | st.integers(0, WHOLE),
    "byte_rate": st.none() | st.integers(0, WHOLE),
    "block_align": st.none() | st.integers(0, 0xFFFF),
    "bits": st.sampled_from([0, 8, 16, 24, 32, 64]) | st.integers(0, 0xFFFF),
    "riff_size": st.none() | st.integers(0, WHOLE),
    "head_size": st.none() | st.integers(0, WHOLE),
    "data_size": st.none() | st.integers(0, WHOLE),
    "script_size": st.none() | st.integers(0, WHOLE),
}


@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.fixed_dictionaries({}, optional=FIELDS))
def test_whatever_a_header_says_there_is_a_sentence_or_a_check(tmp_path: Path, fields: dict[str, int]) -> None:
    (tmp_path / "a.wav").write_bytes(wav(**fields))  # type: ignore[arg-type]
    try:
        kept = all(check.kept for check in verify(str(tmp_path / "a.wav")))
    except FileError as error:
        kept = error.path != str(tmp_path / "a.wav")
    assert not kept


def tag(size: int, frames: bytes) -> bytes:
    return b"ID3\x03\0\0" + bytes(size >> shift & 127 for shift in (21, 14, 7, 0)) + frames


def comments(number: int) -> bytes:
    """Return a FLAC file of nothing but so many comments."""
    each = b"".join(struct.pack("<I", 7) + b"%05x=a" % place for place in range(number))
    block = bytes(4) + struct.pack("<I", number) + each
    about = struct.pack(">HH", 4096, 4096) + bytes(6) + (22_050 << 44 | 15 << 36).to_bytes(8, "big") + bytes(16)
    return b"fLaC\0\0\0\x22" + about + b"\x84" + len(block).to_bytes(3, "big") + block


LONG = struct.pack(">I", 2**28 - 12) + bytes(2)
SHORT = struct.pack(">I", 8) + bytes(3)
HEAVY = {
    "a tag of 256 MB": tag(2**28 - 1, b"TXXX" + LONG + b"a" * (2**28 - 11)),
    "a hundred thousand tags": tag(
        1_700_000, b"".join(b"TXXX" + SHORT + b"%05x\0a" % place for place in range(100_000))
    ),
    "a hundred thousand comments": comments(100_000),
}
MOST_KB = 500_000

LIMITED = """
import resource, subprocess, sys
command = [sys.executable, "-m", "voicecoach", "verify", sys.argv[1]]
done = subprocess.run(command, capture_output=True, text=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.stderr, sep="|")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it asks what memory a process took")
@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY)
def test_what_would_take_gigabytes_or_hours_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "heavy.mp3").write_bytes(content)
    command = [sys.executable, "-c", LIMITED, "heavy.mp3"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=300)
    code, most_kb, said = done.stdout.split("|")
    assert code == "1"
    assert int(most_kb) < MOST_KB * (1 if sys.platform == "linux" else 1024)
    assert said.startswith("voicecoach: heavy.mp3: ")
    assert len(said.strip().splitlines()) == 1
    assert "error of its own" not in said


def test_twenty_thousand_sounds_and_six_hundred_events_are_judged_at_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    prints = ["".join(f"{digit:x}" for digit in row) for row in rng.integers(0, 16, (20_000, 128))]
    sounds = [[f"word {n}", 100 + n % 397, digits] for n, digits in enumerate(prints)]
    events = [[n * 500, n * 33, "s"] for n in range(600)]
    script = json.dumps({**MANIFEST, "duration_ms": 300_000, "sounds": sounds, "events": events}).encode()
    noise = rng.integers(-9000, 9000, 300 * RATE_HZ).astype("<i2").tobytes()
    (tmp_path / "a.wav").write_bytes(wav(script=script, sound=noise))
    with within_cpu_s(6 * AT_ONCE_S):
        assert not all(check.kept for check in verify(str(tmp_path / "a.wav")))


def test_a_word_that_is_almost_itself_is_compared_with_thousands_at_once(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).integers(-9000, 9000, 60 * RATE_HZ).astype("<i2")
    sounds, events = [], []
    for n in range(120):
        at, length_ms = n * 500, 100 + n * 3
        heard = fingerprint(noise[at * RATE_HZ // 1000 :][: length_ms * RATE_HZ // 1000], RATE_HZ)
        # Half of its slots are those of silence: about 0.7 to 0.98 alike.
        sounds.append([f"word {n}", length_ms, heard[:100] + "8" * 28])
        events.append([at, n, "s"])
    script = json.dumps({**MANIFEST, "duration_ms": 60_000, "sounds": sounds, "events": events}).encode()
    (tmp_path / "a.wav").write_bytes(wav(script=script, sound=noise.tobytes()))
    with within_cpu_s(6 * AT_ONCE_S):
        assert not all(check.kept for check in verify(str(tmp_path / "a.wav")))


def test_the_object_says_what_the_lines_say(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav())
    done = run("verify", "a.wav", "--json", cwd=tmp_path)
    whole = json.loads(done.stdout)
    assert done.returncode == 1
    assert (whole["schema"], whole["file"], whole["kept"]) == (1, "a.wav", False)
    assert {frozenset(each) for each in whole["checks"]} == {frozenset({"name", "kept", "found", "worst"})}
    assert "onsets" in {each["name"] for each in whole["checks"] if not each["kept"]}
