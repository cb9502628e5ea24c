"""Every combination of the knobs keeps the rules on a program that people really do.

All are tried with `--hypothesis-profile=long`, as for a release; else a third of them, such that every two
knobs meet at each two values: what one value does to another is seen, what three do together is not.
"""

from itertools import product

import pytest

from tests.fakes import english, letters
from tests.sampling import is_whole
from tests.timeline.laws import keep_the_rules
from voicecoach import library
from voicecoach.model import Count, Detail, Effort, Pacing
from voicecoach.session import Session

PACES = (0.85, 1.0, 1.15)
KNOBS = [
    (detail, effort, pace)
    for (row, detail), (column, effort), (number, pace) in product(*map(enumerate, (Detail, Effort, PACES)))
    if is_whole() or (row + column + number) % len(PACES) == 0
]


@pytest.mark.parametrize(("detail", "effort", "pace"), KNOBS)
def test_the_seven_exercises_keep_every_rule_however_they_are_counted(
    detail: Detail, effort: Effort, pace: float
) -> None:
    program = library.load_program("l5-s1-relief")
    holds = set()
    for count in Count:
        pacing = Pacing(detail=detail, effort=effort, pace=pace, count=count)
        timeline = keep_the_rules(Session(program=program, pacing=pacing, phrases=english()), letters())
        holds.add(tuple(hold.prescribed_ms for hold in timeline.holds))
    assert len(holds) == 1


@pytest.mark.parametrize("effort", Effort if is_whole() else [Effort.MIDDLE])
def test_no_pace_changes_a_prescribed_hold(effort: Effort) -> None:
    program = library.load_program("l5-s1-relief")
    doses = set()
    for pace in (0.5, *PACES, 2.0):
        session = Session(program=program, pacing=Pacing(effort=effort, pace=pace), phrases=english())
        doses.add(tuple(hold.prescribed_ms for hold in keep_the_rules(session, letters()).holds))
    assert len(doses) == 1
