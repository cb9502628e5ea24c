"""The sound side: what is heard, first in order (the script), then on a clock (the timeline).

Every time is an integer of milliseconds; in a timeline it counts from the start of the session. What is only a
value is a named tuple, as those are quick to define: each command that speaks waits for it.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from voicecoach.model import Breath, Side


class Utterance(NamedTuple):
    """Plain words and the rate they are spoken at, in real words a minute."""

    text: str
    rate_wpm: int


Tone = StrEnum("Tone", "START COUNT END IN OUT")
"""The short sounds that stand in for words, each unlike the others."""

Sound = Utterance | Tone

Kind = StrEnum("Kind", "SPEAK COUNT BREATH TONE")
"""What sort of thing is heard."""


class Rank(IntEnum):
    """Who yields when two cues want the same second: the lower number stays."""

    SAFETY = 0
    ROUTE = 1  # switch sides, what comes next
    TIME = 2  # end, count, landmark
    BREATH = 3
    TIP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place in a session that something belongs to; `index` and the others count from 1."""

    exercise: str | None = None
    index: int | None = None
    set: int | None = None
    rep: int | None = None
    side: Side | None = None


class Event(NamedTuple):
    """Something to be heard inside a slot, before it has a clock.

    `wordings` are tried from the best to the shortest; when none fits, the event is dropped and listed.
    `at_ms` counts from the start of its slot when positive or zero, from its end when negative;
    None lets it follow the event before it. An event with a time may start up to `slack_ms` later.
    `window_ms` bounds its length; 0 leaves it to its neighbours.
    `pause_ms` is silence kept after it. An event that `settles` leads into position: the `lead_in_ms` of its
    slot count from its end. The first `whole` wordings say all that the event is for: another one is listed
    when it is heard (0: every wording does). Events of one `pair` (not 0), the two halves of a breath, stay
    or yield together. `breath` is the prompt that a landmark or an end speaks, too.
    """

    kind: Kind
    cue: str
    wordings: tuple[Sound, ...]
    rank: Rank
    at_ms: int | None = None
    slack_ms: int = 0
    window_ms: int = 0
    pause_ms: int = 0
    settles: bool = False
    whole: int = 0
    pair: int = 0
    breath: Breath | None = None

    def loses(self, wording: int) -> bool:
        """Whether the wording at that place says less than the event is for."""
        return 0 < self.whole <= wording


class Slot(NamedTuple):
    """A stretch of the session, with what is heard in it.

    `elastic` slots (talk, rests, switches, lead-ins) grow when their words need longer than `nominal_ms`;
    the others (holds, phases) last exactly that. After the event that `settles` (the position), at least
    `lead_in_ms` pass before the slot ends. `chapter` opens a new chapter with the slot; a live session waits
    for the person before one that `waits`. `tail` false lets the next slot follow at once on the last word.
    `grown_ms` is how much longer a fixed slot is than its program asks.
    """

    kind: str
    events: tuple[Event, ...] = ()
    where: Where = Where()
    nominal_ms: int = 0
    elastic: bool = True
    lead_in_ms: int = 0
    tail: bool = True
    chapter: str = ""
    waits: bool = False
    grown_ms: int = 0


class Filled(NamedTuple):
    """A dose that nobody stated: the `field` of an `exercise` and the default `value` that stands in."""

    exercise: str
    field: str
    value: str


class Script(NamedTuple):
    """What is said and done, in order, with nominal slots and no clock."""

    title: str
    language: str
    slots: tuple[Slot, ...]
    filled: tuple[Filled, ...] = ()


class PlacedEvent(NamedTuple):
    """An event on the clock, in the wording that fitted; for a tone, `text` is the tone's name.

    `breath` is what its words start besides what its cue is for.
    """

    kind: Kind
    start_ms: int
    end_ms: int
    sound: Sound
    cue: str
    where: Where
    breath: Breath | None = None

    @property
    def text(self) -> str:
        """The words, or the name of the tone."""
        return self.sound.text if isinstance(self.sound, Utterance) else self.sound.value


class Span(NamedTuple):
    """A hold or a repetition on the clock; `prescribed_ms` is the dose of a hold, 0 for a repetition."""

    where: Where
    start_ms: int
    end_ms: int
    prescribed_ms: int = 0


class Chapter(NamedTuple):
    """A titled span of the session; chapters tile it."""

    title: str
    start_ms: int
    end_ms: int


class Dropped(NamedTuple):
    """A cue that yielded, where, and to what."""

    cue: str
    at_ms: int
    why: str


class Stretched(NamedTuple):
    """A transition or a movement that was lengthened, by how much, and why."""

    cue: str
    at_ms: int
    by_ms: int
    why: str


class Timeline(NamedTuple):
    """The timed speech script: the one truth that play, export and print share."""

    title: str
    language: str
    duration_ms: int
    chapters: tuple[Chapter, ...]
    events: tuple[PlacedEvent, ...]
    holds: tuple[Span, ...]
    reps: tuple[Span, ...]
    dropped: tuple[Dropped, ...]
    stretched: tuple[Stretched, ...]
    filled: tuple[Filled, ...]
