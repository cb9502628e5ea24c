"""What a live session needs of whatever makes its sounds."""

from typing import TYPE_CHECKING, Protocol

from voicecoach.events import Sound

if TYPE_CHECKING:
    from voicecoach.audio import Clip


class Speech(Protocol):
    """Makes sounds: a `Studio`, or a fake of it. Lengths are in milliseconds."""

    rate_hz: int

    def clip(self, sound: Sound) -> "Clip":
        """Return the finished sound."""
        ...

    def duration_ms(self, sound: Sound) -> int:
        """Return its length."""
        ...
