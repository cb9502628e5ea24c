"""An MP3 laid out of frames is the session, to the sample, and costs nothing the second time."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.export.shelf import Shelf, timeline
from tests.export.sounds import RATE_HZ, split_frames
from tests.hearing import onsets
from voicecoach.audio import Pcm
from voicecoach.coach import save_timeline
from voicecoach.events import Timeline, Tone
from voicecoach.export.content import Content
from voicecoach.export.decoder import decode_file
from voicecoach.export.encoded_clips import parse_frames
from voicecoach.export.formats import SavedFile
from voicecoach.export.lame import write_mp3
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.export.mp3_layout import MADE_AT, OFFSETS, nearest_place
from voicecoach.export.mpeg import FRAME, GAIN_STEP_DB, amplify_frames, frames_in, info_frame, silent_frame
from voicecoach.mix import mix
from voicecoach.units import ms_to_samples

Floats = npt.NDArray[np.float64]
WORDS = [f"word {number % 17}" for number in range(60)]
SESSION = timeline(WORDS)
CLOSE = timeline(WORDS, gap_ms=120)  # as near as sentences of a session come


def saved(path: Path, shelf: Shelf, session: Timeline = SESSION, bit_rate: int = 64_000) -> SavedFile:
    return save_timeline(session, shelf, str(path), {"title": "Test"}, lambda _: None, bit_rate)


def mixed(shelf: Shelf, session: Timeline, gain: float) -> Pcm:
    cuts = [(event.start_ms, shelf.clip(event.sound)) for event in session.events]
    return np.concatenate(list(mix([*cuts, (session.duration_ms, None)], RATE_HZ, gain)))


def by_av(path: Path) -> Floats:
    return np.concatenate(list(decode_file(str(path)))).astype(float)


def by_ffmpeg(path: Path) -> Floats:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4").astype(float)


def by_mpg123(path: Path) -> Floats:
    command = ["mpg123", "-q", "-s", str(path)]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<i2") / 32768


def by_libsndfile(path: Path) -> Floats:
    subprocess.run(["sndfile-convert", "-float32", str(path), f"{path}.wav"], capture_output=True, check=True)
    return by_av(path.with_name(f"{path.name}.wav"))


DECODERS: dict[str, tuple[str, str, Callable[[Path], Floats]]] = {
    "PyAV": ("", "", by_av),
    "ffmpeg": ("ffmpeg", "ffmpeg", by_ffmpeg),
    "mpg123": ("mpg123", "mpg123", by_mpg123),
    "libsndfile": ("sndfile-convert", "sndfile-programs", by_libsndfile),
}
"""Name -> the program, the Debian package that holds it, and how it decodes."""


@pytest.fixture(params=DECODERS)
def decoder(request: pytest.FixtureRequest) -> Callable[[Path], Floats]:
    program, package, decode = DECODERS[request.param]
    if program and shutil.which(program) is None:
        pytest.skip(f"another decoder is not here: apt-get install {package}")
    return decode


def test_every_decoder_hears_each_word_within_20_ms_and_the_very_length(
    tmp_path: Path, decoder: Callable[[Path], Floats]
) -> None:
    path = tmp_path / "session.mp3"
    result = saved(path, Shelf())
    heard = decoder(path)
    assert len(heard) == ms_to_samples(SESSION.duration_ms, RATE_HZ)
    assert result.duration_ms == SESSION.duration_ms
    found = np.array(onsets((heard / np.abs(heard).max() * 28_000).astype(np.int16), RATE_HZ)) * 1000 / RATE_HZ
    for event in SESSION.events:
        assert np.abs(found - event.start_ms - 5).min() < 20, event.text


def laid_at(start_ms: int) -> int:
    frame, offset = nearest_place(start_ms, RATE_HZ)
    return frame * FRAME + offset


def mixed_at(start_ms: int) -> int:
    return ms_to_samples(start_ms, RATE_HZ)


@pytest.mark.parametrize(("bit_rate", "session"), [(48_000, CLOSE), (64_000, SESSION), (96_000, CLOSE)])
def test_laid_frames_sound_as_good_as_one_continuous_encode(tmp_path: Path, bit_rate: int, session: Timeline) -> None:
    shelf = Shelf()
    result = saved(tmp_path / "laid.mp3", shelf, session, bit_rate)
    gain = 10 ** (result.gain_db / 20)
    wanted = mixed(shelf, session, gain)
    write_mp3(str(tmp_path / "whole.mp3"), iter([wanted]), Content(RATE_HZ, bit_rate, {}, ()))
    laid, whole = by_av(tmp_path / "laid.mp3"), by_av(tmp_path / "whole.mp3")
    noise_laid = noise_whole = power = 0.0
    for event in session.events:
        clip = shelf.clip(event.sound).pcm * gain / 32768
        at, start = laid_at(event.start_ms), mixed_at(event.start_ms)
        noise_laid += float(((laid[at : at + len(clip)] - clip) ** 2).sum())
        noise_whole += float(((whole[start : start + len(clip)] - clip) ** 2).sum())
        power += float((clip**2).sum())
    assert 10 * np.log10(power / noise_laid) > 10 * np.log10(power / noise_whole) - 0.5
    assert 10 * np.log10(power / noise_laid) > 15


def steps_at_joins(heard: Floats, session: Timeline, at: Callable[[int], int]) -> float:
    """Return the largest step between two samples from the end of a word to 5 ms before the next."""
    joins = [
        heard[at(before.start_ms) + mixed_at(before.end_ms - before.start_ms) : at(after.start_ms) - mixed_at(5)]
        for before, after in zip(session.events, session.events[1:], strict=False)
    ]
    return max(float(np.abs(np.diff(join)).max()) for join in joins)


@pytest.mark.parametrize("session", [SESSION, CLOSE], ids=["137 ms", "120 ms"])
def test_no_join_clicks(tmp_path: Path, session: Timeline) -> None:
    shelf = Shelf()
    result = saved(tmp_path / "laid.mp3", shelf, session)
    wanted = mixed(shelf, session, 10 ** (result.gain_db / 20))
    write_mp3(str(tmp_path / "whole.mp3"), iter([wanted]), Content(RATE_HZ, 64_000, {}, ()))
    joins = steps_at_joins(by_av(tmp_path / "laid.mp3"), session, laid_at)
    assert joins < 1.3 * steps_at_joins(by_av(tmp_path / "whole.mp3"), session, mixed_at)
    assert joins < 0.05 * np.abs(np.diff(wanted / 32768.0)).max()


@pytest.mark.parametrize("peak", [0.15, 0.3, 0.6, 0.9])
def test_a_session_lands_within_a_unit_of_minus_19_lufs_and_under_minus_1_dbtp(tmp_path: Path, peak: float) -> None:
    result = saved(tmp_path / "session.mp3", Shelf(peak))
    meter = LoudnessMeter(RATE_HZ)
    meter.add(by_av(tmp_path / "session.mp3").astype(np.float32))
    assert meter.lufs() == pytest.approx(-19, abs=1)
    assert meter.lufs() == pytest.approx(result.lufs, abs=0.1)
    assert meter.true_peak_dbtp() <= -1
    assert meter.true_peak_dbtp() == pytest.approx(result.true_peak_dbtp, abs=0.05)


def test_one_clip_that_peaks_is_softened_and_the_session_is_not(tmp_path: Path) -> None:
    calm = saved(tmp_path / "calm.mp3", Shelf(0.3))
    loud = saved(tmp_path / "loud.mp3", Shelf(0.3, {"word 3": 0.55}))
    assert calm.true_peak_dbtp < -3
    assert -2 < loud.true_peak_dbtp <= -1
    assert loud.gain_db == calm.gain_db
    assert loud.lufs == pytest.approx(calm.lufs, abs=0.2)
    assert not loud.peak_limited


def test_where_peaks_rise_far_too_high_the_session_is_softer_and_says_so(tmp_path: Path) -> None:
    result = saved(tmp_path / "session.mp3", Shelf(0.1, {"word 3": 0.99}))
    assert result.peak_limited
    assert result.true_peak_dbtp <= -1
    assert result.lufs < -20


def test_a_second_export_opens_no_clip_and_gives_the_same_bytes(tmp_path: Path) -> None:
    shelf = Shelf()
    saved(tmp_path / "one.mp3", shelf)
    shelf.opened.clear()
    saved(tmp_path / "two.mp3", shelf)
    assert not shelf.opened
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()


def test_other_gaps_need_at_most_the_other_offset_of_known_clips(tmp_path: Path) -> None:
    shelf = Shelf()
    saved(tmp_path / "one.mp3", shelf)
    known = len(shelf.kept)
    saved(tmp_path / "two.mp3", shelf, timeline(WORDS, gap_ms=151))
    distinct = len({event.sound for event in SESSION.events})
    assert len(shelf.kept) - known <= distinct * len(OFFSETS)
    shelf.opened.clear()
    saved(tmp_path / "three.mp3", shelf, timeline(WORDS, gap_ms=1234))
    assert not shelf.opened


@pytest.mark.parametrize(
    "session",
    [timeline(WORDS, gap_ms=0), timeline(WORDS, start_ms=0), timeline(WORDS[:3])],
    ids=["words that abut", "a word at the very start", "too little speech"],
)
def test_where_frames_cannot_serve_the_session_is_encoded_as_a_stream(tmp_path: Path, session: Timeline) -> None:
    saved(tmp_path / "session.mp3", Shelf(), session)
    heard = by_av(tmp_path / "session.mp3")
    assert len(heard) == ms_to_samples(session.duration_ms, RATE_HZ)
    assert np.abs(heard).max() > 0.05


@pytest.mark.parametrize("bit_rate", [48_000, 64_000, 96_000])
def test_the_bit_rate_is_constant_at_every_place(tmp_path: Path, bit_rate: int) -> None:
    saved(tmp_path / "session.mp3", Shelf(), bit_rate=bit_rate)
    content = (tmp_path / "session.mp3").read_bytes()
    frames = content[10 + int("".join(f"{byte:07b}" for byte in content[6:10]), 2) :]
    sizes = [len(frame) for frame in split_frames(frames)][1:]
    drift = np.cumsum(sizes) - np.arange(1, len(sizes) + 1) * FRAME / 8 * bit_rate / RATE_HZ
    assert np.abs(drift).max() < 100


@pytest.mark.parametrize("start_ms", [26, 1500, 1507, 1513, 1519, 99_999])
def test_a_place_is_never_more_than_a_quarter_frame_away(start_ms: int) -> None:
    assert nearest_place(start_ms, RATE_HZ)[1] in OFFSETS
    assert abs(laid_at(start_ms) - ms_to_samples(start_ms, RATE_HZ)) <= FRAME // 4


def test_a_step_of_gain_is_that_much_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf()
    saved(tmp_path / "one.mp3", shelf)
    path = tmp_path / "one.mp3"
    content = path.read_bytes()
    front = 10 + int("".join(f"{byte:07b}" for byte in content[6:10]), 2)
    path.write_bytes(content[:front] + amplify_frames(content[front:], -2))
    soft = by_av(path)
    path.write_bytes(content)
    assert np.abs(soft - by_av(path) * 10 ** (-2 * GAIN_STEP_DB / 20)).max() < 1e-4


def runs(shelf: Shelf) -> list[bytes]:
    return [parse_frames(content).frames for (_, kind), content in shelf.kept.items() if "frames" in kind]


def test_no_frame_leans_on_another(tmp_path: Path) -> None:
    shelf = Shelf()
    saved(tmp_path / "session.mp3", shelf)
    assert {frame[4] for run in runs(shelf) for frame in split_frames(run)} == {0}  # how far back its sound begins


def test_the_loudest_clip_is_not_cut_off(tmp_path: Path) -> None:
    shelf = Shelf(1.0)
    result = saved(tmp_path / "session.mp3", shelf)
    laid = by_av(tmp_path / "session.mp3")
    for event in SESSION.events[:9]:
        clip = shelf.clip(event.sound).pcm * 10 ** (result.gain_db / 20) / 32768
        at = laid_at(event.start_ms)
        assert laid[at : at + len(clip)] == pytest.approx(clip, abs=0.03)


def test_silence_is_whole_frames_of_nothing() -> None:
    run = silent_frame(RATE_HZ, 64_000, longer=False) * 5 + silent_frame(RATE_HZ, 64_000, longer=True) * 5
    assert [len(frame) for frame in split_frames(run)] == [208] * 5 + [209] * 5
    assert frames_in(run, RATE_HZ, 64_000) == 10


def test_an_info_frame_holds_its_numbers_where_players_look() -> None:
    frame = info_frame(RATE_HZ, 64_000, 1234, 56_789, 576, 1000)
    assert frame[13:17] == b"Info"
    assert int.from_bytes(frame[21:25], "big") == 1234
    assert int.from_bytes(frame[25:29], "big") == 56_789 + len(frame)
    assert int.from_bytes(frame[154:157], "big") == 576 << 12 | 1000


def test_tones_are_laid_like_words(tmp_path: Path) -> None:
    shelf = Shelf()
    saved(tmp_path / "session.mp3", shelf)
    assert {sound for sound, _ in shelf.kept if isinstance(sound, Tone)} == {Tone.COUNT}
    assert MADE_AT == 5
