"""What a person does at a moment of a live session, in words."""

from collections.abc import Callable

from voicecoach.player.commands import Moment, State
from voicecoach.remote.keys import can_be_pressed

Show = Callable[[Moment], None]

DOING = {
    "welcome": "Listen",
    "rest": "Rest",
    "lead-in": "Get into position",
    "switch": "Switch sides",
    "hold-start": "Begin",
    "hold": "Hold",
    "phase": "Move",
    "release": "Release",
    "number": "Move",
    "close": "Well done",
}
"""What a person does in each kind of slot; a hold begins as the word for it ends."""

STANDING = {State.PAUSED: "Paused", State.BETWEEN: "Waiting for you"}
"""What a session does that goes on only when it is told to."""


def go_on() -> str:
    """Return what makes a session that stands go on: a key, where there are keys."""
    return "space or Enter goes on" if can_be_pressed() else "`voicecoach ctl resume` goes on"


def standing_words(moment: Moment) -> str:
    """Return what a session waits for that goes on only when it is told to."""
    where = moment.now.slot.where
    before = f" before {where.exercise}" if moment.state is State.BETWEEN and where.exercise else ""
    return f"{STANDING[moment.state]}{before}"
