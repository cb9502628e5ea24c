"""A moment of a live session, for whoever shows or keeps it."""

from dataclasses import dataclass

from voicecoach.player.commands import State
from voicecoach.timeline import PlacedSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a live session is. `left_ms` is 0 as long as not every word has been made.

    `now` is the slot being heard, `started` those that began since the last moment, and `done` the
    exercises whose last movement was done, by their index.
    """

    position_ms: int
    left_ms: int
    state: State
    now: PlacedSlot
    started: tuple[PlacedSlot, ...]
    done: frozenset[int] = frozenset()
