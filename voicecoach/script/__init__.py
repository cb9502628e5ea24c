"""Program and pacing become a script: what is said and done, in order, with nominal slots and no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.events import Script, Slot, Where
from voicecoach.model import Pacing, Program, Sides
from voicecoach.phrases import Phrases
from voicecoach.script.prescription import prescribe
from voicecoach.script.repetition import repetition
from voicecoach.script.transition import between_sets, close, setup, switch, welcome
from voicecoach.script.wording import Coaching, Wording


def compile_script(program: Program, pacing: Pacing, phrases: Phrases, rate_wpm: int, start: int = 1) -> Script:
    """Return the script of a program at a pacing, spoken at `rate_wpm` real words a minute.

    It goes from the exercise `start` (from 1) to the last; `index` counts from the program's first.
    The same arguments always give the same script.
    """
    wording = Wording(phrases, rate_wpm, program.title)
    program = replace(program, exercises=program.exercises[start - 1 :])
    coached = [Coaching.of(wording, pacing, exercise) for exercise in program.exercises]
    slots = list(welcome(wording, program, pacing))
    for place, coaching in enumerate(coached):
        slots += _exercise(coaching, start + place, coached[:place])
    slots += close(wording, program)
    *_, last = coached
    filled = tuple(
        each
        for coaching in coached
        for each in coaching.plan.filled
        # Nobody rests after the last set of all.
        if coaching is not last or last.plan.sets > 1 or each.field != "rest"
    )
    return Script(title=program.title, language=program.language, slots=tuple(slots), filled=filled)


def doses_ms(program: Program, pacing: Pacing) -> int:
    """Return how long the doses of a program take without words, as a pacing settles them: milliseconds."""
    total_ms = 0
    for exercise in program.exercises:
        plan, sides = prescribe(exercise, pacing), 2 if exercise.sides is Sides.EACH else 1
        total_ms += plan.sets * (sides * plan.reps * plan.rep_ms + plan.rest_ms)
    return total_ms


def _exercise(coaching: Coaching, index: int, earlier: Sequence[Coaching]) -> Iterator[Slot]:
    """Yield an exercise: its setup, then its sets with their sides, switches and rests."""
    exercise, plan = coaching.exercise, coaching.plan
    for number in range(1, plan.sets + 1):
        for side in coaching.turns:
            where = Where(exercise=exercise.name, index=index, set=number, side=side)
            if side is not coaching.turns[0]:
                yield switch(coaching.at(where))
            elif number > 1:
                yield between_sets(coaching.at(where))
            else:
                yield setup(coaching.at(where), earlier)
            for rep in range(1, plan.reps + 1):
                # A total that alternates was made even before, so that both sides come out equal.
                now = coaching.sides[(rep - 1) % 2] if exercise.sides is Sides.ALTERNATE else side
                yield from repetition(coaching.at(replace(where, rep=rep, side=now)))
