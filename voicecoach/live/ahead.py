"""What is still ahead of a live session: known once its words are made, and estimated before."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from threading import Lock, Thread

from voicecoach.errors import VoicecoachError
from voicecoach.fit import estimated
from voicecoach.live.speech import Speech
from voicecoach.player import Player
from voicecoach.timeline import slot_ms


class Ahead:
    """How long a session goes on from each place in its script, for the player that it has at the moment.

    One thread at a time measures it: its questions and those of the sound that plays wait for each other.
    """

    def __init__(self, player: Player, speech: Speech) -> None:
        self._speech = speech
        self._newest = player
        self._tried: Player | None = None
        self._known: tuple[Player, list[int]] = (player, [])
        self._measuring = False
        self._lock = Lock()

    def measure(self) -> None:
        """Make every word of the player's script, so that its length is known; any thread may do so.

        It returns at once where another thread is at it.
        """
        if self._claimed():
            self._measure()

    def turn(self, player: Player) -> None:
        """Take another player from now on, and have it measured by a thread beside the caller's."""
        self._newest = player
        if self._claimed():
            Thread(target=self._measure, name="voicecoach-measure", daemon=True).start()

    def from_ms(self, player: Player, place: int, *, roughly: bool = False) -> int | None:
        """Return how long it goes on from a place in the script; None, or about so long, while not known."""
        measured, tails_ms = self._known
        if measured is player and tails_ms:
            return tails_ms[min(place, len(tails_ms) - 1)]
        if not roughly:
            return None
        about = estimated(player.wording.rate_wpm)
        return sum(slot_ms(slot, about) for slot in player.script.slots[place:])

    def _claimed(self) -> bool:
        """Whether the caller is the one who measures from now on."""
        with self._lock:
            claimed, self._measuring = not self._measuring, True
            return claimed

    def _measure(self) -> None:
        while player := self._untried():
            lengths_ms: list[int] = []
            # Where speech fails, the session meets it too, and tells of it.
            with suppress(VoicecoachError):
                for slot in player.script.slots:
                    if player is not self._newest:
                        break
                    lengths_ms.append(slot_ms(slot, self._speech.duration_ms))
                else:
                    self._known = player, _tails_ms(lengths_ms)

    def _untried(self) -> Player | None:
        """Return the newest player, or None where it was tried: then whoever comes next measures."""
        with self._lock:
            self._measuring = self._newest is not self._tried
            self._tried = self._newest
            return self._newest if self._measuring else None


def _tails_ms(lengths_ms: Sequence[int]) -> list[int]:
    """Return how long it is from each slot to the end, and from the end."""
    return list(accumulate(reversed(lengths_ms), initial=0))[::-1]
