"""The writers by extension, and what players will read back from their files."""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.sounds import RATE_HZ, burst, heard, session
from tests.hearing import onsets
from voicecoach.audio import Pcm
from voicecoach.errors import FileError, UsageError
from voicecoach.events import Chapter
from voicecoach.export import wav
from voicecoach.export.content import Content
from voicecoach.export.formats import FORMATS, find_format
from voicecoach.export.lame import write_mp3
from voicecoach.export.wav import write_wav
from voicecoach.mix import join_blocks
from voicecoach.units import ms_to_samples

TAGS = {"title": "Matin à l'aise", "artist": "voicecoach", "album": "Sessions", "genre": "Speech", "language": "eng"}
CHAPTERS = (Chapter("Welcome", 0, 4_000), Chapter("Cat-cow · 1", 4_000, 9_500), Chapter("Close", 9_500, 20_017))
ENDS: tuple[Literal["start", "end"], ...] = ("start", "end")
STARTS_MS = [1_500, 2_900, 4_013, 8_888, 12_345, 19_000]


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("end_ms", [20_017, 20_000, 300, 26])
def test_a_file_decodes_to_the_very_length_and_onsets_of_its_session(
    tmp_path: Path, extension: str, end_ms: int
) -> None:
    path = tmp_path / f"session{extension}"
    starts_ms = [start for start in STARTS_MS if start < end_ms]
    blocks = session(starts_ms, end_ms, burst(600))(1.0)
    kind = find_format(str(path))
    kind.load_writer()(str(path), blocks, Content(RATE_HZ, kind.bit_rate, TAGS, ()))
    sound = heard(path)
    assert len(sound) == ms_to_samples(end_ms, RATE_HZ)
    heard_ms = np.array(onsets(sound, RATE_HZ)) * 1000 / RATE_HZ
    assert heard_ms == pytest.approx(np.array(starts_ms), abs=20)


def test_an_mp3_carries_its_tags_and_its_chapters_in_order(tmp_path: Path) -> None:
    path = tmp_path / "session.mp3"
    write_mp3(str(path), session(STARTS_MS, 20_017, burst(600))(1.0), Content(RATE_HZ, 64_000, TAGS, CHAPTERS))
    with av.open(str(path)) as container:
        read = dict(container.metadata)
        marks = container.chapters()
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels, stream.bit_rate) == (RATE_HZ, 1, 64_000)
    assert read == {**read, **TAGS}
    found = [
        (mark["metadata"]["title"], *(round(mark[end] * 1000 * (mark["time_base"] or 0)) for end in ENDS))
        for mark in marks
    ]
    assert found == [(each.title, each.start_ms, each.end_ms) for each in CHAPTERS]
    assert path.read_bytes()[:4] == b"ID3\x03"


def test_an_mp3_of_a_constant_rate_is_as_long_as_its_length_says(tmp_path: Path) -> None:
    path = tmp_path / "session.mp3"
    write_mp3(str(path), session([], 60_000, burst(10))(1.0), Content(RATE_HZ, 64_000, {}, ()))
    assert path.stat().st_size == pytest.approx(60 * 64_000 / 8, rel=0.01)


def test_an_mp3_is_as_loud_as_what_it_was_made_of(tmp_path: Path) -> None:
    path, clip = tmp_path / "tone.mp3", burst(5_000)
    write_mp3(str(path), iter([clip.pcm]), Content(RATE_HZ, 64_000, {}, ()))
    assert 20 * np.log10(heard(path).std() / clip.pcm.std()) == pytest.approx(0, abs=0.05)


def test_empty_tags_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "session.mp3"
    write_mp3(
        str(path), session([], 500, burst(10))(1.0), Content(RATE_HZ, 64_000, {"title": "", "language": "nld"}, ())
    )
    with av.open(str(path)) as container:
        assert container.metadata["language"] == "nld"
        assert "title" not in container.metadata


@pytest.mark.parametrize(("name", "what"), [("a.ogg", '".ogg" is not a format'), ("a", "the name has no extension")])
def test_an_unknown_extension_is_refused_with_the_list_of_what_can_be_written(name: str, what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        find_format(name)
    assert caught.value.hint == "end the name in .mp3 or .wav"


def test_the_case_of_an_extension_does_not_matter() -> None:
    assert find_format("A.MP3") is FORMATS[".mp3"]


def test_a_wav_holds_the_samples_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    sound = np.concatenate(list(session(STARTS_MS, 20_000, burst(600))(1.0)))
    write_wav(str(path), iter(np.array_split(sound, 7)), Content(RATE_HZ, 0, TAGS, CHAPTERS))
    with wave.open(str(path)) as read:
        assert read.getparams()[:4] == (1, 2, RATE_HZ, len(sound))
        assert np.array_equal(np.frombuffer(read.readframes(len(sound)), "<i2"), sound)


def test_a_wav_that_would_pass_4_gb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wav.MOST_BYTES + 36 == 2**32 - 1
    monkeypatch.setattr(wav, "MOST_BYTES", 40_000)

    def blocks() -> Iterator[Pcm]:
        while True:
            yield np.zeros(5_000, np.int16)

    with pytest.raises(FileError, match=r"at most 4 GB; write \.mp3 instead"):
        write_wav(str(tmp_path / "long.wav"), blocks(), Content(RATE_HZ, 0, {}, ()))


@given(st.lists(st.integers(1, 50), max_size=20), st.integers(1, 60))
def test_gathered_blocks_hold_the_same_sound_in_fewer_pieces(lengths: list[int], least: int) -> None:
    blocks = [np.full(length, number, np.int16) for number, length in enumerate(lengths)]
    pieces = list(join_blocks(iter(blocks), least))
    assert all(len(piece) >= least for piece in pieces[:-1])
    empty = np.zeros(0, np.int16)
    assert np.array_equal(np.concatenate([*pieces, empty]), np.concatenate([*blocks, empty]))
