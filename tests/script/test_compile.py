"""What is said and done, and in which order: sides, sets, repeats, details, and where a session begins."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import compiled, english, placed, session_of
from voicecoach.events import Event, Script, Slot, Tone, Utterance
from voicecoach.model import Breath, Detail, Dose, Exercise, Pacing, Phase, Posture, Sides
from voicecoach.script.position_change import lead_in_ms
from voicecoach.session import Session
from voicecoach.units import Range

BENDS = Exercise(
    name="Bend",
    steps=("Bend your {side} knee.", "Go slowly."),
    position="Lie down.",
    posture=Posture.BACK,
    dose=Dose(sets=Range(2, 2), reps=Range(2, 2), rest=Range(20_000, 20_000)),
    sides=Sides.EACH,
    cautions=("Do not force it.", "Do not hurry."),
    mistakes=("Do not bounce.",),
    tips=("Smile.",),
    equipment=("mat",),
)


def said(events: tuple[Event, ...], cue: str = "") -> list[str]:
    first = [event.wordings[0] for event in events if event.wordings and cue in {"", event.cue}]
    return [sound.text for sound in first if isinstance(sound, Utterance)]


def all_said(script: Script, cue: str) -> list[str]:
    return [text for slot in script.slots for text in said(slot.events, cue)]


def work(script: Script) -> Iterator[Slot]:
    return (slot for slot in script.slots if slot.where.index)


def test_each_set_has_all_repetitions_of_a_side_the_switch_and_the_other() -> None:
    order: list[tuple[object, ...]] = []
    for slot in work(compiled(session_of(BENDS))):
        step = (slot.kind, slot.where.set, slot.where.rep, slot.where.side and slot.where.side.value)
        if not order or order[-1] != step:
            order.append(step)
    assert order == [
        ("lead-in", 1, None, "left"), ("phase", 1, 1, "left"), ("phase", 1, 2, "left"),
        ("switch", 1, None, "right"), ("phase", 1, 1, "right"), ("phase", 1, 2, "right"),
        ("rest", 2, None, "left"), ("phase", 2, 1, "left"), ("phase", 2, 2, "left"),
        ("switch", 2, None, "right"), ("phase", 2, 1, "right"), ("phase", 2, 2, "right"),
    ]  # fmt: skip


def test_the_first_side_is_named_at_the_start_of_every_set_and_the_other_at_the_switch() -> None:
    script = compiled(session_of(BENDS))
    assert all_said(script, "first-side") == ["Start with the left side."]
    assert all_said(script, "switch") == ["Switch to the right side."] * 2
    assert all_said(script, "next-set") == ["Next: set two of two, left side first."]
    one = replace(BENDS, sides=Sides.RIGHT, dose=Dose(reps=Range(4, 4)))
    assert all_said(compiled(session_of(one)), "dose") == ["Four times on the right side."]


def test_alternating_sides_name_the_side_of_every_repetition() -> None:
    script = compiled(session_of(replace(BENDS, sides=Sides.ALTERNATE, dose=Dose(reps=Range(3, 3)))))
    assert all_said(script, "side") == ["Left", "Right", "Left", "Right"]
    assert "switch" not in {event.cue for slot in script.slots for event in slot.events}


@pytest.mark.parametrize(
    ("detail", "heard"),
    [
        (Detail.FULL, ["position", "dose", "first-side", "step", "step", "caution", "caution", "mistake", "tip"]),
        (Detail.LEARN, ["position", "dose", "first-side", "step", "step", "caution", "caution", "mistake", "tip"]),
        (Detail.BRIEF, ["position", "dose", "first-side", "caution", "caution"]),
        (Detail.MINIMAL, ["dose", "first-side"]),
    ],
)
def test_what_is_taught_before_an_exercise_is_a_matter_of_detail(detail: Detail, heard: list[str]) -> None:
    script = compiled(session_of(BENDS, pacing=Pacing(detail=detail)))
    way = next(work(script))
    assert [event.cue for event in way.events if event.cue in {*heard, "step", "caution", "mistake", "tip"}] == heard


@pytest.mark.parametrize(("detail", "times"), [(Detail.FULL, 4), (Detail.LEARN, 1), (Detail.BRIEF, 0)])
def test_steps_are_told_once_unless_every_set_and_side_shall_have_them(detail: Detail, times: int) -> None:
    script = compiled(session_of(BENDS, pacing=Pacing(detail=detail)))
    assert len(all_said(script, "step")) == 2 * times


def test_the_same_exercise_twice_is_taught_once_and_cautioned_twice() -> None:
    script = compiled(session_of(BENDS, BENDS))
    assert len(all_said(script, "step")) == 2
    assert all_said(script, "caution") == ["Take care. Do not force it.", "Do not hurry."] * 2


def test_one_sentence_of_safety_stays_even_in_minimal() -> None:
    assert len(all_said(compiled(session_of(BENDS, pacing=Pacing(detail=Detail.MINIMAL))), "safety")) == 1
    assert len(all_said(compiled(session_of(BENDS)), "safety")) == 4


def test_a_session_from_its_second_exercise_on_begins_with_it_and_keeps_its_number() -> None:
    sits = replace(BENDS, name="Sit", posture=Posture.SITTING, equipment=("chair",))
    script = compiled(replace(session_of(sits, BENDS), start=2))
    assert all_said(script, "first") == ["First exercise: Bend."]
    assert all_said(script, "equipment") == ["Have within reach: mat."]
    assert {slot.where.index for slot in work(script)} == {2}
    assert len(all_said(script, "get-down")) == 1


def test_nothing_is_said_of_equipment_where_none_is_needed() -> None:
    assert all_said(compiled(session_of(replace(BENDS, equipment=()))), "equipment") == []


def test_new_equipment_is_named_before_anyone_lies_down() -> None:
    stands = replace(BENDS, name="Stand", posture=Posture.STANDING, equipment=())
    way = [slot for slot in work(compiled(session_of(stands, BENDS))) if slot.chapter][1]
    cues = [event.cue for event in way.events]
    assert cues.index("next") < cues.index("need") < cues.index("get-down") < cues.index("position")


@pytest.mark.parametrize(
    ("postures", "down", "up"),
    [
        ((Posture.BACK,), 1, 1),
        ((Posture.BACK, Posture.FRONT), 1, 1),
        ((Posture.SITTING,), 0, 0),
        ((Posture.BACK, Posture.SITTING, Posture.FRONT), 2, 2),
        ((Posture.STANDING, Posture.BACK), 1, 1),
        ((None,), 0, 1),
    ],
)
def test_the_way_down_and_up_is_told_as_often_as_it_is_gone(
    postures: tuple[Posture | None, ...], down: int, up: int
) -> None:
    exercises = [replace(BENDS, posture=each) for each in postures]
    script = compiled(session_of(*exercises))
    assert len(all_said(script, "get-down")) == down
    assert len(all_said(script, "get-up")) == up


def test_the_way_up_is_from_where_one_lies_or_kneels() -> None:
    def way_up(posture: Posture | None) -> str:
        (words,) = all_said(compiled(session_of(replace(BENDS, posture=posture))), "get-up")
        return words.partition(",")[0]

    assert way_up(Posture.BACK) == "Roll onto your side"
    assert way_up(Posture.HANDS_AND_KNEES) == "Bring one foot forward"
    assert way_up(None) == "If you are on the floor"


S, T, B, F = Posture.STANDING, Posture.SITTING, Posture.BACK, Posture.FRONT


@pytest.mark.parametrize(
    ("lead_s", "pace", "before", "after", "needed_s"),
    [
        (10, 1.0, None, B, 10),
        (10, 1.0, S, B, 10),
        (10, 1.0, B, F, 10),
        (10, 1.0, B, B, 6),
        (10, 1.0, S, T, 8),
        (10, 1.0, B, T, 10),
        (10, 1.0, None, None, 10),
        (10, 1.0, B, None, 10),
        (3, 1.0, S, B, 10),
        (3, 1.0, S, T, 2.4),
        (20, 1.0, B, F, 20),
        (10, 2.0, B, F, 10),
        (10, 2.0, S, T, 4),
        (10, 0.5, B, F, 20),
        (10, 0.5, B, B, 12),
    ],
)
def test_the_time_to_get_into_position_fits_the_change(
    lead_s: int, pace: float, before: Posture | None, after: Posture | None, needed_s: float
) -> None:
    assert lead_in_ms(Pacing(lead_in_ms=lead_s * 1000, pace=pace), before, after) == needed_s * 1000


def cues_of_work(*phases: Phase, **dose: Range) -> list[str]:
    exercise = Exercise(name="X", steps=("Go.",), phases=phases, dose=Dose(**dose))
    slots = [slot for slot in work(compiled(session_of(exercise))) if slot.where.rep]
    return [event.cue for slot in slots for event in slot.events]


ONE, HELD = Range(1, 1), Range(2000, 2000)
HOLD, UP, DOWN = Phase(cue="Hold", hold=True), Phase(cue="Up", seconds=2), Phase(cue="Down", seconds=2)
IN = Phase(cue="", seconds=4, breath=Breath.IN)
OUT = Phase(cue="", seconds=4, breath=Breath.OUT)


@pytest.mark.parametrize(
    ("phases", "cues"),
    [
        ((UP, HOLD, DOWN), ["move", "hold-start", "hold-end"]),
        ((HOLD, DOWN), ["hold-start", "hold-end"]),
        ((UP, HOLD), ["move", "hold-start", "hold-end"]),
        ((HOLD,), ["hold-start", "hold-end"]),
        ((HOLD, HOLD), ["hold-start", "hold-end", "hold-start", "hold-end"]),
        ((UP, HOLD, DOWN, HOLD), ["move", "hold-start", "hold-end", "hold-start", "hold-end"]),
    ],
)
def test_every_hold_has_its_start_and_its_end_wherever_it_stands(phases: tuple[Phase, ...], cues: list[str]) -> None:
    assert cues_of_work(*phases, reps=ONE, hold=HELD) == cues


def test_a_hold_inside_a_breath_ends_with_the_way_out() -> None:
    assert cues_of_work(IN, HOLD, OUT, breaths=ONE, hold=HELD) == ["breath-in", "hold-start", "hold-end"]


def test_repetitions_are_numbered_halved_and_run_out_aloud() -> None:
    ten = replace(BENDS, sides=Sides.NONE, dose=Dose(reps=Range(10, 10)))
    assert all_said(compiled(session_of(ten)), "rep") == [
        "Repetition one", "Two", "Three", "Four", "Five", "Six, half-way", "Seven", "Eight",
        "Nine, two to go", "Ten, last one",
    ]  # fmt: skip
    assert all_said(compiled(session_of(replace(ten, dose=Dose(reps=ONE)))), "rep") == []


def test_a_number_before_a_hold_that_comes_first_has_a_slot_of_its_own() -> None:
    exercise = Exercise(name="X", steps=("Go.",), phases=(HOLD, DOWN), dose=Dose(reps=Range(2, 2), hold=HELD))
    kinds = [slot.kind for slot in work(compiled(session_of(exercise))) if slot.where.rep == 1]
    assert kinds == ["number", "hold-start", "hold", "phase"]


def test_an_open_end_is_told_in_any_detail() -> None:
    until = replace(BENDS, dose=Dose(hold=Range(9000, 9000, open_end=True)))
    for detail in Detail:
        script = compiled(session_of(until, pacing=Pacing(detail=detail)))
        assert all_said(script, "open-end") == ["Stopping earlier is fine."]


def test_variants_do_not_drone_and_are_the_same_every_time() -> None:
    sided = replace(BENDS, sides=Sides.EACH, phases=(), dose=Dose(sets=Range(2, 2), reps=Range(4, 4), hold=HELD))
    lying = replace(sided, dose=Dose(reps=Range(3, 3), hold=Range(60_000, 60_000)))
    session = replace(session_of(*[replace(sided, name=f"Bend {n}") for n in "abc"], lying), phrases=english())
    script = compiled(session)
    for cue in ("next", "next-set", "first-side", "switch", "rest", "ready", "hold-start", "hold-end"):
        one, *others = (text.partition(":")[0] for text in all_said(script, cue))
        assert set(others) - {one}, cue
    breaths = [event.wordings[0] for slot in script.slots for event in slot.events if event.cue == "breath-out"]
    assert {"And out", "Now out"} <= {sound.text for sound in breaths if isinstance(sound, Utterance)}
    assert compiled(session) == script


@pytest.mark.parametrize("sets", range(1, 4))
def test_the_whole_switch_fits_the_time_that_a_switch_has(sets: int) -> None:
    sided = replace(BENDS, sides=Sides.EACH, dose=Dose(sets=Range(sets, sets), reps=Range(1, 1)))
    timeline = placed(replace(session_of(sided), phrases=english()))
    said = {event.text for event in timeline.events if event.cue == "switch"}
    assert said <= {"Switch to the right side.", "Now switch to the right."}


def test_words_without_a_letter_fall_back_on_a_wording_that_has_one() -> None:
    mute = Exercise(name="X", steps=("***",), phases=(Phase(cue="///", hold=True),), dose=Dose(hold=HELD))
    script = compiled(session_of(mute))
    assert all_said(script, "hold-start") == ["Hold"]
    assert all_said(script, "step") == []


def test_a_number_is_spoken_crisply_and_then_is_a_tone() -> None:
    slow = Pacing(detail=Detail.MINIMAL)
    events = [event for slot in compiled(session_of(BENDS, pacing=slow), 90).slots for event in slot.events]
    three = next(event for event in events if event.cue == "lead-in")
    assert three.wordings == (Utterance("Three", 150), Utterance("Three", 200), Tone.COUNT)


def test_nobody_is_told_that_the_rest_after_the_last_set_was_filled_in() -> None:
    def rests(session: Session) -> list[str]:
        return [each.exercise for each in compiled(session).filled if each.field == "rest"]

    once, twice = (Exercise(name="A", steps=("Go.",)), Exercise(name="B", steps=("Go.",), dose=Dose(sets=Range(2, 2))))
    assert rests(session_of(once, once)) == ["A"]
    assert rests(session_of(once, twice)) == ["A", "B"]
