"""What one repetition is made of: movements at a tempo, breaths, holds."""

from collections.abc import Iterator

from voicecoach.model import CALM, Breath, Breathing, Exercise, Pacing, Phase
from voicecoach.units import scaled

Phases = tuple[tuple[Phase, int], ...]
"""The phases of one repetition, each with its length in milliseconds."""

MOVE = Phase(cue="", seconds=3)
"""A movement whose tempo nobody states: three seconds there and three back."""

HOLD = Phase(cue="", hold=True)

SHORTEST_PHASE_MS = 500
"""No phase is hurried below the time that its tone, at least, needs."""


def timed_phases(exercise: Exercise, pacing: Pacing, hold_ms: int, *, breathing: bool) -> Iterator[tuple[Phase, int]]:
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


def tempo_ms(phase: Phase, pacing: Pacing) -> int:
    """Return how long a phase asks to last at the pacing's tempo."""
    return scaled(round((phase.seconds or 0) * 1000), 1 / pacing.pace)


def _breath(breath: Breathing, *, held: bool) -> Iterator[Phase]:
    """Yield the phases of one breath, without cues of their own; a hold stands for its pause while full."""
    parts = ((breath.in_ms, Breath.IN), (0 if held else breath.full_ms, Breath.FREE),
             (breath.out_ms, Breath.OUT), (breath.empty_ms, Breath.FREE))  # fmt: skip
    drawn, *let_go = (Phase(cue="", seconds=ms / 1000, breath=kind) for ms, kind in parts if ms)
    yield from (drawn, HOLD, *let_go) if held else (drawn, *let_go)
