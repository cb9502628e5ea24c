"""Saving a session: its loudness, its peaks, and that nothing is ever half written."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.export.sounds import RATE_HZ, Session, burst, heard, session
from tests.hearing import onsets
from voicecoach.audio import Clip, Pcm
from voicecoach.errors import FileError, UsageError
from voicecoach.events import Chapter
from voicecoach.export.content import Content
from voicecoach.export.formats import SavedFile, check_sound_target
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.export.stream import save_stream

ROOT = Path(__file__).parents[2]
STARTS_MS = list(range(1_500, 28_500, 1_500))
END_MS = 30_000
SPEECH_MS = 600 * len(STARTS_MS)
ENDINGS = ["session.mp3", "session.wav"]


def saved(path: Path, sound: Session, speech_ms: int = SPEECH_MS, seen: list[float] | None = None) -> SavedFile:
    report = seen.append if seen is not None else (lambda _: None)
    content = Content(RATE_HZ, 64_000, {"title": "Test"}, (Chapter("All", 0, END_MS),))
    return save_stream(str(path), sound, content, END_MS, speech_ms, report)


def click(peak: float) -> Clip:
    """Almost nothing but one peak: the worst crest."""
    sound = burst(600, 0.05).pcm
    sound[3_000:3_004] = np.array([1, -1, 1, -1]) * round(32_767 * peak)
    return Clip(sound, RATE_HZ)


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("peak", [0.02, 0.3, 0.9])
def test_a_session_is_brought_to_minus_19_lufs_however_loud_its_clips_are(
    tmp_path: Path, name: str, peak: float
) -> None:
    result = saved(tmp_path / name, session(STARTS_MS, END_MS, burst(600, peak)))
    assert result.lufs == pytest.approx(-19, abs=0.3)
    assert result.true_peak_dbtp <= -1
    assert not result.peak_limited
    meter, sound = LoudnessMeter(RATE_HZ), heard(tmp_path / name)
    meter.add(sound)
    assert meter.lufs() == pytest.approx(result.lufs, abs=0.05)
    assert result.duration_ms == END_MS == len(sound) * 1000 / RATE_HZ
    assert np.array(onsets(sound, RATE_HZ)) * 1000 / RATE_HZ == pytest.approx(np.array(STARTS_MS), abs=20)


@pytest.mark.parametrize("name", ENDINGS)
def test_a_peak_wins_over_the_loudness_and_the_result_says_so(tmp_path: Path, name: str) -> None:
    result = saved(tmp_path / name, session(STARTS_MS, END_MS, click(0.9)))
    assert result.peak_limited
    assert result.true_peak_dbtp <= -1
    assert result.true_peak_dbtp > -2.5
    assert result.lufs < -20


def test_less_than_ten_seconds_of_speech_keep_the_loudness_of_their_clips(tmp_path: Path) -> None:
    result = saved(tmp_path / "short.mp3", session([1_500], END_MS, burst(600, 0.3)), speech_ms=9_999)
    assert (result.gain_db, result.peak_limited) == (0, False)


def test_even_short_speech_may_not_peak_too_high(tmp_path: Path) -> None:
    result = saved(tmp_path / "short.mp3", session([1_500], END_MS, click(1.0)), speech_ms=600)
    assert result.peak_limited
    assert result.true_peak_dbtp <= -1


@pytest.mark.parametrize("name", ["day1:back.mp3", "100%d é.mp3", "-.wav"])
@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that allow these names")
def test_a_file_may_have_any_name_the_system_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    saved(Path(name), session(STARTS_MS, END_MS, burst(600)))
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_silence_alone_is_saved_as_it_is(tmp_path: Path) -> None:
    result = saved(tmp_path / "silence.mp3", session([], END_MS, burst(10)))
    assert (result.gain_db, result.duration_ms) == (0, END_MS)


@pytest.mark.parametrize("clip", [burst(600), click(0.9)])
def test_progress_rises_from_nothing_to_one_over_all_passes(tmp_path: Path, clip: Clip) -> None:
    seen: list[float] = []
    saved(tmp_path / "session.mp3", session(STARTS_MS, END_MS, clip), seen=seen)
    assert seen == sorted(seen)
    assert seen[0] < 0.05
    assert (seen[-2] < 1, seen[-1]) == (True, 1.0)
    assert max(np.diff(seen)) < 0.5


def test_memory_does_not_grow_with_the_length_of_a_session(tmp_path: Path) -> None:
    def peak_bytes(minutes: int) -> int:
        sound = session(list(range(1_500, minutes * 60_000 - 1_500, 1_500)), minutes * 60_000, burst(600))
        tracemalloc.start()
        content = Content(RATE_HZ, 64_000, {}, ())
        save_stream(str(tmp_path / "a.mp3"), sound, content, minutes * 60_000, 20_000, lambda _: None)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    peak_bytes(1)
    assert peak_bytes(4) < peak_bytes(2) + 1_000_000


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("nowhere/a.mp3", "there is no such folder; make it first"),
        ("folder.mp3", "this is a folder; give the name of a file"),
    ],
)
def test_a_target_that_cannot_be_written_is_told_before_any_work(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "folder.mp3").mkdir()
    with pytest.raises(FileError, match=what):
        check_sound_target(str(tmp_path / name))


def test_an_extension_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    def no_work(_: float) -> Iterator[Pcm]:
        raise AssertionError("nothing may be started")

    with pytest.raises(UsageError, match=r"end the name in \.mp3 or \.wav"):
        saved(tmp_path / "a.ogg", no_work)


def test_a_name_without_a_folder_is_written_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert check_sound_target("a.mp3") is None  # type: ignore[func-returns-value]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
def test_a_folder_that_may_not_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    path = str(locked / "a.mp3")
    command = f"from voicecoach.export.formats import check_sound_target as check; check({path!r})"
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    child = subprocess.run(
        [*drop, sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "nothing can be written in this folder; choose another" in child.stderr


@pytest.mark.parametrize("name", ENDINGS)
def test_an_error_in_the_sound_leaves_the_older_file_and_nothing_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("older")

    def broken(gain: float) -> Iterator[Pcm]:
        yield from session(STARTS_MS, END_MS, burst(600))(gain)
        if gain != 1.0:
            raise RuntimeError("no voice")

    with pytest.raises(RuntimeError, match="no voice"):
        saved(tmp_path / name, broken)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "older")]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with limits on a file's size")
@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("limit_bytes", [5_000, 150_000, 239_000])
def test_a_disk_that_fills_up_is_one_clear_error_and_leaves_the_older_file(
    tmp_path: Path, name: str, limit_bytes: int, capfd: pytest.CaptureFixture[str]
) -> None:
    import resource

    (tmp_path / name).write_text("older")
    _, hard = soft_hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        with pytest.raises(FileError, match=f"^{tmp_path / name}: ") as caught:
            saved(tmp_path / name, session(STARTS_MS, END_MS, burst(600)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, soft_hard)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "older")]
