"""From one position to another: the way there in words and time, and the order of exercises with the fewest ways."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from voicecoach.events import Event
from voicecoach.model import Exercise, Pacing, Posture
from voicecoach.script.wording import Coaching, Wording
from voicecoach.units import scaled

GET_DOWN_MS = 6000
"""Time to get down to the floor, or up from it, before anything else is said."""
FLOOR_LEAD_IN_MS = 10_000
"""Nobody is asked to be ready on the floor sooner than ten seconds after hearing how to lie."""
STAYING, UPRIGHT = 0.6, 0.8
"""The share of a lead-in that staying in a position takes, and changing between standing and sitting."""

TURNS = {
    (Posture.BACK, Posture.HANDS_AND_KNEES): "turn-up",
    (Posture.SIDE, Posture.HANDS_AND_KNEES): "turn-up",
    (Posture.HANDS_AND_KNEES, Posture.BACK): "turn-down",
    (Posture.HANDS_AND_KNEES, Posture.SIDE): "turn-down",
    (Posture.FRONT, Posture.BACK): "turn",
    (Posture.BACK, Posture.FRONT): "turn",
}
"""How to get from one position on the floor to another, with a back that hurts; else the position says it."""


def posture_before(earlier: Sequence[Coaching]) -> Posture | None:
    """Return the posture that the exercises before leave a person in: who states none keeps the one before."""
    return next((each.exercise.posture for each in reversed(earlier) if each.exercise.posture), None)


def words_between(coaching: Coaching, earlier: Sequence[Coaching]) -> Iterator[Event]:
    """Yield how to get out of the last position, and down to the floor, up from it, or over on it."""
    wording, after, before = coaching.wording, coaching.exercise.posture, posture_before(earlier)
    # The same exercise again is gone on with from where it is.
    if earlier and earlier[-1].exercise != coaching.exercise:
        yield from leave_position(wording, earlier[-1].exercise.leave)
    turn = TURNS.get((before, after)) if before and after else None
    if turn or _is_on_other_side(coaching, earlier):
        yield wording.event("turn", turn or "position-over", pause_ms=GET_DOWN_MS)
    was_down, is_down = bool(before and before.on_floor), bool(after and after.on_floor)
    if after and was_down is not is_down:
        yield wording.event("get-down", pause_ms=GET_DOWN_MS) if is_down else get_up(wording, before)


def leave_position(wording: Wording, leave: str) -> Iterator[Event]:
    """Yield the words out of a position that has some."""
    if leave:
        yield wording.text("leave", leave, pause_ms=GET_DOWN_MS)


def get_up(wording: Wording, posture: Posture | None) -> Event:
    """Return the words for getting up: nobody rolls onto a side from hands and knees."""
    form = {None: "get-up-maybe", Posture.HANDS_AND_KNEES: "get-up-kneeling"}.get(posture, "get-up")
    return wording.event("get-up", form, pause_ms=GET_DOWN_MS)


def lead_in_ms(pacing: Pacing, before: Posture | None, after: Posture | None) -> int:
    """Return the time to get into position, by how far it is; an unknown posture is a new one."""
    was_down, is_down = bool(before and before.on_floor), after is None or after.on_floor
    if before is after is not None:
        return scaled(pacing.lead_in_ms, STAYING / pacing.pace)
    if not was_down and not is_down and before:
        return scaled(pacing.lead_in_ms, UPRIGHT / pacing.pace)
    whole_ms = scaled(pacing.lead_in_ms, 1 / pacing.pace)
    # No pace hurries a person with a sore back down to the floor.
    return max(whole_ms, FLOOR_LEAD_IN_MS) if is_down else whole_ms


def _is_on_other_side(coaching: Coaching, earlier: Sequence[Coaching]) -> bool:
    """Return whether the exercise before ends lying on a side, and this one begins on the other one."""
    if not earlier or not earlier[-1].exercise.posture is coaching.exercise.posture is Posture.SIDE:
        return False
    last, first = earlier[-1].turns[-1], coaching.turns[0]
    return None not in {last, first} and last is not first


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
