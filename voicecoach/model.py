"""The program side: what is exercised, as frozen records that cannot be invalid once parsed."""

from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.units import DAY_MS, Range

SLOWEST, FASTEST = 0.5, 2.0
"""The bounds of the pace, by flag and by command."""

MOST_PAIN = 10
LONGEST_PROGRAM_MS = DAY_MS
"""What the doses of a program may add up to."""
TOO_LONG = ("the doses add up to more than 24 hours", "lower the sets, repetitions, holds or durations")
"""The worst pain of the scale that people are asked about; none is 0."""


class Posture(StrEnum):
    """How the body rests during an exercise."""

    STANDING = "standing"
    SITTING = "sitting"
    BACK = "back"
    FRONT = "front"
    SIDE = "side"
    HANDS_AND_KNEES = "hands-and-knees"

    @property
    def on_floor(self) -> bool:
        """Whether one has to get down to the floor for it."""
        return self not in {Posture.STANDING, Posture.SITTING}


class Sides(StrEnum):
    """Which sides of the body work, and in which order."""

    NONE = "none"
    EACH = "each"
    ALTERNATE = "alternate"
    LEFT = "left"
    RIGHT = "right"


class Side(StrEnum):
    """One side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Breath(StrEnum):
    """What the breath does during a phase."""

    IN = "in"
    OUT = "out"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One part of a repetition: its cue, its length and its breath.

    A phase with `hold` has no `seconds`: it lasts as long as the hold of the dose.
    """

    cue: str
    seconds: float | None = None
    breath: Breath = Breath.FREE
    hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much, as stated: `None` where nothing was. Times are ranges of milliseconds, the rest of counts."""

    sets: Range | None = None
    reps: Range | None = None
    hold: Range | None = None
    rest: Range | None = None
    duration: Range | None = None
    breaths: Range | None = None
    cycles: Range | None = None

    @property
    def spans(self) -> dict[str, Range]:
        """What is stated, by its field."""
        spans = {name: getattr(self, name) for name in Dose.__dataclass_fields__}
        return {name: span for name, span in spans.items() if span is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise. Only `name` and `steps` are always there; `key` is its name in the library, or "".

    `leave` leads out of its position before anything else. With `wait`, a live session waits before the
    exercise until the person says go.
    """

    name: str
    steps: tuple[str, ...]
    key: str = ""
    posture: Posture | None = None
    position: str = ""
    phases: tuple[Phase, ...] = ()
    dose: Dose = field(default_factory=Dose)
    sides: Sides = Sides.NONE
    equipment: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    frequency: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    leave: str = ""
    wait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A titled list of exercises; `language` is a BCP 47 tag."""

    title: str
    exercises: tuple[Exercise, ...]
    language: str = "en"
    intro: str = ""


Effort = StrEnum("Effort", "LOW MIDDLE HIGH")
"""Where in a stated range to stand."""

Detail = StrEnum("Detail", "LEARN FULL BRIEF MINIMAL")
"""How much is explained."""

Count = StrEnum("Count", "AUTO EVERY LAST TONES OFF")
"""How a hold is counted."""


@dataclass(frozen=True, slots=True)
class Override:
    """A dose given on the command line: `field` of every exercise, or of the one named `exercise`."""

    field: str
    value: int
    exercise: str = ""


@dataclass(frozen=True, slots=True)
class Breathing:
    """A breath in milliseconds: in, pause, out, pause."""

    in_ms: int
    out_ms: int
    full_ms: int = 0
    empty_ms: int = 0

    @property
    def paused(self) -> bool:
        """Whether the breath rests on its way, which only breathing exercises ask for."""
        return bool(self.full_ms or self.empty_ms)


CALM = Breathing(4000, 6000)
"""About six breaths a minute: four seconds in, six out."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a target length settled. `share` is where in stated ranges to stand, from 0 to 1.

    `nudges` are exercises, by name, that stand elsewhere, as whole repetitions do not add up otherwise.
    `fill` moves filled doses from their defaults (0) to the ends of their documented ranges (-1 and 1);
    `rest_ms` is every rest that the program does not state.
    """

    share: float
    fill: float
    rest_ms: int
    nudges: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """The person's knobs, each independent of the others. Times are in milliseconds.

    `breath` None prompts no breath; `fit_ms` is a target length, and `fitted` what came of it, which leaves a
    lead-in alone that was `lead_in_given`.
    """

    pace: float = 1.0
    rate_wpm: int | None = None
    overrides: tuple[Override, ...] = ()
    effort: Effort = Effort.LOW
    detail: Detail = Detail.LEARN
    count: Count = Count.AUTO
    breath: Breathing | None = CALM
    lead_in_ms: int = 10_000
    lead_in_given: bool = False
    switch_ms: int = 6000
    fit_ms: int | None = None
    fitted: Fitted | None = None

    @property
    def share(self) -> float:
        """Where in a stated range to stand: 0 at its low end, 1 at its high end."""
        return self.fitted.share if self.fitted else {"low": 0.0, "middle": 0.5, "high": 1.0}[self.effort]
