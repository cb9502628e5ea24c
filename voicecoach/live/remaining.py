"""What is still ahead of a live session: known once its words are made, and estimated before.

Besides, its tempos: those next to the one that is heard are at hand before anybody asks.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from threading import Lock, Thread

from voicecoach.errors import VoicecoachError
from voicecoach.live.record import Record
from voicecoach.model import FASTEST, SLOWEST, Pacing
from voicecoach.player.commands import Step
from voicecoach.player.steering import PACES, Player
from voicecoach.session_length import estimate_duration
from voicecoach.speech import Speech
from voicecoach.timeline import slot_ms

_KEPT = 2 * len(PACES)
# Of a pace: slower and faster again are the same as before.
_DIGITS = 9


class Tempos:
    """The players of a session by their pacing: its `first` one, and those that `turn` makes."""

    def __init__(self, first: Player, turn: Callable[[Pacing], Player]) -> None:
        self._made = lru_cache(_KEPT)(lambda pacing: first if pacing == first.pacing else turn(pacing))

    def at(self, player: Player, factor: float) -> Player:
        """Return the player of a tempo so many times that of another one, within the bounds of the pace."""
        pace = round(min(max(player.pacing.pace * factor, SLOWEST), FASTEST), _DIGITS)
        return self._made(replace(player.pacing, pace=pace))

    def prepare(self, player: Player) -> tuple[Player, ...]:
        """Have at hand, and return, what one command makes of a tempo; any thread may do so."""
        return tuple(self.at(player, factor) for factor in PACES.values())


class RemainingTime:
    """How long a session goes on from each place in its script, for the player that it has at the moment.

    One thread at a time measures it: its questions and those of the sound that plays wait for each other.
    Before it does, it estimates the players that `prepare` makes, as they may be asked for next.
    """

    def __init__(
        self, player: Player, speech: Speech, prepare: Callable[[Player], Iterable[Player]] = lambda _: ()
    ) -> None:
        self._speech = speech
        self._prepare = prepare
        self._newest = player
        self._tried: Player | None = None
        self._known: tuple[Player, list[int]] = (player, [])
        self._guessed: dict[Pacing, list[int]] = {}
        self._measuring = False
        self._lock = Lock()

    def measure(self) -> None:
        """Make every word of the player's script, so that its length is known; any thread may do so.

        It returns at once where another thread is at it.
        """
        with self._lock:
            if self._measuring:
                return
            self._measuring = True
        while player := self._untried():
            for each in self._prepare(player):
                self._about(each)
            lengths_ms: list[int] = []
            # Where speech fails, the session meets it too, and tells of it.
            with suppress(VoicecoachError):
                for slot in player.script.slots:
                    if player is not self._newest:
                        break
                    lengths_ms.append(slot_ms(slot, self._speech.duration_ms))
                else:
                    self._known = player, _tails_ms(lengths_ms)

    def turn(self, player: Player) -> None:
        """Take another player from now on, and have it measured by a thread beside the caller's."""
        self._newest = player
        Thread(target=self.measure, name="voicecoach-measure", daemon=True).start()

    def from_ms(self, player: Player, place: int, *, roughly: bool = False) -> int | None:
        """Return how long it goes on from a place in the script; None, or about so long, while not known.

        Once it was known at one tempo, it is told at any other: about so long, until that one is known.
        """
        measured, tails_ms = self._known
        if measured is not player or not tails_ms:
            if not (roughly or tails_ms):
                return None
            tails_ms = self._about(player)
        return tails_ms[min(place, len(tails_ms) - 1)]

    def left_ms(
        self, player: Player, record: Record, coming: Sequence[Step], position_ms: int, *, roughly: bool
    ) -> int:
        """Return how long a session goes on from a position, `coming` what is not placed; 0 if unknown."""
        if not record.placed:
            return 0
        place = record.place(position_ms)
        step, here_ms = record.steps[place], max(record.placed[place].end_ms - position_ms, 0)
        if not here_ms and coming:
            # A command cut the slot here, and what is left of it comes next.
            step = coming[0]
            here_ms = slot_ms(step.slot, estimate_duration(player.wording.rate_wpm))
        behind_ms = self.from_ms(player, step.next, roughly=roughly)
        return 0 if behind_ms is None else behind_ms + here_ms

    def _about(self, player: Player) -> list[int]:
        """Return about how long it goes on from each place in a script, and from its end."""
        if player.pacing not in self._guessed:
            about = estimate_duration(player.wording.rate_wpm)
            self._guessed[player.pacing] = _tails_ms([slot_ms(slot, about) for slot in player.script.slots])
        return self._guessed[player.pacing]

    def _untried(self) -> Player | None:
        """Return the newest player, or None where it was tried: then whoever comes next measures."""
        with self._lock:
            self._measuring = self._newest is not self._tried
            self._tried = self._newest
            return self._newest if self._measuring else None


def _tails_ms(lengths_ms: Sequence[int]) -> list[int]:
    """Return how long it is from each slot to the end, and from the end."""
    return list(accumulate(reversed(lengths_ms), initial=0))[::-1]
