"""What is still ahead of a live session: known once its words are made, and estimated before."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate

from voicecoach.errors import VoicecoachError
from voicecoach.events import Slot
from voicecoach.fit import estimated
from voicecoach.live.speech import Speech
from voicecoach.player import Player
from voicecoach.timeline import Duration, slot_ms


class Ahead:
    """How long a session goes on from each place in its script, for the player that it has at the moment."""

    def __init__(self, player: Player, speech: Speech) -> None:
        self._speech = speech
        self._known: tuple[Player, list[int]] = (player, [])

    def measure(self, player: Player) -> None:
        """Make every word of a player's script, so that its length is known; any thread may do so."""
        # Where speech fails, the session meets it too, and tells of it.
        with suppress(VoicecoachError):
            self._known = player, _tails_ms(player.script.slots, self._speech.duration_ms)

    def from_ms(self, player: Player, place: int, *, roughly: bool = False) -> int | None:
        """Return how long it goes on from a place in the script; None, or about so long, while not known."""
        measured, tails_ms = self._known
        if measured is player and tails_ms:
            return tails_ms[min(place, len(tails_ms) - 1)]
        rest = player.script.slots[place:]
        return _tails_ms(rest, estimated(player.wording.rate_wpm))[0] if roughly else None


def _tails_ms(slots: Sequence[Slot], duration: Duration) -> list[int]:
    """Return how long it is from each slot to the end, and from the end."""
    lengths = [slot_ms(slot, duration) for slot in slots]
    return list(accumulate(reversed(lengths), initial=0))[::-1]
