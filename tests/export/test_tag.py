"""The tag of an MP3, as other programs read it, and a player that goes to its chapters."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.export.shelf import Shelf, timeline
from tests.export.sounds import RATE_HZ
from voicecoach.coach import save_timeline
from voicecoach.events import Chapter, Timeline
from voicecoach.export.decoder import decode_file
from voicecoach.export.mpeg import compose_tag

SPOKEN = timeline([f"word {number}" for number in range(60)])
TAGS = {"title": "Ráno", "artist": "voicecoach", "album": "Sessions", "genre": "Speech", "language": "eng",
        "comment": "Stop if pain is sharp."}  # fmt: skip


def chaptered() -> Timeline:
    starts = [0, *(SPOKEN.events[place].start_ms for place in (10, 25, 50))]
    ends = [*starts[1:], SPOKEN.duration_ms]
    named = zip(("Welcome", "Cat-cow", "Child's pose", "Close"), starts, ends, strict=True)
    chapters = tuple(Chapter(*each) for each in named)
    return Timeline(
        title="Ráno", language="en", duration_ms=SPOKEN.duration_ms, chapters=chapters, events=SPOKEN.events,
        holds=(), reps=(), dropped=(), stretched=(), filled=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tag") / "a.mp3"
    save_timeline(chaptered(), Shelf(), str(path), TAGS, lambda _: None)
    return path


def test_mutagen_reads_the_tag(exported: Path) -> None:
    mutagen = pytest.importorskip("mutagen", reason="another reader is not here: pip install mutagen")
    tag = mutagen.File(exported).tags
    read = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TCON", "TLAN", "COMM::eng")}
    assert list(read.values()) == ["Ráno", "voicecoach", "Sessions", "Speech", "eng", TAGS["comment"]]
    assert tag["CTOC:toc"].child_element_ids == ["chp1", "chp2", "chp3", "chp4"]
    assert tag["CTOC:toc"].flags == 3
    chapters = [tag[f"CHAP:chp{number}"] for number in range(1, 5)]
    found = [(str(each.sub_frames["TIT2"]), each.start_time, each.end_time) for each in chapters]
    assert found == [(each.title, each.start_ms, each.end_ms) for each in chaptered().chapters]
    assert str(tag["TXXX:voicecoach"]).startswith('{"voicecoach":1,')


def test_mutagen_measures_the_length_and_a_constant_bit_rate(exported: Path) -> None:
    mutagen = pytest.importorskip("mutagen", reason="another reader is not here: pip install mutagen")
    info = mutagen.File(exported).info
    assert info.length == pytest.approx(SPOKEN.duration_ms / 1000, abs=0.03)
    assert info.bitrate == pytest.approx(64_000, abs=10)
    assert str(info.bitrate_mode) == "BitrateMode.CBR"


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_player_that_goes_to_a_chapter_is_there_before_its_first_word(
    exported: Path, tmp_path: Path, number: int
) -> None:
    if shutil.which("mpv") is None:
        pytest.skip("a player is not here: apt-get install mpv")
    out = tmp_path / "heard.wav"
    flags = ["--no-config", "--no-video", "--really-quiet", "--ao=pcm", f"--ao-pcm-file={out}", "--length=3"]
    subprocess.run(
        [
            "mpv",
            *flags,
            f"--start=#{number}",
            "--audio-format=s16",
            f"--audio-samplerate={RATE_HZ}",
            "--audio-channels=mono",
            str(exported),
        ],
        check=True,
    )
    heard = np.abs(np.concatenate(list(decode_file(str(out)))))
    first_ms = int(np.argmax(heard > 0.01)) * 1000 / RATE_HZ
    assert 0 < first_ms <= 80


def test_a_tag_holds_only_what_there_is() -> None:
    assert compose_tag({"title": ""}, ()) == b"ID3\x03\0\0\0\0\0\0"


def test_more_chapters_than_a_table_of_contents_holds_are_all_there() -> None:
    chapters = [Chapter(str(number), number, number + 1) for number in range(300)]
    tag = compose_tag({}, chapters)
    assert tag.count(b"CHAP") == 300
    assert tag[tag.index(b"toc\0") + 5] == 255
