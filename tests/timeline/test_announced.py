"""What a person counts on is said: the last two repetitions, and the breath while it can still be followed.

Lengths are those of the engine that comes with the program, so that its real words have to fit.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import english, placed, session_of
from voicecoach import library
from voicecoach.cache import ClipCache
from voicecoach.events import Kind
from voicecoach.model import Breath, Detail, Dose, Exercise, Pacing, Phase, Sides
from voicecoach.session import Session, time_session
from voicecoach.studio import Studio, open_studio
from voicecoach.timeline import SHORTENED, PlacedSlot, placed_slots
from voicecoach.units import Range

PROGRAMS = tuple(library.program_names())
PACES = (0.85, 1.0, 1.15)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with open_studio(None, "en", ClipCache(tmp_path_factory.mktemp("clips"))) as opened:
        yield opened


def slots_of(name: str, pace: float, studio: Studio) -> list[PlacedSlot]:
    session = Session(program=library.load_program(name), pacing=Pacing(pace=pace), phrases=english())
    return list(placed_slots(session.script(studio), studio.duration_ms))


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_last_two_of_three_repetitions_and_more_are_announced(name: str, pace: float, studio: Studio) -> None:
    said: dict[tuple[object, ...], list[tuple[int, str]]] = defaultdict(list)
    each_side = {n: each.sides is Sides.EACH for n, each in enumerate(library.load_program(name).exercises, 1)}
    for each in slots_of(name, pace, studio):
        where = each.slot.where
        turn = where.index, where.set, where.side if each_side.get(where.index or 0) else None
        said[turn] += [(where.rep or 0, event.text.lower()) for event in each.events if event.cue == "rep"]
    several = [texts for texts in said.values() if len(texts) >= 3]
    assert several
    for texts in several:
        assert texts[-2][1].endswith("two to go")
        assert texts[-1][1].endswith("last one")


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_breath_of_a_movement_is_prompted_in_words_in_the_first_half_of_its_phase(
    name: str, pace: float, studio: Studio
) -> None:
    for each in slots_of(name, pace, studio):
        for event in each.events if each.slot.kind == "phase" else ():
            if event.cue in {"breath-in", "breath-out"}:
                assert event.kind is Kind.BREATH, event
                assert event.start_ms <= each.start_ms + each.slot.nominal_ms // 2


LIFTS = Exercise(
    name="Lift",
    steps=("Lift.",),
    phases=(Phase(cue="Lift", seconds=5, breath=Breath.IN), Phase(cue="Lower", seconds=5)),
    dose=Dose(reps=Range(12, 12)),
)


def said_in(rep: int, detail: Detail) -> list[str]:
    timeline = placed(session_of(LIFTS, pacing=Pacing(detail=detail)))
    return [event.text for event in timeline.events if event.where.rep == rep]


@pytest.mark.parametrize("detail", [Detail.LEARN, Detail.BRIEF])
@pytest.mark.parametrize(
    ("rep", "words"),
    [
        (1, ["Repetition one", "Breathe in", "Lift.", "Lower."]),
        (3, ["Three", "And in", "Lift.", "Lower."]),
        (4, ["Four", "And in", "Lower."]),
        (7, ["Seven, half-way", "And in", "Lower."]),
        (11, ["Eleven, two to go", "And in", "Lower."]),
        (12, ["Twelve, last one", "And in", "Lower."]),
    ],
)
def test_after_three_repetitions_the_breath_stands_for_the_cue(detail: Detail, rep: int, words: list[str]) -> None:
    assert said_in(rep, detail) == words


def test_in_full_every_repetition_has_every_cue() -> None:
    assert said_in(5, Detail.FULL) == ["Five", "And in", "Lift.", "Lower."]


def test_what_says_less_than_it_is_for_is_listed_with_what_is_lost() -> None:
    quick = Exercise(name="Tap", steps=("Tap.",), phases=(Phase(cue="Tap", seconds=0.6),),
                     dose=Dose(reps=Range(4, 4)))  # fmt: skip
    dropped = {each.why for each in placed(session_of(quick)).dropped if each.cue == "rep"}
    assert dropped == {
        f'{SHORTENED} "Repetition one" to a tone',
        f'{SHORTENED} "Two" to a tone',
        f'{SHORTENED} "Three, two to go" to "Three"',
        f'{SHORTENED} "Four, last one" to "Four"',
    }


HURRIED = Exercise(
    name="Hurried",
    steps=("Stay.",),
    phases=(Phase(cue="Draw both of your knees up towards your chest", seconds=1), Phase(cue="Hold", hold=True)),
    dose=Dose(reps=Range(3, 3), hold=Range(2000, 2000)),
)


@pytest.mark.parametrize("pace", [0.5, 1.0, 1.15, 2.0])
@pytest.mark.parametrize("exercise", [HURRIED, *library.exercises().values()], ids=lambda each: each.name)
def test_the_count_into_a_repetition_is_never_heard_again_as_its_number(
    exercise: Exercise, pace: float, studio: Studio
) -> None:
    events = time_session(session_of(exercise, pacing=Pacing(pace=pace)), studio).events
    pairs = itertools.pairwise(event for event in events if event.cue in {"lead-in", "rep"})
    firsts = [second for first, second in pairs if first.cue == "lead-in" and second.cue == "rep"]
    assert all(event.text != "One" for event in firsts)
    assert firsts or exercise.dose.reps is None


def test_the_number_of_a_repetition_that_only_a_tone_has_room_for_is_listed(studio: Studio) -> None:
    quick = replace(HURRIED, phases=(Phase(cue="Go", seconds=0.5),), dose=Dose(reps=Range(7, 7)))
    timeline = time_session(session_of(quick, pacing=Pacing(rate_wpm=80)), studio)
    tones = [event.start_ms for event in timeline.events if event.cue == "rep" and event.kind is Kind.TONE]
    assert tones
    listed = [each.at_ms for each in timeline.dropped if each.why.endswith("to a tone")]
    assert set(tones) <= set(listed)
