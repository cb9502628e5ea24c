"""A format is one file and one row: shown by adding one, which nothing else of the program knows of."""

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest

from tests.cli.running import ROOT, SHORT
from voicecoach.errors import UsageError
from voicecoach.export.formats import FORMATS, MP3, WAV, Format, find_format, keeps_chapters, list_formats

OPUS = Format(
    extension=".opus",
    name="an Opus",
    writer="tests.export.opus:write_opus",
    ffmpeg="ogg",
    codecs=("opus", "libopus"),
    rates_hz=(48_000,),
    bit_rates=(24_000, 32_000),
    bit_rate=24_000,
    has_tags=True,
)

WITH_OPUS = """\
import sys
from tests.export.test_formats import OPUS
from voicecoach.cli.run import run
from voicecoach.export.formats import FORMATS
FORMATS[OPUS.extension] = OPUS
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program, exported as an MP3 and as Opus of the two bit rates."""
    made = tmp_path_factory.mktemp("formats")
    (made / "short.yaml").write_text(SHORT, encoding="utf-8")
    for name, *flags in (("a.mp3",), ("a.opus",), ("more.opus", "--bitrate", "32k")):
        done = with_opus(made, "export", "short.yaml", "--detail", "minimal", "-o", name, *flags)
        assert not done.returncode, done.stderr
        (made / f"{name}.told").write_text(done.stdout, encoding="utf-8")
    return made


def with_opus(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line of a program that has one row more."""
    return subprocess.run(
        [sys.executable, "-c", WITH_OPUS, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "VOICECOACH_CACHE": str(folder / "clips")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def length_ms(path: Path) -> float:
    """Return how long a file's sound is, decoded."""
    with av.open(str(path)) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0)) * 1000


def test_a_session_in_an_added_format_is_as_long_as_in_others_and_keeps_every_promise(folder: Path) -> None:
    assert length_ms(folder / "a.opus") == pytest.approx(length_ms(folder / "a.mp3"), abs=1)
    told = [(folder / f"{name}.told").read_text(encoding="utf-8") for name in ("a.mp3", "a.opus")]
    assert len({each.partition(": ")[2].partition(",")[0] for each in told}) == 1
    done = with_opus(folder, "verify", "a.opus")
    assert done.returncode == 0, done.stdout
    assert "chapters  this format has none" in done.stdout
    with av.open(str(folder / "a.opus")) as container:
        assert container.streams.audio[0].metadata["title"] == "A short one"


def test_an_added_format_has_the_bit_rates_of_its_row(folder: Path) -> None:
    small, large = (length_ms(folder / name) for name in ("a.opus", "more.opus"))
    assert small == pytest.approx(large, abs=1)
    sizes = [(folder / name).stat().st_size for name in ("a.opus", "more.opus")]
    assert sizes[1] > 1.15 * sizes[0]
    refused = with_opus(folder, "export", "short.yaml", "-o", "b.opus", "--bitrate", "64k")
    assert refused.returncode == 2
    assert '--bitrate: "64k" is not offered; write 24k, 32k' in refused.stderr


def test_sentences_and_the_doctor_name_an_added_format(folder: Path) -> None:
    assert "end the name in .mp3, .wav or .opus" in with_opus(folder, "export", "plank", "-o", "a.xyz").stderr
    refused = with_opus(folder, "export", "plank", "-o", "a.wav", "--bitrate", "32k")
    assert "a .wav file has none to choose; leave it out, or end the name in .mp3 or .opus" in refused.stderr
    assert "name an MP3, a WAV or an Opus file" in with_opus(folder, "verify", "short.yaml").stderr
    told = " ".join(with_opus(folder, "export", "--help").stdout.split())
    assert "The file to write, .mp3, .wav or .opus;" in told
    assert "Of an MP3 or an Opus; it is constant." in told
    assert "writes .mp3, .wav, .opus" in with_opus(folder, "doctor", "formats").stdout


@pytest.mark.parametrize(
    ("kind", "rate_hz", "nearest_hz"),
    [(WAV, 11_025, 11_025), (MP3, 22_050, 22_050), (MP3, 22_051, 24_000), (MP3, 48_000, 24_000),
     (MP3, 8_000, 16_000), (OPUS, 22_050, 48_000)],
)  # fmt: skip
def test_a_session_keeps_its_rate_or_takes_the_lowest_that_loses_nothing(
    kind: Format, rate_hz: int, nearest_hz: int
) -> None:
    assert kind.nearest_rate_hz(rate_hz) == nearest_hz


@pytest.mark.parametrize(
    ("ffmpeg", "keeps"), [("mp3", True), ("wav", False), ("flac", False), ("ogg", False), ("matroska", True)]
)
def test_what_formats_keep_chapters(ffmpeg: str, keeps: bool) -> None:
    assert keeps_chapters(ffmpeg) is keeps


@pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
def test_a_row_agrees_with_itself(kind: Format) -> None:
    assert find_format(f"a{kind.extension.upper()}") is kind
    assert callable(kind.load_writer())
    assert kind.bit_rate in (kind.bit_rates or (0,))


def test_formats_are_listed_as_a_sentence_lists_them() -> None:
    assert list_formats() == ".mp3 or .wav"
    assert list_formats(which=lambda each: each.has_tags) == ".mp3"
    with pytest.raises(UsageError, match=r"end the name in \.mp3 or \.wav"):
        find_format("a.ogg")
