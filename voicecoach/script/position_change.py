"""The way from one position to another: out of the last one, up or down or over, and into the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.events import Event
from voicecoach.model import Exercise, Posture
from voicecoach.script.wording import Wording

GET_DOWN_MS = 6000
"""Time to get down to the floor, or up from it, before anything else is said."""

SETTLE_MS = 1200
"""A breath between the words that lead into a position and what follows them."""

TURNS = {
    (Posture.BACK, Posture.HANDS_AND_KNEES): "turn-up",
    (Posture.SIDE, Posture.HANDS_AND_KNEES): "turn-up",
    (Posture.HANDS_AND_KNEES, Posture.BACK): "turn-down",
    (Posture.HANDS_AND_KNEES, Posture.SIDE): "turn-down",
    (Posture.FRONT, Posture.BACK): "turn",
    (Posture.BACK, Posture.FRONT): "turn",
}
"""How to get from one position on the floor to another, with a back that hurts; else the position says it."""


@dataclass(frozen=True, slots=True)
class PositionChange:
    """From one exercise to the next: the posture and the equipment before, and what is new.

    `before` is the last posture that was stated; `stays` whether the exercise just before states this one,
    and `over` whether the person lay on the other side for it.
    """

    before: Posture | None
    needed: tuple[str, ...]
    taught: bool
    first: bool
    stays: bool = False
    over: bool = False
    leave: str = ""


def words_between(wording: Wording, change: PositionChange, exercise: Exercise) -> Iterator[Event]:
    """Yield how to get out of the last position, and down to the floor, up from it, or over on it."""
    before = change.before
    yield from leave_position(wording, change.leave)
    turn = TURNS.get((before, exercise.posture)) if before and exercise.posture else None
    if turn or change.over:
        yield wording.event("turn", turn or "position-over", pause_ms=GET_DOWN_MS)
    was_down, is_down = bool(before and before.on_floor), bool(exercise.posture and exercise.posture.on_floor)
    if exercise.posture and was_down is not is_down:
        cue, form = ("get-down", "") if is_down else ("get-up", getting_up_form(before))
        yield wording.event(cue, form, pause_ms=GET_DOWN_MS)


def enter_posture(wording: Wording, posture: Posture) -> Event:
    """Return the words into a posture, where an exercise has none of its own that are spoken."""
    return wording.event("position", f"position-{posture}", settles=True, pause_ms=SETTLE_MS)


def leave_position(wording: Wording, leave: str) -> Iterator[Event]:
    """Yield the words out of a position that has some."""
    if leave:
        yield wording.text("leave", leave, pause_ms=GET_DOWN_MS)


def getting_up_form(posture: Posture | None) -> str:
    """Return the wording for getting up: nobody rolls onto a side from hands and knees."""
    return {None: "get-up-maybe", Posture.HANDS_AND_KNEES: "get-up-kneeling"}.get(posture, "get-up")
