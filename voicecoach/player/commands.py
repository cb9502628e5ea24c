"""What a person can ask of a live session, where that meets it, what comes of it, and where the session then is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from voicecoach.events import Event, Slot

# Whoever gives commands needs no timeline.
if TYPE_CHECKING:
    from voicecoach.timeline import PlacedSlot


class Command(StrEnum):
    """What a person can ask of a live session."""

    TOGGLE = "toggle"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    SKIP = "skip"
    MORE = "more"
    SLOWER = "slower"
    FASTER = "faster"
    AGAIN = "again"
    LEFT = "left"
    STOP = "stop"


class State(StrEnum):
    """What the session does: it plays, it stands, or it waits between two exercises."""

    PLAYING = "playing"
    PAUSED = "paused"
    BETWEEN = "between"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Step:
    """A slot to be heard; `origin` is its place in the script, or that of the slot that it stands in for.

    An answer or a lead-in put in between stands `before` the slot at its origin, which is still to come.
    """

    slot: Slot
    origin: int
    before: bool = False

    @property
    def next(self) -> int:
        """The place in the script of what comes after it."""
        return self.origin if self.before else self.origin + 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a command met the session: in which step, how far into it, and what was said last.

    `rest` are the events of the step that are still to come (in talk as they were written, else with times
    from the cut), `broken` those being heard; `left_ms` is what is left of the step.
    """

    step: Step
    left_ms: int
    rest: tuple[Event, ...] = ()
    broken: tuple[Event, ...] = ()
    said: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes of a command: the state, the steps from here on, and whether the sound goes on unbroken.

    `over` is an event heard at once above what goes on; `pace` multiplies the tempo of all that follows.
    """

    state: State
    steps: tuple[Step, ...]
    over: Event | None = None
    unbroken: bool = False
    pace: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a live session is. `left_ms` is 0 as long as not every word has been made.

    `now` is the slot being heard, `started` those that began since the last moment, and `done` the
    exercises whose last movement was done, by their index.
    """

    position_ms: int
    left_ms: int
    state: State
    now: "PlacedSlot"
    started: "tuple[PlacedSlot, ...]"
    done: frozenset[int] = frozenset()
