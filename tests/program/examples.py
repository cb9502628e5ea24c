"""Exercises for files to name, and programs drawn at random."""

from hypothesis import strategies as st

from voicecoach.errors import plain
from voicecoach.model import Breath, Dose, Exercise, Phase, Posture, Program, Sides
from voicecoach.program.checks import exercise_faults
from voicecoach.program.fields import DOSE, LONGEST_NAME
from voicecoach.units import Range

LIBRARY = {
    "bird-dog": Exercise(
        key="bird-dog",
        name="Bird dog",
        posture=Posture.HANDS_AND_KNEES,
        steps=("Reach out.", "Come back."),
        phases=(
            Phase(cue="Reach", seconds=4, breath=Breath.OUT),
            Phase(cue="Hold", hold=True),
            Phase(cue="Back", seconds=4, breath=Breath.IN),
        ),
        dose=Dose(sets=Range(2, 3), reps=Range(10, 10), hold=Range(5000, 5000)),
        sides=Sides.EACH,
        tips=("Look down.",),
    ),
    "cat-cow": Exercise(key="cat-cow", name="Cat-cow", steps=("Arch.", "Round."), dose=Dose(reps=Range(10, 10))),
}

ODD = ["yes", "null", "~", "12", "1.5", "-", "? x", "a: b", "# no", "[a]", "{a", "'", '"', "<break/>", "[[x]]", "1:30"]
"""Words that YAML takes for something else unless they are quoted."""


def texts(longest: int = 40) -> st.SearchStrategy[str]:
    """Give texts as they are in the model: plain, and with words in them."""
    return (st.sampled_from(ODD) | st.text(max_size=longest).map(plain)).filter(bool)


def spans(name: str) -> st.SearchStrategy[Range | None]:
    """Give what a field of the dose may hold."""
    spec = DOSE[name]
    ends = st.integers(spec.lowest, min(spec.highest, 100_000))
    closed = st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))
    return st.none() | closed | ends.map(lambda end: Range(end, end, open_end=True))


def exercises() -> st.SearchStrategy[Exercise]:
    """Give exercises that are right in themselves: what must go together does."""
    return _exercises().filter(lambda exercise: not list(exercise_faults(exercise)))


@st.composite
def _exercises(draw: st.DrawFn) -> Exercise:
    dose = {name: draw(spans(name)) for name in DOSE}
    if draw(st.booleans()):
        dose["duration"] = None
    cues = draw(st.lists(texts(), max_size=3))
    breath, seconds = st.sampled_from(Breath), st.floats(0, 120, exclude_min=True)
    phases = [Phase(cue=cue, seconds=draw(seconds), breath=draw(breath)) for cue in cues]
    if phases and dose["hold"]:
        phases.append(Phase(cue="Hold", hold=True))
    items = st.lists(texts(), max_size=2).map(tuple)
    return Exercise(
        name=draw(texts(LONGEST_NAME)),
        steps=tuple(draw(st.lists(texts(), min_size=1, max_size=3))),
        posture=draw(st.none() | st.sampled_from(Posture)),
        position=draw(st.just("") | texts()),
        phases=tuple(phases),
        dose=Dose(**dose),
        sides=draw(st.sampled_from(Sides) if dose["reps"] else st.sampled_from([Sides.NONE, Sides.EACH])),
        frequency=draw(st.just("") | texts()),
        source=draw(st.just("") | texts()),
        equipment=draw(items),
        cautions=draw(items),
        mistakes=draw(items),
        tips=draw(items),
        notes=draw(items),
    )


def programs() -> st.SearchStrategy[Program]:
    """Give programs of written-out exercises."""
    return st.builds(
        Program,
        title=texts(LONGEST_NAME),
        language=st.sampled_from(["en", "en-GB", "no", "zh-Hant-TW"]),
        intro=st.just("") | texts(),
        exercises=st.lists(exercises(), min_size=1, max_size=3).map(tuple),
    )
