"""Opening a sound file that a stranger may have made: its tags, chapters, and sound in one channel."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from stat import S_ISREG
from typing import Any

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.container import InputContainer

from voicecoach.clip import Floats
from voicecoach.errors import FileError
from voicecoach.events import Chapter
from voicecoach.export.formats import FORMATS, keeps_chapters, tell_exported
from voicecoach.export.mpeg import SCRIPT
from voicecoach.export.wav import read_wav_script
from voicecoach.files import mode_of
from voicecoach.verify.metered_file import MeteredFile, limit_memory

COPIES = ("flac", "ogg", "mov", "matroska")
"""The demuxers of copies that other programs make of a session."""

COPY_CODECS = ("flac", "vorbis", "opus", "libopus", "aac", "pcm_s16be", "pcm_s24be")
"""The decoders of such copies, and none of pictures or video."""

READERS = tuple(dict.fromkeys((*(each.ffmpeg for each in FORMATS.values()), *COPIES)))
"""The demuxers that may be tried: others open further files and addresses that are named in a playlist."""

CODECS = frozenset((*(codec for each in FORMATS.values() for codec in each.codecs), *COPY_CODECS))
"""The decoders that may run."""

RATES_HZ = (4_000, 384_000)
"""Least and most samples a second: what is below cannot hold the bands of loudness, nothing is made above."""

MOST_RATE_HZ = 48_000
"""At most so many samples a second are listened to: voices have nothing above, and memory grows with them."""

MOST_CHANNELS = 8

MOST_OVER_MS = 600_000
"""Sound so far behind the end of the session is not listened to: days of silence take a small file."""

_MOST_STREAMS = 16
_HINT = tell_exported()

# A tag may be of any bytes. PyAV refuses those that are no UTF-8, unless told what to make of them; from 19
# on it keeps them by itself, and has no such argument.
_KEEPS_ANY_TAG = 19
_HAS_ERRORS = int(av.__version__.partition(".")[0]) < _KEEPS_ANY_TAG
_TAG_ERRORS: dict[str, Any] = {"metadata_errors": "replace"} if _HAS_ERRORS else {}


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A sound file that is open; `has_chapters` says whether its format has a place for them."""

    container: InputContainer
    bytes_of: MeteredFile
    script: str
    rate_hz: int
    chapters: tuple[Chapter, ...]
    has_chapters: bool

    def blocks(self, most_ms: int) -> Iterator[Floats]:
        """Yield the sound as one channel, shape (n,), full scale 1; a damaged end is where the sound ends.

        It ends too where its form changes half-way, which no export nor copy of one does, and `MOST_OVER_MS`
        after `most_ms`. Raises FileError.
        """
        one = av.AudioResampler(format="fltp", layout="mono", rate=self.rate_hz)
        form, left = None, (most_ms + MOST_OVER_MS) * self.rate_hz // 1000
        for frame in self._frames():
            if form is None:
                # What a decoder makes of the sound need not be what the header says of it.
                _check_form(self.bytes_of.path, frame.sample_rate, frame.layout.nb_channels)
                form = _form(frame)
            elif _form(frame) != form:
                return
            for sound in one.resample(frame):
                left -= sound.samples
                yield sound.to_ndarray()[0]
            if left < 0:
                return

    def _frames(self) -> Iterator[AudioFrame]:
        try:
            for frame in self.container.decode(audio=0):
                self.bytes_of.sounds()
                yield frame
        except MemoryError:
            raise
        except av.FFmpegError:
            pass
        self.bytes_of.check()


@contextmanager
def open_sound_file(path: str) -> Iterator[SoundFile]:
    """Open a sound file; raises FileError where it is none, or takes more memory than a session does."""
    mode = mode_of(path)
    if not mode:
        raise FileError(path, "no such file", "check the name")
    if not S_ISREG(mode):
        # A pipe would wait for its writer, and a device never ends.
        raise FileError(path, "this is no ordinary file", _HINT)
    try:
        with limit_memory(), MeteredFile(path) as content, _container(content) as container:
            yield _sound_file(content, container)
    except MemoryError:
        raise FileError(path, "it holds more than the sound of a session", _HINT) from None


def _container(content: MeteredFile) -> InputContainer:
    options = {
        "format_whitelist": ",".join(READERS),
        "codec_whitelist": ",".join(CODECS),
        "max_streams": str(_MOST_STREAMS),
    }
    try:
        opened: InputContainer = av.open(content, mode="r", options=options, **_TAG_ERRORS)
    except MemoryError:
        raise
    except (av.FFmpegError, OSError):
        content.check()
        what = "this is no sound file that can be decoded"
        raise FileError(content.path, what, _HINT) from None
    return opened


def _sound_file(content: MeteredFile, container: InputContainer) -> SoundFile:
    content.check()
    if not container.streams.audio:
        raise FileError(content.path, "there is no sound in it", _HINT)
    # A stream whose coding FFmpeg does not know has no decoder, whatever the types say.
    decoder: AudioCodecContext | None = container.streams.audio[0].codec_context
    if decoder is None or decoder.name not in CODECS:
        raise FileError(content.path, "its sound is coded in a way that is not known here", _HINT)
    _check_form(content.path, decoder.sample_rate, decoder.layout.nb_channels)
    tags = {name.lower(): text for name, text in _tags(container)}
    return SoundFile(
        container=container,
        bytes_of=content,
        script=tags.get(SCRIPT, "") or read_wav_script(content.path),
        rate_hz=min(decoder.sample_rate, MOST_RATE_HZ),
        chapters=_chapters(container),
        has_chapters=keeps_chapters(container.format.name),
    )


def _check_form(path: str, rate_hz: int, channels: int) -> None:
    least_hz, most_hz = RATES_HZ
    if not least_hz <= rate_hz <= most_hz:
        raise FileError(path, f"its sound has a rate of {rate_hz:,} Hz", _HINT)
    if not 1 <= channels <= MOST_CHANNELS:
        raise FileError(path, f"its sound has {channels} channels", _HINT)


def _form(frame: AudioFrame) -> tuple[str, int, int]:
    return frame.format.name, frame.layout.nb_channels, frame.sample_rate


def _tags(container: InputContainer) -> Iterable[tuple[str, str]]:
    # Ogg keeps its tags with the stream.
    yield from container.streams.audio[0].metadata.items()
    yield from container.metadata.items()


def _chapters(container: InputContainer) -> tuple[Chapter, ...]:
    found = []
    for mark in container.chapters():
        # A file may say that its unit is no time at all.
        unit_ms = 1000 * (mark["time_base"] or 0)
        title = mark["metadata"].get("title", "")
        found.append(Chapter(title, round(mark["start"] * unit_ms), round(mark["end"] * unit_ms)))
    return tuple(found)
