"""The formats that can be written: one row each, which is all that the rest of the program knows of them.

How to add one:

1. Write a module here with a function that is a `Writer`.
2. Add a row to `FORMATS`; the module is loaded when a file of the format is written.
3. Run the contract tests of `tests/export/` on it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from pkgutil import resolve_name
from typing import NamedTuple

from voicecoach.clip import Pcm
from voicecoach.errors import UsageError, plain
from voicecoach.export.content import Content
from voicecoach.export.mpeg import RATES_HZ
from voicecoach.files.replacement import refuse_target

Writer = Callable[[str, Iterable[Pcm], Content], None]
"""Encodes blocks of mono int16 to a finished file at a path, as a stream; raises OSError where the disk refuses.

It is given what its row says that the format holds, and nothing else. The tag `script` is always given: a file
that does not carry it cannot be verified.
"""


class Format(NamedTuple):
    """What files of one kind can hold, and what writes them.

    `name` is how sentences call such a file, with its article; `ffmpeg` what FFmpeg calls the format when it
    reads one, and `codecs` the decoders of it that may run. A session of none of `rates_hz` is resampled, and
    with none given is written as it is. Of `bit_rates`, in bit/s, `bit_rate` is used where nobody asks for
    one; none are given where there is nothing to choose.
    """

    extension: str
    name: str
    writer: str
    ffmpeg: str
    codecs: tuple[str, ...]
    rates_hz: tuple[int, ...] = ()
    bit_rates: tuple[int, ...] = ()
    bit_rate: int = 0
    has_chapters: bool = False
    has_tags: bool = False

    def load_writer(self) -> Writer:
        """Load the module that writes the format, and return its function."""
        writer: Writer = resolve_name(self.writer)
        return writer

    def nearest_rate_hz(self, rate_hz: int) -> int:
        """Return the rate of the file of a session at `rate_hz`: the lowest that loses none of its sound."""
        higher = [each for each in self.rates_hz if each >= rate_hz]
        return min(higher) if higher else max(self.rates_hz, default=rate_hz)


class SavedFile(NamedTuple):
    """What was written, as a decoder hears it.

    `peak_limited` says that the gain was kept below what the loudness asked for, so that no peak distorts.
    """

    path: str
    duration_ms: int
    lufs: float
    true_peak_dbtp: float
    gain_db: float
    peak_limited: bool


MP3 = Format(
    extension=".mp3",
    name="an MP3",
    writer="voicecoach.export.lame:write_mp3",
    ffmpeg="mp3",
    codecs=("mp3", "mp3float"),
    rates_hz=RATES_HZ,
    bit_rates=(48_000, 64_000, 96_000),  # constant, as players then seek exactly
    bit_rate=64_000,
    has_chapters=True,
    has_tags=True,
)
WAV = Format(
    extension=".wav",
    name="a WAV",
    writer="voicecoach.export.wav:write_wav",
    ffmpeg="wav",
    codecs=("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"),
)

FORMATS = {each.extension: each for each in (MP3, WAV)}

# Formats that are not written here, and keep no chapters when another program copies a file to them.
_COPIES_WITHOUT_CHAPTERS = {"flac", "ogg"}


def find_format(path: str) -> Format:
    """Return the format of the extension of `path`; raises UsageError with the known ones."""
    extension = Path(path).suffix.lower()
    if extension not in FORMATS:
        what = f'"{extension}" is not a format that can be written' if extension else "the name has no extension"
        raise UsageError(f"{plain(path)}: {what}", f"end the name in {list_formats()}")
    return FORMATS[extension]


def check_sound_target(path: str) -> None:
    """Raise UsageError or FileError now for a `path` that could not be written later."""
    find_format(path)
    refuse_target(path)


def list_formats(
    word: Callable[[Format], str] = lambda each: each.extension, which: Callable[[Format], bool] = lambda _: True
) -> str:
    """Return a word about each format, as a sentence lists them: ".mp3 or .wav"."""
    *most, last = map(word, filter(which, FORMATS.values()))
    return f"{', '.join(most)} or {last}" if most else last


def tell_exported() -> str:
    """Return the hint of a file that is none of those that can be written."""
    return f"name {list_formats(lambda each: each.name)} file that voicecoach has exported"


def keeps_chapters(ffmpeg: str) -> bool:
    """Return whether files of the format that FFmpeg calls so have a place for chapters."""
    known = [each.has_chapters for each in FORMATS.values() if each.ffmpeg == ffmpeg]
    return any(known) if known else ffmpeg not in _COPIES_WITHOUT_CHAPTERS
