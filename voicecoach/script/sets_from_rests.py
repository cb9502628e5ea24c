"""Holds with a rest between them: repetitions on the page, and sets for whoever does them."""

from voicecoach.model import Exercise, Sides

SHORTEST_STRETCH_MS = 10_000
"""From this hold on a rest that is stated stands between holds: they are stretches, and no movement."""

MOST_SETS = 20
"""As many as a program may hold."""


def sets_from_rests(given: dict[str, int], exercise: Exercise) -> dict[str, int]:
    """Return the `given` dose with its repetitions as sets of one, where a rest stands between long holds.

    "Hold for 30 seconds, repeat 3 times with 30 seconds rest" is three holds with a rest after each. So it
    is where hold, repetitions and rest are stated, no sets are, the sides do not alternate by repetition and
    no phases tell what a repetition is made of. Times are milliseconds.
    """
    stated = exercise.dose
    known = stated.hold is not None and stated.reps is not None and stated.rest is not None
    bound = bool(exercise.phases) or exercise.sides is Sides.ALTERNATE or "sets" in given
    if not known or bound or given["hold"] < SHORTEST_STRETCH_MS or given["reps"] > MOST_SETS:
        return given
    return {**given, "sets": given["reps"], "reps": 1}
