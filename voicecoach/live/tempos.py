"""The tempos of a live session: those next to the one that is heard are at hand before anybody asks."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from voicecoach.model import FASTEST, SLOWEST, Pacing
from voicecoach.player.steering import PACES, Player

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
