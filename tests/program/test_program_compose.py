"""A composed program reads back as it was, and looks like one that a person wrote."""

from hypothesis import HealthCheck, given, settings

from tests.program.examples import LIBRARY, programs
from voicecoach.model import Program
from voicecoach.program.checks import program_faults
from voicecoach.program.compose import compose_program
from voicecoach.program.parse import parse_program

COMPOSED = """\
title: "12"
language: en
exercises:
  - name: Bird dog
    posture: hands-and-knees
    steps:
      - Reach out.
      - Come back.
    phases:
      - {cue: Reach, seconds: 4, breath: out}
      - {cue: Hold, hold: true}
      - {cue: Back, seconds: 4, breath: in}
    sets: 2-3
    reps: 10
    hold: 5s
    sides: each
    tips:
      - Look down.
"""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs().filter(lambda program: not list(program_faults(program))))
def test_a_composed_program_reads_back(program: Program) -> None:
    assert parse_program(compose_program(program), "composed", {}) == program


def test_an_exercise_is_written_out_in_the_order_of_its_telling() -> None:
    assert compose_program(Program(title="12", exercises=(LIBRARY["bird-dog"],))) == COMPOSED


def test_what_is_not_stated_is_not_written() -> None:
    composed = compose_program(Program(title="Short", exercises=(LIBRARY["cat-cow"],)))
    assert not {"posture", "phases", "hold", "cautions", "sides"} & set(composed.replace(":", "").split())


def test_no_line_is_folded_and_none_ends_in_a_space() -> None:
    intro = " ".join(["word"] * 190)
    lines = compose_program(Program(title="Long", intro=intro, exercises=(LIBRARY["cat-cow"],))).splitlines()
    assert f"intro: {intro}" in lines
    assert not [line for line in lines if line != line.rstrip()]
