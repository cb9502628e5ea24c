"""From what is stated to what is done: a dose's ranges become numbers, what is missing is filled in."""

from collections.abc import Iterator
from typing import NamedTuple

from voicecoach.events import Filled
from voicecoach.model import CALM, Breath, Breathing, Exercise, Pacing, Phase, Sides
from voicecoach.units import Range, compose_ms, scaled

TIMES = frozenset({"hold", "rest", "duration"})
"""The fields of a dose that are milliseconds and not counts."""
STRETCH = 0.2
"""A breath or cycle is lengthened by at most a fifth so that whole ones fill their time."""
SHORTEST_CYCLE_MS = 1000
"""However short a hold is, nobody repeats it more than once a second to fill a duration."""
SHORTEST_PHASE_MS = 500
"""No phase is hurried below the time that its tone, at least, needs."""
SHORTEST_STRETCH_MS = 10_000
"""From this hold on a rest that is stated stands between holds: they are stretches, and no movement."""
MOST_SETS = 20
"""As many as a program may hold."""
MOVE, HOLD = Phase(cue="", seconds=3), Phase(cue="", hold=True)
"""A movement whose tempo nobody states, three seconds there and three back, and the hold between."""

DEFAULTS = {
    "sets": (1, Range(1, 1)),  # more is never assumed
    "reps": (8, Range(8, 12)),  # ACSM position stand on progression models, 2009: 8-12 for novices
    "rest": (15_000, Range(5_000, 45_000)),  # time to breathe and to hear what comes next
    "duration": (120_000, Range(60_000, 300_000)),  # twelve breaths of ten seconds: short and precise
}
"""What stands in for a dose that nobody stated, and the range that it may move in, in the units of `Dose`.

A hold is never invented, nor how often to repeat one.
"""

Phases = tuple[tuple[Phase, int], ...]
"""The phases of one repetition, each with its length in milliseconds."""


class Prescription(NamedTuple):
    """What is done of one exercise. `hold_ms` 0: no hold; `phases` are (phase, milliseconds) of a repetition.

    `timed`: `hold_ms` is a stretch of movement and no hold; `breathing`: repetitions are breaths.
    `rest_ms` is the silence between sets and after the exercise; `open_end` that stopping earlier is fine.
    """

    sets: int
    reps: int
    hold_ms: int
    rest_ms: int
    phases: Phases
    breathing: bool = False
    timed: bool = False
    open_end: bool = False
    filled: tuple[Filled, ...] = ()

    @property
    def rep_ms(self) -> int:
        """How long one repetition lasts, without words."""
        return self.hold_ms if self.timed else sum(ms for _, ms in self.phases)


def prescribe(exercise: Exercise, pacing: Pacing) -> Prescription:
    """Settle the dose of an exercise: overrides, the effort's place in stated ranges, defaults."""
    given, breathing = _sets_from_rests(stated(exercise, pacing), exercise), is_breathing(exercise)
    defaults = _defaults(given, pacing, breathing=breathing)
    timed = "duration" in given and "hold" not in given and not breathing and not exercise.phases
    hold_ms = given.get("duration" if timed else "hold", 0)
    phases = () if timed else tuple(_timed_phases(exercise, pacing, hold_ms, breathing=breathing))
    settled = defaults | given
    counted = ("breaths" if breathing else "reps", "cycles")
    reps = next((settled[name] for name in counted if name in settled), 0)
    if not reps and "duration" in settled and phases:
        reps, phases = _filling(settled["duration"], phases)
    reps = max(reps, 1)
    told = {name: compose_ms(value) if name in TIMES else str(value) for name, value in defaults.items()}
    # The second side is owed the whole dose of the first.
    if exercise.sides is Sides.ALTERNATE and reps % 2:
        told.pop("reps", None)
        origin = "stated" if given.keys() & {"reps", "cycles"} else "filled in"
        told["reps"] = f"{reps + 1} ({reps} {origin}, one more so that both sides are even)"
        reps += 1
    return Prescription(
        sets=settled["sets"],
        reps=reps,
        hold_ms=hold_ms,
        rest_ms=settled["rest"],
        phases=phases,
        breathing=breathing,
        timed=timed,
        open_end=any(span.open_end for name, span in exercise.dose.spans.items() if name != "rest"),
        filled=tuple(Filled(exercise.name, name, value) for name, value in told.items()),
    )


def stated(exercise: Exercise, pacing: Pacing) -> dict[str, int]:
    """Return the stated fields of a dose at the pacing's effort, overridden where the exercise takes that."""
    share = dict(pacing.fitted.nudges if pacing.fitted else ()).get(exercise.name, pacing.share)
    settled = {name: _at_share(span, share, is_time=name in TIMES) for name, span in exercise.dose.spans.items()}
    # Those for all first, so that what is said of one exercise wins, in whatever order they were given.
    for override in sorted(pacing.overrides, key=lambda each: bool(each.exercise)):
        named = is_named(exercise, override.exercise)
        if (named or not override.exercise) and takes(exercise, override.field, named=named):
            settled[override.field] = override.value
    return settled


def is_named(exercise: Exercise, name: str) -> bool:
    """Whether `name` means this exercise: its library name, or its title in any case."""
    return bool(name) and name.lower() in {exercise.key, exercise.name.lower()}


def takes(exercise: Exercise, field: str, *, named: bool = False) -> bool:
    """Whether a flag for `field` replaces it here: where the exercise has it, or is `named` and can have it.

    Sets and rests every exercise has; repetitions are not forced on a stretch or on breathing.
    """
    dose, breathing = exercise.dose, is_breathing(exercise)
    # Who holds or is timed gets no repetitions from a flag that was meant for the others.
    undosed = dose.hold is dose.duration is dose.cycles is None and not exercise.phases
    can_have = {
        "sets": True,
        "rest": True,
        "reps": not breathing and (named or undosed),
        "hold": named and not breathing and not exercise.phases and dose.duration is None,
    }
    return field in dose.spans or can_have[field]


def outside(exercise: Exercise, pacing: Pacing) -> tuple[str, ...]:
    """Return the fields that the pacing sets outside the range that the exercise states."""
    settled = stated(exercise, pacing)
    return tuple(name for name, span in exercise.dose.spans.items() if settled[name] not in span)


def is_breathing(exercise: Exercise) -> bool:
    """Whether an exercise is breathing alone: breaths are its dose, or it has no other and only breathes."""
    dose = exercise.dose
    only_breathes = bool(exercise.phases) and all(phase.breath is not Breath.FREE for phase in exercise.phases)
    return dose.breaths is not None or (only_breathes and dose.reps is None and dose.hold is None)


def breath_cycle(pacing: Pacing) -> tuple[int, int]:
    """Return the in-breath and the out-breath of holds in milliseconds, at the pacing's tempo."""
    breath = CALM if pacing.breath is None or pacing.breath.paused else pacing.breath
    return scaled(breath.in_ms, 1 / pacing.pace), scaled(breath.out_ms, 1 / pacing.pace)


def tempo_ms(phase: Phase, pacing: Pacing) -> int:
    """Return how long a phase asks to last at the pacing's tempo."""
    return scaled(round((phase.seconds or 0) * 1000), 1 / pacing.pace)


def _sets_from_rests(given: dict[str, int], exercise: Exercise) -> dict[str, int]:
    """Return the `given` dose with its repetitions as sets of one, where a rest stands between long holds.

    "Hold for 30 seconds, repeat 3 times with 30 seconds rest" is three holds with a rest after each. So it
    is where hold, repetitions and rest are stated, no sets are, the sides do not alternate by repetition and
    no phases tell what a repetition is made of. Times are milliseconds.
    """
    known = {"hold", "reps", "rest"} <= exercise.dose.spans.keys()
    bound = bool(exercise.phases) or exercise.sides is Sides.ALTERNATE or "sets" in given
    if not known or bound or given["hold"] < SHORTEST_STRETCH_MS or given["reps"] > MOST_SETS:
        return given
    return {**given, "sets": given["reps"], "reps": 1}


def _at_share(span: Range, share: float, *, is_time: bool) -> int:
    """Return where in a range a share from 0 to 1 stands, a time in whole seconds."""
    value = span.lo + (span.hi - span.lo) * share
    if is_time and span.lo < span.hi:
        # A countdown has whole seconds; the ends of the range stay what they are.
        return min(max(int(value / 1000 + 0.5) * 1000, span.lo), span.hi)
    return int(value + 0.5)


def _defaults(given: dict[str, int], pacing: Pacing, *, breathing: bool) -> dict[str, int]:
    """Return what stands in for the fields that a dose needs and does not state."""
    undosed = not given.keys() & {"reps", "hold", "duration", "breaths", "cycles"}
    needed = {"sets": True, "reps": undosed and not breathing, "rest": True, "duration": undosed and breathing}
    # A fitted session moves them towards the ends of their ranges.
    by = pacing.fitted.fill if pacing.fitted else 0.0
    filled = {
        name: value + int((span.hi - value if by > 0 else value - span.lo) * by)
        for name, (value, span) in DEFAULTS.items()
        if needed[name] and name not in given
    }
    if "rest" in filled:
        filled["rest"] = pacing.fitted.rest_ms if pacing.fitted else scaled(filled["rest"], 1 / pacing.pace)
    return filled


def _timed_phases(exercise: Exercise, pacing: Pacing, hold_ms: int, *, breathing: bool) -> Iterator[tuple[Phase, int]]:
    """Yield the phases of a repetition and their lengths: the exercise's own, else a breath or a movement."""
    phases = exercise.phases
    holds = any(phase.hold for phase in phases)
    if breathing and (not phases or (pacing.breath not in {CALM, None} and not holds)):
        phases = tuple(_breath(pacing.breath or CALM, held=bool(hold_ms)))
    elif not phases:
        # There and back, as a movement that nobody wrote out in phases still has a way home.
        phases = (MOVE, HOLD, MOVE) if hold_ms else (MOVE, MOVE)
    for phase in phases:
        yield phase, hold_ms if phase.hold else max(SHORTEST_PHASE_MS, tempo_ms(phase, pacing))


def _breath(breath: Breathing, *, held: bool) -> Iterator[Phase]:
    """Yield the phases of one breath, without cues of their own; a hold stands for its pause while full."""
    parts = ((breath.in_ms, Breath.IN), (0 if held else breath.full_ms, Breath.FREE),
             (breath.out_ms, Breath.OUT), (breath.empty_ms, Breath.FREE))  # fmt: skip
    drawn, *let_go = (Phase(cue="", seconds=ms / 1000, breath=kind) for ms, kind in parts if ms)
    yield from (drawn, HOLD, *let_go) if held else (drawn, *let_go)


def _filling(total_ms: int, phases: Phases) -> tuple[int, Phases]:
    """Return how many whole cycles fill `total_ms`, and the cycle stretched by at most a fifth to fill it.

    At least one cycle is done; no hold is stretched, and no cycle is hurried.
    """
    held_ms = sum(ms for phase, ms in phases if phase.hold)
    moved_ms = sum(ms for _, ms in phases) - held_ms
    count = max(1, total_ms // max(moved_ms + held_ms, SHORTEST_CYCLE_MS))
    factor = (total_ms / count - held_ms) / moved_ms if moved_ms else 1.0
    factor = min(max(factor, 1.0), 1 + STRETCH)
    return count, tuple((phase, ms if phase.hold else scaled(ms, factor)) for phase, ms in phases)
