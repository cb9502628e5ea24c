"""Programs, pacings and voices drawn at random: every posture, side, dose, knob, and speed of speech."""

from hypothesis import strategies as st

from tests.fakes import english, letters
from voicecoach.model import (
    CALM,
    Breath,
    Breathing,
    Count,
    Detail,
    Dose,
    Effort,
    Exercise,
    Override,
    Pacing,
    Phase,
    Posture,
    Program,
    Sides,
)
from voicecoach.session import Session
from voicecoach.timeline import Duration
from voicecoach.units import Range

SENTENCES = (
    "Go on.",
    "Bend your {side} knee.",
    "Reach your right arm forward.",
    "Keep your {other} leg long.",
    "Breathe out, and let it sink by its own weight until you feel it rest.",
)
CUES = ("Up", "Slide your {side} knee out and up", "Breathe in", "And back again, slowly and with care", "***")
HOLDS_MS = (1, 400, 1000, 2999, 3000, 3001, 4500, 7000, 10_000, 12_000, 12_345, 20_000, 30_000, 61_500, 95_000)
BREATHS = (CALM, None, Breathing(4000, 8000, full_ms=7000), Breathing(4000, 4000, 4000, 4000),
           Breathing(3000, 3000), Breathing(10_000, 5000))  # fmt: skip


def spans(values: st.SearchStrategy[int]) -> st.SearchStrategy[Range]:
    """Give ranges between such values, also of one value, also with an open end."""
    closed = st.tuples(values, values).map(lambda pair: Range(min(pair), max(pair)))
    return closed | values.map(lambda value: Range(value, value, open_end=True))


counts = spans(st.integers(1, 12))
moves = st.builds(
    Phase, cue=st.sampled_from(CUES), seconds=st.sampled_from([0.1, 0.5, 1, 2.5, 4, 6]), breath=st.sampled_from(Breath)
)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """Give an exercise that a program file may hold; more often than not with a hold and with sides."""
    hold = draw(spans(st.sampled_from(HOLDS_MS))) if draw(st.integers(0, 3)) else None
    phases = draw(st.lists(moves, max_size=3))
    if hold and (phases or draw(st.booleans())):
        for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
            phases.insert(draw(st.integers(0, len(phases))), Phase(cue=draw(st.sampled_from(CUES)), hold=True))
    sometimes = st.integers(0, 3).map(lambda roll: not roll)
    dose = Dose(
        sets=draw(spans(st.integers(1, 3))) if draw(st.booleans()) else None,
        reps=draw(counts) if draw(st.booleans()) else None,
        hold=hold,
        rest=draw(spans(st.sampled_from([0, 5000, 20_000]))) if draw(st.booleans()) else None,
        duration=draw(spans(st.sampled_from([500, 20_000, 61_000]))) if draw(sometimes) else None,
        breaths=draw(counts) if draw(sometimes) and draw(st.booleans()) else None,
        cycles=draw(counts) if draw(sometimes) else None,
    )
    sentences = st.lists(st.sampled_from(SENTENCES), max_size=2).map(tuple)
    return Exercise(
        name=draw(st.sampled_from(["Bridge", "Bird dog", "A stretch with a name that takes its time", "///"])),
        steps=draw(sentences) or ("***",),
        posture=draw(st.none() | st.sampled_from(Posture)),
        position=draw(st.sampled_from(["", "Lie down.", "Come onto your hands and knees.", "***"])),
        phases=tuple(phases),
        dose=dose,
        sides=draw(st.sampled_from([Sides.EACH, Sides.ALTERNATE, *Sides])),
        equipment=draw(st.sampled_from([(), ("mat",), ("mat", "chair")])),
        cautions=draw(sentences),
        mistakes=draw(sentences),
        tips=draw(sentences),
    )


overrides = st.one_of(
    st.builds(Override, st.just("hold"), st.sampled_from([1000, 8000, 25_000])),
    st.builds(Override, st.just("rest"), st.sampled_from([0, 12_000])),
    st.builds(Override, st.sampled_from(["reps", "sets"]), st.integers(1, 4)),
    st.builds(Override, st.just("hold"), st.just(15_000), st.just("bridge")),
)

pacings = st.builds(
    Pacing,
    pace=st.sampled_from([0.5, 0.85, 1.0, 1.15, 2.0]),
    overrides=st.lists(overrides, max_size=2).map(tuple),
    effort=st.sampled_from(Effort),
    detail=st.sampled_from(Detail),
    count=st.sampled_from(Count),
    breath=st.sampled_from(BREATHS),
    lead_in_ms=st.sampled_from([3000, 10_000, 21_000]),
    switch_ms=st.sampled_from([3000, 6000, 15_000]),
)

voices: st.SearchStrategy[Duration] = st.builds(
    letters,
    st.sampled_from([0, 25, 70, 70, 130, 400]),
    least_ms=st.sampled_from([0, 0, 40, 300, 1500, 4000]),
    jitter_ms=st.sampled_from([0, 90, 900]),
)
"""From a voice without a sound to one that takes seconds for a digit."""


class Drawn(Session):
    """A session that is told without its wordings."""

    def __repr__(self) -> str:
        return f"from {self.start}: {self.program!r} {self.pacing!r}"


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Give a session of one to six exercises, some of them twice, from any of them on."""
    several = draw(st.lists(exercises(), min_size=1, max_size=5))
    if draw(st.booleans()):
        several.append(draw(st.sampled_from(several)))
    program = Program(title=draw(st.sampled_from(["A session", "///"])), exercises=tuple(several))
    start = draw(st.integers(1, len(several)))
    return Drawn(program=program, pacing=draw(pacings), phrases=english(), start=start)
