"""Opening a sound file: its tags, its chapters, and its sound in one channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from voicecoach.errors import FileError
from voicecoach.events import Chapter
from voicecoach.export.formats import keeps_chapters, list_formats
from voicecoach.export.id3 import SCRIPT
from voicecoach.export.wav import read_wav_script
from voicecoach.files import mode_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from av.container import InputContainer


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A sound file that is open; `has_chapters` says whether its format has a place for them."""

    container: "InputContainer"
    script: str
    rate_hz: int
    chapters: tuple[Chapter, ...]
    has_chapters: bool

    def blocks(self) -> Iterator["npt.NDArray[np.float32]"]:
        """Yield the sound as one channel, shape (n,), full scale 1; a damaged end is where the sound ends."""
        import av

        one = av.AudioResampler(format="fltp", layout="mono", rate=self.rate_hz)
        try:
            for frame in self.container.decode(audio=0):
                for sound in one.resample(frame):
                    yield sound.to_ndarray()[0]
        except av.FFmpegError:
            return


@contextmanager
def open_sound_file(path: str) -> Iterator[SoundFile]:
    """Open a sound file; raises FileError where it is none."""
    import av

    hint = f"name {list_formats(lambda each: each.name)} file"
    mode = mode_of(path)
    if not mode:
        raise FileError(path, "no such file", "check the name")
    if not S_ISREG(mode):
        # A pipe would wait for its writer, and a device never ends.
        raise FileError(path, "this is no ordinary file", hint)
    try:
        container = av.open(str(Path(path).absolute()))
    except (av.FFmpegError, OSError):
        raise FileError(
            path,
            "this is no sound file that can be decoded",
            hint,
        ) from None
    with container:
        if not container.streams.audio:
            raise FileError(path, "there is no sound in it", hint)
        tags = {name.lower(): text for name, text in _tags(container)}
        script = tags.get(SCRIPT, "") or read_wav_script(path)
        rate_hz = container.streams.audio[0].rate
        kept = keeps_chapters(container.format.name)
        yield SoundFile(container, script, rate_hz, _chapters(container), kept)


def _tags(container: "InputContainer") -> Iterator[tuple[str, str]]:
    # Ogg keeps its tags with the stream.
    yield from container.streams.audio[0].metadata.items()
    yield from container.metadata.items()


def _chapters(container: "InputContainer") -> tuple[Chapter, ...]:
    found = []
    for mark in container.chapters():
        unit_ms = 1000 * (mark["time_base"] or 0)
        title = mark["metadata"].get("title", "")
        found.append(Chapter(title, round(mark["start"] * unit_ms), round(mark["end"] * unit_ms)))
    return tuple(found)
