"""From what is stated to what is done: a dose's ranges become numbers, what is missing is filled in."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.events import Filled
from voicecoach.model import Breath, Dose, Effort, Exercise, Pacing, Phase, Sides
from voicecoach.units import Range, compose_ms, scaled

Phases = tuple[tuple[Phase, int], ...]
"""The phases of one repetition, each with its length in milliseconds."""

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
    """Settle the dose of an exercise: overrides, then the effort's place in stated ranges, then defaults."""
    given, breathing = stated(exercise, pacing), is_breathing(exercise)
    timed = "duration" in given and "hold" not in given and not breathing and not exercise.phases
    hold_ms = given.get("duration" if timed else "hold", 0)
    phases = () if timed else tuple(_timed_phases(exercise, pacing, hold_ms, breathing=breathing))
    settled = {**_defaults(exercise, given, pacing), **given}
    reps, phases = _repetitions(settled, phases, breathing=breathing)
    if exercise.sides is Sides.ALTERNATE and reps % 2:
        reps += 1
        given.pop("reps", None)
        settled["reps"] = reps
    return Prescription(
        sets=settled["sets"],
        reps=reps,
        hold_ms=hold_ms,
        rest_ms=settled["rest"],
        phases=phases,
        breathing=breathing,
        timed=timed,
        open_end=_open_end(exercise.dose),
        filled=tuple(_filled(exercise, {name: settled[name] for name in settled.keys() - given.keys()})),
    )


def stated(exercise: Exercise, pacing: Pacing) -> dict[str, int]:
    """Return the stated fields of a dose at the pacing's effort, overridden where the exercise takes that."""
    dose = exercise.dose
    spans = {name: getattr(dose, name) for name in Dose.__dataclass_fields__}
    settled = {name: at_effort(span, pacing.effort) for name, span in spans.items() if span is not None}
    for override in pacing.overrides:
        if not override.exercise and takes(exercise, override.field):
            settled[override.field] = override.value
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


def at_effort(span: Range, effort: Effort) -> int:
    """Return where in a range an effort stands; an open end stands at its bound."""
    return {Effort.LOW: span.lo, Effort.MIDDLE: (span.lo + span.hi) // 2, Effort.HIGH: span.hi}[effort]


def is_breathing(exercise: Exercise) -> bool:
    """Whether an exercise is breathing alone: breaths are its dose, or it has no other and only breathes."""
    dose = exercise.dose
    only_breathes = bool(exercise.phases) and all(
        phase.breath is not Breath.FREE for phase in exercise.phases
    )
    return dose.breaths is not None or (only_breathes and dose.reps is None and dose.hold is None)


def breath_cycle(pacing: Pacing) -> tuple[int, int]:
    """Return the in-breath and the out-breath in milliseconds at the pacing's tempo."""
    return scaled(pacing.breath_in_ms, 1 / pacing.pace), scaled(pacing.breath_out_ms, 1 / pacing.pace)


MOVE_MS = 3000
"""A movement whose tempo nobody states: three seconds there and three back."""

SHORTEST_PHASE_MS = 500
"""No phase is hurried below the time that its tone, at least, needs."""


def _timed_phases(
    exercise: Exercise, pacing: Pacing, hold_ms: int, *, breathing: bool
) -> Iterator[tuple[Phase, int]]:
    if breathing and not exercise.phases:
        lengths = breath_cycle(pacing)
        yield Phase(cue="", breath=Breath.IN), lengths[0]
        yield Phase(cue="", breath=Breath.OUT), lengths[1]
    for phase in exercise.phases:
        tempo_ms = max(SHORTEST_PHASE_MS, scaled(round((phase.seconds or 0) * 1000), 1 / pacing.pace))
        yield phase, hold_ms if phase.hold else tempo_ms
    if not exercise.phases and not breathing and exercise.dose.duration is None:
        move_ms = scaled(MOVE_MS, 1 / pacing.pace)
        yield Phase(cue=""), move_ms
        if hold_ms:
            yield Phase(cue="", hold=True), hold_ms
        yield Phase(cue=""), move_ms


def _defaults(exercise: Exercise, given: dict[str, int], pacing: Pacing) -> dict[str, int]:
    """Return what stands in for the fields that a dose needs and does not state."""
    needed = {"sets": True, "rest": True}
    needed["duration"] = is_breathing(exercise) and not given.keys() & {"duration", "breaths", "cycles"}
    needed["reps"] = not exercise.phases and not given.keys() & {
        "reps",
        "hold",
        "duration",
        "breaths",
        "cycles",
    }
    filled = {
        name: DEFAULTS[name].value for name, is_needed in needed.items() if is_needed and name not in given
    }
    if "rest" in filled:
        filled["rest"] = scaled(filled["rest"], 1 / pacing.pace)
    return filled


def _repetitions(settled: dict[str, int], phases: Phases, *, breathing: bool) -> tuple[int, Phases]:
    """Return how often a repetition is done, and its phases, fitted to a duration where that is the dose."""
    counted = ("breaths", "cycles") if breathing else ("reps", "cycles")
    reps = next((settled[name] for name in counted if name in settled), 0)
    if not reps and "duration" in settled and phases and "hold" not in settled:
        return _filling(settled["duration"], phases)
    return max(reps, 1), phases


def _filling(
    total_ms: int, phases: tuple[tuple[Phase, int], ...]
) -> tuple[int, tuple[tuple[Phase, int], ...]]:
    """Return how many whole cycles fill `total_ms`, and the cycle stretched by at most a fifth to fill it."""
    cycle_ms = sum(length for _, length in phases)
    count = max(1, total_ms // cycle_ms)
    factor = min(total_ms / (count * cycle_ms), 1 + STRETCH)
    return count, tuple((phase, scaled(length, factor)) for phase, length in phases)


def _open_end(dose: Dose) -> bool:
    return any(span is not None and span.open_end for span in (dose.reps, dose.hold, dose.duration))


def _filled(exercise: Exercise, filled: dict[str, int]) -> Iterator[Filled]:
    for field, value in filled.items():
        shown = compose_ms(value) if field in {"rest", "duration"} else str(value)
        yield Filled(exercise.name, field, shown)
