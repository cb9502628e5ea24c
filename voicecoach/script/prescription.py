"""From what is stated to what is done: a dose's ranges become numbers, what is missing is filled in."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.events import Filled
from voicecoach.model import CALM, Breath, Dose, Exercise, Pacing, Sides
from voicecoach.script.phases import Phases, timed_phases
from voicecoach.script.sets_from_rests import sets_from_rests
from voicecoach.units import Range, compose_ms, scaled

TIMES = frozenset({"hold", "rest", "duration"})
"""The fields of a dose that are milliseconds and not counts."""

STRETCH = 0.2
"""A breath or cycle is lengthened by at most a fifth so that whole ones fill their time."""


@dataclass(frozen=True, slots=True)
class Default:
    """What stands in for a dose that nobody stated: a `value`, the range it may move in, and its source."""

    value: int
    span: Range
    source: str


DEFAULTS = {
    "sets": Default(1, Range(1, 1), "one: more is never assumed"),
    "reps": Default(8, Range(8, 12), "ACSM position stand on progression models, 2009: 8-12 for novices"),
    "duration": Default(120_000, Range(60_000, 300_000), "twelve breaths of ten seconds: short and precise"),
    "rest": Default(15_000, Range(5_000, 45_000), "time to breathe and to hear what comes next"),
}
"""What is filled in, in the units of `Dose`. A hold is never invented, nor how often to repeat one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
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


def prescribe(exercise: Exercise, pacing: Pacing) -> Prescription:
    """Settle the dose of an exercise: overrides, the effort's place in stated ranges, defaults."""
    given, breathing = sets_from_rests(stated(exercise, pacing), exercise), is_breathing(exercise)
    timed = "duration" in given and "hold" not in given and not breathing and not exercise.phases
    hold_ms = given.get("duration" if timed else "hold", 0)
    phases = () if timed else tuple(timed_phases(exercise, pacing, hold_ms, breathing=breathing))
    settled = {**_defaults(exercise, given, pacing), **given}
    reps, phases = _repetitions(settled, phases, breathing=breathing)
    evened: tuple[Filled, ...] = ()
    # The second side is owed the whole dose of the first.
    if exercise.sides is Sides.ALTERNATE and reps % 2:
        evened, reps = _evened(exercise, reps, given), reps + 1
    return Prescription(
        sets=settled["sets"],
        reps=reps,
        hold_ms=hold_ms,
        rest_ms=settled["rest"],
        phases=phases,
        breathing=breathing,
        timed=timed,
        open_end=_open_end(exercise.dose),
        filled=(*(each for each in _filled(exercise, settled, given) if not evened or each.field != "reps"), *evened),
    )


def stated(exercise: Exercise, pacing: Pacing) -> dict[str, int]:
    """Return the stated fields of a dose at the pacing's effort, overridden where the exercise takes that."""
    dose = exercise.dose
    spans = {name: getattr(dose, name) for name in Dose.__dataclass_fields__}
    settled = {
        name: at_share(span, pacing.share_of(exercise), is_time=name in TIMES)
        for name, span in spans.items()
        if span is not None
    }
    for override in pacing.overrides:
        if not override.exercise and takes(exercise, override.field):
            settled[override.field] = override.value
    # After those for all, so that what is said of one exercise wins, in whatever order they were given.
    for override in pacing.overrides:
        if is_named(exercise, override.exercise) and takes(exercise, override.field, named=True):
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
    return getattr(dose, field) is not None or can_have[field]


def outside(exercise: Exercise, pacing: Pacing) -> tuple[str, ...]:
    """Return the fields that the pacing sets outside the range that the exercise states."""
    settled = stated(exercise, pacing)
    spans = {name: getattr(exercise.dose, name) for name in settled}
    return tuple(name for name, span in spans.items() if span is not None and settled[name] not in span)


def at_share(span: Range, share: float, *, is_time: bool) -> int:
    """Return where in a range a share from 0 to 1 stands, a time in whole seconds."""
    value = span.lo + (span.hi - span.lo) * share
    if is_time and span.lo < span.hi:
        # A countdown has whole seconds; the ends of the range stay what they are.
        return min(max(int(value / 1000 + 0.5) * 1000, span.lo), span.hi)
    return int(value + 0.5)


def moved(default: Default, by: float) -> int:
    """Return a default moved towards the low (-1) or the high (1) end of its documented range."""
    reach = default.span.hi - default.value if by > 0 else default.value - default.span.lo
    return default.value + int(reach * by)


def is_breathing(exercise: Exercise) -> bool:
    """Whether an exercise is breathing alone: breaths are its dose, or it has no other and only breathes."""
    dose = exercise.dose
    only_breathes = bool(exercise.phases) and all(phase.breath is not Breath.FREE for phase in exercise.phases)
    return dose.breaths is not None or (only_breathes and dose.reps is None and dose.hold is None)


def breath_cycle(pacing: Pacing) -> tuple[int, int]:
    """Return the in-breath and the out-breath of holds in milliseconds, at the pacing's tempo."""
    breath = pacing.breath or CALM
    breath = CALM if breath.paused else breath
    return scaled(breath.in_ms, 1 / pacing.pace), scaled(breath.out_ms, 1 / pacing.pace)


SHORTEST_CYCLE_MS = 1000
"""However short a hold is, nobody repeats it more than once a second to fill a duration."""


def _defaults(exercise: Exercise, given: dict[str, int], pacing: Pacing) -> dict[str, int]:
    """Return what stands in for the fields that a dose needs and does not state."""
    undosed = not given.keys() & {"reps", "hold", "duration", "breaths", "cycles"}
    needed = {
        "sets": True,
        "rest": True,
        "duration": is_breathing(exercise) and undosed,
        "reps": not is_breathing(exercise) and undosed,
    }
    missing = [name for name, is_needed in needed.items() if is_needed and name not in given]
    filled = {name: moved(DEFAULTS[name], pacing.fitted.fill if pacing.fitted else 0.0) for name in missing}
    if "rest" in filled:
        filled["rest"] = pacing.fitted.rest_ms if pacing.fitted else scaled(filled["rest"], 1 / pacing.pace)
    return filled


def _repetitions(settled: dict[str, int], phases: Phases, *, breathing: bool) -> tuple[int, Phases]:
    """Return how often a repetition is done, and its phases, fitted to a duration where that is the dose."""
    counted = ("breaths", "cycles") if breathing else ("reps", "cycles")
    reps = next((settled[name] for name in counted if name in settled), 0)
    if not reps and "duration" in settled and phases:
        return _filling(settled["duration"], phases)
    return max(reps, 1), phases


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


def _open_end(dose: Dose) -> bool:
    spans = (getattr(dose, name) for name in Dose.__dataclass_fields__ if name != "rest")
    return any(span is not None and span.open_end for span in spans)


def _evened(exercise: Exercise, reps: int, given: dict[str, int]) -> tuple[Filled, ...]:
    """Return what is told of an odd total of alternating sides, which has one more."""
    origin = f"{reps} stated" if given.keys() & {"reps", "cycles"} else f"{reps} filled in"
    return (Filled(exercise.name, "reps", f"{reps + 1} ({origin}, one more so that both sides are even)"),)


def _filled(exercise: Exercise, settled: dict[str, int], given: dict[str, int]) -> Iterator[Filled]:
    for field in Dose.__dataclass_fields__:
        if field in settled and field not in given:
            shown = compose_ms(settled[field]) if field in TIMES else str(settled[field])
            yield Filled(exercise.name, field, shown)
