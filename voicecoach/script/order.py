"""The order of exercises with the fewest changes of position: suggested, and never applied."""

from itertools import pairwise
from typing import NamedTuple

from voicecoach.model import Exercise, Posture


class Changes(NamedTuple):
    """How often a person changes position between exercises, and how often that is down or up."""

    positions: int
    levels: int


def changes(exercises: tuple[Exercise, ...]) -> Changes:
    """Count the changes of a program in its order; a posture that is not stated is the one before it."""
    known = [posture for posture in _postures(exercises) if posture]
    moves = [(one, two) for one, two in pairwise(known) if one is not two]
    return Changes(len(moves), sum(one.on_floor is not two.on_floor for one, two in moves))


def suggested_order(exercises: tuple[Exercise, ...]) -> tuple[int, ...]:
    """Return places (from 0) in an order with the fewest changes of position, and of getting down and up.

    Exercises of one posture come together, all on the floor together, otherwise as they stood: an order
    that has no change to spare is returned as it is.
    """
    postures = _postures(exercises)
    levels = [posture and posture.on_floor for posture in postures]
    firsts = [(levels.index(level), postures.index(posture)) for level, posture in zip(levels, postures, strict=True)]
    return tuple(sorted(range(len(exercises)), key=firsts.__getitem__))


def _postures(exercises: tuple[Exercise, ...]) -> list[Posture | None]:
    """Return each exercise's posture, that of the exercise before it where none is stated."""
    postures: list[Posture | None] = []
    for exercise in exercises:
        postures.append(exercise.posture or (postures[-1] if postures else None))
    return postures
