"""The suggested order changes position as rarely as can be, and moves nothing without need."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.model import Exercise, Posture
from voicecoach.script.position_change import Changes, changes, suggested_order

BACK, FRONT, FOURS, SIT, STAND = (
    Posture.BACK, Posture.FRONT, Posture.HANDS_AND_KNEES, Posture.SITTING, Posture.STANDING,
)  # fmt: skip


def lying(*postures: Posture | None) -> tuple[Exercise, ...]:
    return tuple(Exercise(name=f"{n}", steps=("Go.",), posture=each) for n, each in enumerate(postures))


@pytest.mark.parametrize(
    ("postures", "order"),
    [
        ((BACK,), (0,)),
        ((BACK, FRONT, BACK), (0, 2, 1)),
        ((FOURS, BACK, SIT, BACK, FOURS), (0, 4, 1, 3, 2)),
        ((SIT, BACK, STAND, FRONT), (0, 2, 1, 3)),
        ((BACK, None, FRONT, BACK), (0, 1, 3, 2)),
        ((None, None), (0, 1)),
        ((), ()),
    ],
)
def test_one_posture_comes_together_and_the_floor_is_left_once(
    postures: tuple[Posture | None, ...], order: tuple[int, ...]
) -> None:
    assert suggested_order(lying(*postures)) == order


@given(st.lists(st.sampled_from(Posture), max_size=5))
def test_no_other_order_has_fewer_changes(postures: list[Posture]) -> None:
    program = lying(*postures)
    best = changes(tuple(program[n] for n in suggested_order(program)))
    others = [changes(each) for each in permutations(program)]
    assert best == Changes(min(each.positions for each in others), min(each.levels for each in others))


@given(st.lists(st.none() | st.sampled_from(Posture), max_size=12))
def test_an_order_is_a_permutation_and_suggests_itself(postures: list[Posture | None]) -> None:
    program = lying(*postures)
    order = suggested_order(program)
    assert sorted(order) == list(range(len(program)))
    if None not in postures:
        again = tuple(program[n] for n in order)
        assert suggested_order(again) == tuple(range(len(program)))


def test_a_posture_that_is_not_stated_changes_nothing() -> None:
    assert changes(lying(BACK, None, BACK, SIT)) == Changes(positions=1, levels=1)
