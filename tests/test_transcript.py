"""The timed script in print: golden lines for people, and the object that programs read.

`pytest tests/test_transcript.py --snapshot-update` writes the golden scripts anew; read them like a coach.
"""

import json
from collections import Counter
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.fakes import english, placed
from voicecoach import library
from voicecoach.events import Where
from voicecoach.model import Count, Detail, Pacing, Side
from voicecoach.session import Session
from voicecoach.transcript import compose_lines, compose_object, describe_place

WHOLE = ("schema", "title", "language", "duration_ms", "rate_hz", "voice", "pacing",
         "chapters", "events", "holds", "reps", "dropped", "stretched", "filled")  # fmt: skip
EVENT = {"kind", "start_ms", "end_ms", "text", "cue", "exercise", "index", "set", "rep", "side"}
SPAN = {"exercise", "index", "set", "rep", "side", "start_ms", "end_ms"}


def session(name: str, pacing: Pacing | None = None) -> Session:
    return Session(program=library.load_program(name), pacing=pacing or Pacing(), phrases=english())


@pytest.mark.parametrize("name", ["lumbar-sacral", "l5-s1-relief"])
def test_the_two_programs_are_printed_as_they_were_read_and_approved(name: str, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(compose_lines(placed(session(name)), "letters", 130)) == snapshot


def test_the_object_has_exactly_the_fields_that_are_promised() -> None:
    timeline = placed(session("l5-s1-relief", Pacing(count=Count.EVERY, pace=2.0)))
    whole = compose_object(timeline, Pacing(), "letters", 22_050)
    assert tuple(whole) == WHOLE
    assert {frozenset(each) for each in whole["events"]} == {frozenset(EVENT)}
    assert {frozenset(each) for each in whole["holds"]} == {frozenset({*SPAN, "prescribed_ms"})}
    assert {frozenset(each) for each in whole["reps"]} == {frozenset(SPAN)}
    assert {frozenset(each) for each in whole["dropped"]} == {frozenset({"cue", "at_ms", "why"})}
    assert {frozenset(each) for each in whole["stretched"]} == {frozenset({"cue", "at_ms", "by_ms", "why"})}
    assert {frozenset(each) for each in whole["filled"]} == {frozenset({"exercise", "field", "value"})}
    assert all(isinstance(each["value"], str) for each in whole["filled"])
    assert {each["kind"] for each in whole["events"]} == {"speak", "count", "breath", "tone"}
    assert {each["side"] for each in whole["holds"]} == {"left", "right", None}


def test_the_object_survives_json_as_it_is() -> None:
    whole = compose_object(placed(session("bird-dog")), Pacing(), "letters", 22_050)
    again = json.loads(json.dumps(whole))
    assert again["events"] == whole["events"]
    assert again["duration_ms"] == whole["chapters"][-1]["end_ms"]


def test_every_exercise_stands_in_the_object_with_its_dose_and_both_its_sides() -> None:
    whole = compose_object(placed(session("l5-s1-relief")), Pacing(), "letters", 22_050)
    doses = {(each["exercise"], each["side"], each["prescribed_ms"]) for each in whole["holds"]}
    assert doses == {
        ("Child's pose", None, 20_000), ("Knee to chest", "left", 20_000), ("Knee to chest", "right", 20_000),
        ("Pelvic tilt", None, 3000), ("Seated hamstring stretch", "left", 20_000),
        ("Seated hamstring stretch", "right", 20_000), ("Glute bridge", None, 3000),
        ("Bird dog", "left", 5000), ("Bird dog", "right", 5000),
    }  # fmt: skip
    assert {each["index"] for each in whole["reps"]} == set(range(1, 8))


def test_what_was_dropped_stretched_and_filled_is_printed_with_its_reason() -> None:
    timeline = placed(session("childs-pose", Pacing(detail=Detail.MINIMAL)))
    assert not timeline.dropped
    lines = list(compose_lines(timeline, "letters", 130))
    assert "Dropped:" not in lines
    assert lines[lines.index("Filled in, or made even:") + 1] == "  Child's pose: sets 1"
    crowded = placed(session("bird-dog", Pacing(count=Count.EVERY, pace=2.0)))
    assert any(line.endswith("nothing that is said is cut") for line in compose_lines(crowded, "letters", 130))


def test_like_remarks_are_one_line_with_their_number() -> None:
    timeline = placed(session("bird-dog", Pacing(count=Count.EVERY, pace=2.0)))
    whys = Counter((each.cue, each.why) for each in timeline.dropped)
    assert max(whys.values()) > 1
    lines = list(compose_lines(timeline, "letters", 130))
    told = lines[lines.index("Dropped:") + 1 :]
    assert len(told) == len(whys)
    for (cue, why), times in whys.items():
        often = f" ({times} times)" if times > 1 else ""
        assert any(line.endswith(f"  {cue}: {why}{often}") for line in told)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Where(), ""),
        (Where(exercise="Bird dog"), "Bird dog"),
        (Where(exercise="Bird dog", index=1, set=1, rep=3, side=Side.LEFT), "Bird dog, set 1, repetition 3, left side"),
    ],
)
def test_a_place_is_told_as_far_as_it_is_known(where: Where, words: str) -> None:
    assert describe_place(where) == words


def test_a_script_is_printed_the_same_every_time() -> None:
    one, two = (list(compose_lines(placed(session("core-day")), "letters", 130)) for _ in range(2))
    assert one == two
    assert one != list(compose_lines(placed(replace(session("core-day"), start=2)), "letters", 130))
