"""What a live session needs of whatever makes its sounds."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from voicecoach.errors import ClipChangedError
from voicecoach.events import Sound

if TYPE_CHECKING:
    from voicecoach.audio import Clip


Result = TypeVar("Result")


class Speech(Protocol):
    """Makes sounds: a `Studio`, or a fake of it. Lengths are in milliseconds."""

    rate_hz: int

    def clip(self, sound: Sound) -> "Clip":
        """Return the finished sound."""
        ...

    def duration_ms(self, sound: Sound) -> int:
        """Return its length."""
        ...


def retry_changed(make: Callable[[], Result]) -> Result:
    """Return what is made by lengths of clips, made once more where one of them turned out to be another."""
    try:
        return make()
    except ClipChangedError:
        return make()
