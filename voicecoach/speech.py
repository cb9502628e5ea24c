"""What the use cases need of whatever makes their sounds: a `Studio`, or a fake of it in a test."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from voicecoach.clip import Clip
from voicecoach.errors import ClipChangedError
from voicecoach.events import Sound

Result = TypeVar("Result")


class Speech(Protocol):
    """A voice that makes sounds. Any thread may ask; lengths are in milliseconds."""

    rate_hz: int

    def reachable_wpm(self) -> tuple[int, int]:
        """Return the slowest and the fastest the voice speaks, in real words a minute."""
        ...

    def clip(self, sound: Sound) -> Clip:
        """Return the finished sound."""
        ...

    def duration_ms(self, sound: Sound) -> int:
        """Return its length, which may be known without the sound."""
        ...


class SpeechArchive(Speech, Protocol):
    """A voice that also keeps what was made of its clips, such as their frames of an MP3."""

    def stored(self, sound: Sound, kind: str) -> bytes | None:
        """Return what was stored of a sound under `kind`, None where nothing was."""
        ...

    def store(self, sound: Sound, kind: str, content: bytes) -> None:
        """Store what was made of a sound."""
        ...


def retry_changed(make: Callable[[], Result]) -> Result:
    """Return what is made by lengths of clips, made once more where one of them turned out to be another."""
    try:
        return make()
    except ClipChangedError:
        return make()
