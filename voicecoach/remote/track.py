"""What a desktop shows of a session, out of a `Status`: alike on all systems, in the words of MPRIS.

The lock screen and a headset know tracks with a length and a position in it. Here the session is what has
both; waiting is left out of them, as nobody can tell how long it lasts.
"""

from dataclasses import dataclass

from voicecoach.player.commands import State
from voicecoach.remote import Status

PLAYBACK = {State.PLAYING: "Playing", State.PAUSED: "Paused", State.BETWEEN: "Paused", State.STOPPED: "Stopped"}

_JUMP_US = 2_000_000


@dataclass(frozen=True, slots=True)
class Track:
    """What is shown. Times are in microseconds, as MPRIS has them; a `length_us` of 0 is not known yet."""

    playback: str
    title: str
    album: str
    number: int
    length_us: int


class Progress:
    """Follows a session, so that its length stays the same while it is played."""

    def __init__(self) -> None:
        self._length_ms = 0
        # The position as those who show it count it on, once they were told it, while the session plays.
        self._us = self._s = 0.0
        self._plays = False

    def look(self, status: Status) -> tuple[Track, int]:
        """Return what is shown of a session, and the position in it in microseconds.

        The waiting is left out of it as soon as the session's length is known.
        """
        left_ms, position_ms = status.left_ms, status.position_ms
        if left_ms:
            self._length_ms = max(self._length_ms or position_ms + left_ms, left_ms)
            position_ms = self._length_ms - left_ms
        elif self._length_ms:
            position_ms = min(position_ms, self._length_ms)
        track = Track(
            playback=PLAYBACK[status.state],
            title=status.exercise or status.title,
            album=status.title,
            number=status.index,
            length_us=self._length_ms * 1000,
        )
        return track, position_ms * 1000

    def jumped(self, position_us: int, now_s: float, *, plays: bool) -> bool:
        """Take the position at a moment in seconds; return whether it is two seconds off."""
        expected_us = self._us + (now_s - self._s) * 1e6 * self._plays
        self._us, self._s, self._plays = position_us, now_s, plays
        return abs(position_us - expected_us) > _JUMP_US
