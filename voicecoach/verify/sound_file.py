"""Opening a sound file that a stranger may have made: its tags, chapters, and sound in one channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from stat import S_ISREG
from typing import Any, NamedTuple

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

READERS = {each.ffmpeg for each in FORMATS.values()} | {"flac", "ogg", "mov", "matroska"}
"""The demuxers that may be tried, of exports and of copies that other programs make of them.

Others open further files and addresses that are named in a playlist.
"""

CODECS = {codec for each in FORMATS.values() for codec in each.codecs}
CODECS |= {"flac", "vorbis", "opus", "libopus", "aac", "pcm_s16be", "pcm_s24be"}
"""The decoders that may run, of exports and of such copies, and none of pictures or video."""

# Least and most samples a second: what is below cannot hold the bands of loudness, nothing is made above.
_LEAST_HZ, _MOST_HZ = 4_000, 384_000
# At most so many samples a second are listened to: voices have nothing above, and memory grows with them.
_LISTENED_HZ = 48_000
_MOST_CHANNELS = 8
_MOST_STREAMS = 16
# Sound so far behind the end of the session is not listened to: days of silence take a small file.
_MOST_OVER_MS = 600_000
_HINT = tell_exported()

# A tag may be of any bytes. PyAV refuses those that are no UTF-8, unless told what to make of them; from 19
# on it keeps them by itself, and has no such argument.
_KEEPS_ANY_TAG = 19
_IS_STRICT = int(av.__version__.partition(".")[0]) < _KEEPS_ANY_TAG
_TAG_ERRORS: dict[str, Any] = {"metadata_errors": "replace"} if _IS_STRICT else {}


class SoundFile(NamedTuple):
    """A sound file that is open; `chapters` are None where its format has no place for them."""

    container: InputContainer
    content: MeteredFile
    script: str
    rate_hz: int
    chapters: tuple[Chapter, ...] | None

    def blocks(self, most_ms: int) -> Iterator[Floats]:
        """Yield the sound as one channel, shape (n,), full scale 1; a damaged end is where the sound ends.

        It ends too where its form changes half-way, which no export nor copy of one does, and ten
        minutes after `most_ms`. Raises FileError.
        """
        one = av.AudioResampler(format="fltp", layout="mono", rate=self.rate_hz)
        first, left = None, (most_ms + _MOST_OVER_MS) * self.rate_hz // 1000
        for frame in self._frames():
            form = (frame.format.name, frame.sample_rate, frame.layout.nb_channels)
            if first is None:
                # What a decoder makes of the sound need not be what the header says of it.
                _check_form(self.content.path, *form[1:])
                first = form
            elif form != first:
                return
            for sound in one.resample(frame):
                left -= sound.samples
                yield sound.to_ndarray()[0]
            if left < 0:
                return

    def _frames(self) -> Iterator[AudioFrame]:
        try:
            for frame in self.container.decode(audio=0):
                self.content.sounds()
                yield frame
        except MemoryError:
            raise
        except av.FFmpegError:
            pass
        self.content.check()


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
    whitelists = {"format_whitelist": ",".join(READERS), "codec_whitelist": ",".join(CODECS)}
    options = {**whitelists, "max_streams": str(_MOST_STREAMS)}
    try:
        opened: InputContainer = av.open(content, mode="r", options=options, **_TAG_ERRORS)
    except MemoryError:
        raise
    except (av.FFmpegError, OSError):
        content.check()
        raise FileError(content.path, "this is no sound file that can be decoded", _HINT) from None
    return opened


def _sound_file(content: MeteredFile, container: InputContainer) -> SoundFile:
    content.check()
    if not container.streams.audio:
        raise FileError(content.path, "there is no sound in it", _HINT)
    stream = container.streams.audio[0]
    # A stream whose coding FFmpeg does not know has no decoder, whatever the types say.
    decoder: AudioCodecContext | None = stream.codec_context
    if decoder is None or decoder.name not in CODECS:
        raise FileError(content.path, "its sound is coded in a way that is not known here", _HINT)
    _check_form(content.path, decoder.sample_rate, decoder.layout.nb_channels)
    # Ogg keeps its tags with the stream.
    tags = {name.lower(): text for each in (stream, container) for name, text in each.metadata.items()}
    script = tags.get(SCRIPT, "") or read_wav_script(content.path)
    chapters = tuple(_chapters(container)) if keeps_chapters(container.format.name) else None
    return SoundFile(container, content, script, min(decoder.sample_rate, _LISTENED_HZ), chapters)


def _check_form(path: str, rate_hz: int, channels: int) -> None:
    if not _LEAST_HZ <= rate_hz <= _MOST_HZ:
        raise FileError(path, f"its sound has a rate of {rate_hz:,} Hz", _HINT)
    if not 1 <= channels <= _MOST_CHANNELS:
        raise FileError(path, f"its sound has {channels} channels", _HINT)


def _chapters(container: InputContainer) -> Iterator[Chapter]:
    for mark in container.chapters():
        # A file may say that its unit is no time at all.
        unit_ms = 1000 * (mark["time_base"] or 0)
        start_ms, end_ms = round(mark["start"] * unit_ms), round(mark["end"] * unit_ms)
        yield Chapter(mark["metadata"].get("title", ""), start_ms, end_ms)
