"""A sound file passes, however it was encoded; one that breaks a promise does not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from tests.cli.running import run
from tests.export.shelf import Shelf, timeline
from voicecoach.cache import ClipCache
from voicecoach.cli.sessions import session_for
from voicecoach.cli.settings.flags import parse_pacing
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import export_session, save_timeline
from voicecoach.errors import FileError
from voicecoach.events import Chapter, Kind
from voicecoach.export.content import Content
from voicecoach.export.decoder import decode_file
from voicecoach.export.lame import write_mp3
from voicecoach.export.wav import read_wav_script
from voicecoach.manifest import Manifest, parse_manifest
from voicecoach.studio import open_studio
from voicecoach.units import RATE_HZ, ms_to_samples
from voicecoach.verify import Check, verify

Sound = npt.NDArray[np.float32]
SESSION = "bird-dog"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a session of a real voice as an MP3 and as a WAV."""
    made = tmp_path_factory.mktemp("exported")
    session = session_for(
        SESSION, parse_pacing({"sets": ["1"], "reps": ["1"], "hold": ["8s"], "detail": "minimal"}), Terminal()
    )
    with open_studio(None, "en", ClipCache(made / "clips")) as studio:
        for name in ("a.mp3", "a.wav"):
            export_session(session, studio, str(made / name), lambda _: None)
    return made


@pytest.fixture(scope="module")
def sound(folder: Path) -> Sound:
    return np.concatenate(list(decode_file(str(folder / "a.mp3"))))


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return parse_manifest(read_wav_script(str(folder / "a.wav")))


@pytest.fixture
def broken(tmp_path: Path, folder: Path) -> Callable[[Sound], set[str]]:
    """Return what writes a sound with the script and the chapters of the session, and names what fails."""

    def names(changed: Sound) -> set[str]:
        path = tmp_path / "changed.mp3"
        script = read_wav_script(str(folder / "a.wav"))
        chapters = parse_manifest(script).chapters
        blocks = iter([np.rint(changed * 32768).clip(-32768, 32767).astype(np.int16)])
        write_mp3(str(path), blocks, Content(RATE_HZ, 64_000, {"script": script}, chapters))
        return failing(verify(str(path)))

    return names


def failing(checks: tuple[Check, ...]) -> set[str]:
    return {check.name for check in checks if not check.kept}


def words(manifest: Manifest, least_ms: int = 1000) -> Iterator[tuple[int, int]]:
    """Yield first and last sample of each utterance of some length."""
    for event in manifest.events:
        if event.sound.length_ms > least_ms:
            yield ms_to_samples(event.start_ms - 10, RATE_HZ), ms_to_samples(event.end_ms + 10, RATE_HZ)


@pytest.mark.parametrize("name", ["a.mp3", "a.wav"])
def test_an_exported_file_keeps_every_promise(folder: Path, name: str) -> None:
    checks = verify(str(folder / name))
    assert not failing(checks), checks
    assert [check.name for check in checks] == [
        "length", "onsets", "words", "holds", "silence", "loudness", "peaks", "chapters",
    ]  # fmt: skip
    found = {check.name: check.found for check in checks}
    measured, of, total = found["holds"].split()[:3]
    assert (measured, of) == (total, "of") != ("0", "of")


def test_a_copy_that_was_decoded_and_encoded_again_passes(sound: Sound, broken: Callable[[Sound], set[str]]) -> None:
    assert broken(sound) == set()


@pytest.mark.parametrize(
    "flags",
    [
        ["-b:a", "96k", "b.mp3"],
        ["-ar", "44100", "-ac", "2", "-b:a", "128k", "b.mp3"],
        ["b.flac"],
        ["-c:a", "libopus", "-b:a", "48k", "b.ogg"],
    ],
    ids=["mp3", "stereo mp3 at 44.1 kHz", "flac", "opus"],
)
def test_a_file_encoded_anew_by_another_program_passes(folder: Path, tmp_path: Path, flags: list[str]) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("another encoder is not here: apt-get install ffmpeg")
    *options, name = flags
    command = ["ffmpeg", "-v", "error", "-i", str(folder / "a.mp3"), *options, str(tmp_path / name)]
    subprocess.run(command, check=True)
    checks = verify(str(tmp_path / name))
    assert not failing(checks), checks


def test_a_file_shifted_by_700_ms_fails(sound: Sound, broken: Callable[[Sound], set[str]]) -> None:
    shift = RATE_HZ * 7 // 10
    shifted = np.concatenate([np.zeros(shift, np.float32), sound[:-shift]])
    assert {"onsets", "words"} <= broken(shifted)


def test_a_word_that_comes_40_ms_late_fails(
    sound: Sound, manifest: Manifest, broken: Callable[[Sound], set[str]]
) -> None:
    first, last = list(words(manifest))[3]
    late = RATE_HZ * 40 // 1000
    changed = sound.copy()
    changed[first:last] = 0
    changed[first + late : last + late] = sound[first:last]
    assert broken(changed) & {"onsets", "holds"}


def test_a_truncated_file_fails(sound: Sound, broken: Callable[[Sound], set[str]]) -> None:
    assert {"length", "onsets"} <= broken(sound[: len(sound) * 9 // 10])


def test_a_file_cut_off_in_its_bytes_fails(folder: Path, tmp_path: Path) -> None:
    content = (folder / "a.mp3").read_bytes()
    (tmp_path / "cut.mp3").write_bytes(content[: len(content) * 8 // 10])
    assert {"length", "onsets"} <= failing(verify(str(tmp_path / "cut.mp3")))


def test_a_file_whose_middle_is_stretched_by_1_percent_fails(sound: Sound, broken: Callable[[Sound], set[str]]) -> None:
    third = len(sound) // 3
    middle = sound[third : 2 * third]
    longer = np.interp(np.arange(0, len(middle), 1 / 1.01), np.arange(len(middle)), middle).astype(np.float32)
    stretched = np.concatenate([sound[:third], longer, sound[2 * third :]])[: len(sound)]
    assert "onsets" in broken(stretched)


def test_a_file_with_one_word_muted_fails(
    sound: Sound, manifest: Manifest, broken: Callable[[Sound], set[str]]
) -> None:
    first, last = list(words(manifest))[3]
    muted = sound.copy()
    muted[first:last] = 0
    assert {"onsets", "words"} <= broken(muted)


def test_a_file_with_two_words_swapped_fails(
    sound: Sound, manifest: Manifest, broken: Callable[[Sound], set[str]]
) -> None:
    (first, first_end), (second, second_end) = list(words(manifest))[3:5]
    length = min(first_end - first, second_end - second)
    swapped = sound.copy()
    swapped[first : first + length] = sound[second : second + length]
    swapped[second : second + length] = sound[first : first + length]
    assert "words" in broken(swapped)


def test_two_counts_swapped_are_noticed_though_they_come_on_time(
    sound: Sound, manifest: Manifest, broken: Callable[[Sound], set[str]]
) -> None:
    found = {event.sound.text.strip(".").lower(): event for event in manifest.events}
    three, two = found["three"], found["two"]
    length = ms_to_samples(min(three.sound.length_ms, two.sound.length_ms), RATE_HZ)
    swapped = sound.copy()
    for here, there in ((three, two), (two, three)):
        at, come = ms_to_samples(here.start_ms, RATE_HZ), ms_to_samples(there.start_ms, RATE_HZ)
        swapped[at : at + length] = sound[come : come + length]
    assert "words" in broken(swapped)


def test_no_word_passes_for_another_that_lasts_about_as_long(
    sound: Sound, manifest: Manifest, tmp_path: Path, folder: Path
) -> None:
    spoken = [event for event in manifest.events if event.kind is not Kind.TONE]
    changed, put = sound.copy(), 0
    for event in spoken:
        others = [each for each in spoken if each.sound.text != event.sound.text]
        other = min(others, key=lambda each: abs(each.sound.length_ms - event.sound.length_ms))
        if abs(other.sound.length_ms - event.sound.length_ms) > 50:
            continue
        first, last = (ms_to_samples(ms, RATE_HZ) for ms in (event.start_ms, event.end_ms))
        words = sound[ms_to_samples(other.start_ms, RATE_HZ) : ms_to_samples(other.end_ms, RATE_HZ)]
        changed[first:last] = 0
        changed[first : first + len(words)] = words
        put += 1
    blocks = iter([np.rint(changed * 32768).clip(-32768, 32767).astype(np.int16)])
    script = read_wav_script(str(folder / "a.wav"))
    write_mp3(str(tmp_path / "put.mp3"), blocks, Content(RATE_HZ, 64_000, {"script": script}, manifest.chapters))
    (found,) = [check.found for check in verify(str(tmp_path / "put.mp3")) if check.name == "words"]
    assert put > 20
    assert found.startswith(f"{put} wrong")


@pytest.mark.parametrize(("level", "than"), [(0.1, "softer"), (2.5, "louder")])
def test_a_word_that_is_far_softer_or_louder_than_the_others_fails(
    level: float, than: str, sound: Sound, manifest: Manifest, tmp_path: Path, folder: Path
) -> None:
    first, last = list(words(manifest))[3]
    changed = sound.copy()
    changed[first:last] *= level
    blocks = iter([np.rint(changed * 32768).clip(-32768, 32767).astype(np.int16)])
    script = read_wav_script(str(folder / "a.wav"))
    write_mp3(str(tmp_path / "put.mp3"), blocks, Content(RATE_HZ, 64_000, {"script": script}, manifest.chapters))
    (check,) = [check for check in verify(str(tmp_path / "put.mp3")) if check.name == "words"]
    assert [each for each in check.worst if each.endswith(f"dB {than} than the others")]


@pytest.mark.parametrize(
    ("change", "name"),
    [(lambda sound: sound * 0.7, "loudness"), (lambda sound: np.clip(sound * 3, -1, 1), "peaks")],
    ids=["too soft", "clipped"],
)
def test_a_file_at_another_level_fails(
    sound: Sound, broken: Callable[[Sound], set[str]], change: Callable[[Sound], Sound], name: str
) -> None:
    assert name in broken(change(sound).astype(np.float32))


def test_sound_in_a_planned_silence_fails(
    sound: Sound, manifest: Manifest, broken: Callable[[Sound], set[str]]
) -> None:
    pairs = zip(manifest.events, manifest.events[1:], strict=False)
    gap = next(before for before, after in pairs if after.start_ms - before.end_ms > 2000)
    at = ms_to_samples(gap.end_ms + 800, RATE_HZ)
    noisy = sound.copy()
    noisy[at : at + 4000] += 0.2 * np.sin(np.arange(4000) / 5).astype(np.float32)
    assert broken(noisy) == {"silence"}


def test_chapters_that_moved_or_are_gone_fail(folder: Path, tmp_path: Path, sound: Sound) -> None:
    script = read_wav_script(str(folder / "a.wav"))
    blocks = [np.rint(sound * 32768).astype(np.int16)]
    for chapters in ((), (Chapter("Welcome", 300, 9000),)):
        write_mp3(str(tmp_path / "c.mp3"), iter(blocks), Content(RATE_HZ, 64_000, {"script": script}, chapters))
        assert failing(verify(str(tmp_path / "c.mp3"))) == {"chapters"}


def test_a_file_of_words_that_abut_can_be_checked_too(tmp_path: Path) -> None:
    session = timeline([f"word {number}" for number in range(20)], gap_ms=0)
    save_timeline(session, Shelf(), str(tmp_path / "a.mp3"), {}, lambda _: None)
    assert not failing(verify(str(tmp_path / "a.mp3"))) - {"loudness"}


def test_the_script_travels_in_a_frame_of_the_tag(folder: Path, manifest: Manifest) -> None:
    with av.open(str(folder / "a.mp3")) as container:
        assert parse_manifest(container.metadata["voicecoach"]) == manifest


FOREIGN = {
    "text.mp3": (b"not sound at all" * 100, "no sound file that can be decoded"),
    "empty.mp3": (b"", "no sound file that can be decoded"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_sound_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    content, what = FOREIGN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=what):
        verify(str(tmp_path / name))


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it makes a pipe, and has devices as files")
@pytest.mark.parametrize("name", ["pipe", "folder", "/dev/zero"])
def test_what_is_no_ordinary_file_is_told_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="this is no ordinary file"):
        verify(str(tmp_path / name))


@pytest.mark.parametrize("script", ["", "{}", '{"voicecoach": 99}', "[1]", '{"voicecoach": 1}'])
def test_sound_without_a_script_of_its_own_is_told_in_a_sentence(tmp_path: Path, script: str) -> None:
    write_mp3(
        str(tmp_path / "a.mp3"), iter([np.zeros(9000, np.int16)]), Content(RATE_HZ, 64_000, {"script": script}, ())
    )
    with pytest.raises(FileError, match=r"carries no script|script cannot be read"):
        verify(str(tmp_path / "a.mp3"))


def test_the_command_says_what_holds_and_exits_with_0(folder: Path, tmp_path: Path) -> None:
    done = run("verify", str(folder / "a.mp3"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("keeps every promise of its script")


def test_the_command_says_what_does_not_hold_and_exits_with_1(folder: Path, tmp_path: Path) -> None:
    content = (folder / "a.mp3").read_bytes()
    (tmp_path / "cut.mp3").write_bytes(content[: len(content) * 8 // 10])
    done = run("verify", "cut.mp3", cwd=tmp_path)
    assert done.returncode == 1
    assert "FAIL  length" in done.stdout
    assert "is not heard" in done.stdout
    assert run("verify", "none.mp3", cwd=tmp_path).returncode == 1
