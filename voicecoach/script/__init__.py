"""Program and pacing become a script: what is said and done, in order, with nominal slots and no clock."""

from collections.abc import Iterator
from dataclasses import replace

from voicecoach.events import Filled, Script, Slot, Where
from voicecoach.model import Exercise, Pacing, Posture, Program, Side, Sides
from voicecoach.phrases import Phrases
from voicecoach.script.position_change import PositionChange
from voicecoach.script.prescription import Prescription, prescribe
from voicecoach.script.repetition import Coaching, repetition
from voicecoach.script.transition import between_sets, close, setup, switch, welcome
from voicecoach.script.wording import Wording


def compile_script(program: Program, pacing: Pacing, phrases: Phrases, rate_wpm: int, start: int = 1) -> Script:
    """Return the script of a program at a pacing, spoken at `rate_wpm` real words a minute.

    It goes from the exercise `start` (from 1) to the last; `index` counts from the program's first.
    The same arguments always give the same script.
    """
    wording = Wording(phrases, rate_wpm, program.title)
    program = replace(program, exercises=program.exercises[start - 1 :])
    coached = [coach(wording, pacing, exercise) for exercise in program.exercises]
    slots = list(welcome(wording, program, pacing))
    for place, coaching in enumerate(coached):
        # The rest after an exercise is the time in which the next one is named and taught.
        rest_ms = coached[place - 1].plan.rest_ms if place else 0
        slots += _exercise(coaching, start + place, position_change(program, place, wording.phrases), rest_ms)
    slots += close(wording, program)
    return Script(title=program.title, language=program.language, slots=tuple(slots), filled=_filled(coached))


def doses_ms(program: Program, pacing: Pacing) -> int:
    """Return how long the doses of a program take without words, as a pacing settles them: milliseconds."""
    return sum(_dose_ms(each, prescribe(each, pacing)) for each in program.exercises)


def side_order(exercise: Exercise, phrases: Phrases) -> tuple[Side | None, ...]:
    """Return the sides of an exercise in the order in which they work."""
    first = phrases.first_side((*exercise.steps, exercise.position))
    return {
        Sides.NONE: (None,),
        Sides.LEFT: (Side.LEFT,),
        Sides.RIGHT: (Side.RIGHT,),
        Sides.EACH: (first, first.other),
        Sides.ALTERNATE: (first, first.other),
    }[exercise.sides]


def side_turns(exercise: Exercise, phrases: Phrases) -> tuple[Side | None, ...]:
    """Return the sides that have a turn of their own within a set."""
    sides = side_order(exercise, phrases)
    return sides if exercise.sides is Sides.EACH else sides[:1]


def coach(wording: Wording, pacing: Pacing, exercise: Exercise) -> Coaching:
    """Return how an exercise is coached at a pacing: its dose settled, its first side known."""
    first = side_order(exercise, wording.phrases)[0] or Side.LEFT
    return Coaching(wording, pacing, exercise, prescribe(exercise, pacing), first)


def _filled(coached: list[Coaching]) -> tuple[Filled, ...]:
    """Return every dose that was filled in and is used: nobody rests after the last set of all."""
    *_, last = coached
    return tuple(
        each
        for coaching in coached
        for each in coaching.plan.filled
        if coaching is not last or last.plan.sets > 1 or each.field != "rest"
    )


def position_change(program: Program, place: int, phrases: Phrases) -> PositionChange:
    """Return what changes from the exercise before `place` (from 0) to the one there."""
    exercise, earlier = program.exercises[place], program.exercises[:place]
    # Who states no posture leaves the person in that of the exercise before.
    before = next((each.posture for each in reversed(earlier) if each.posture), None)
    needed = earlier[-1].equipment if earlier else ()
    # By its steps too: another exercise may have the same name.
    taught = any((each.name, each.steps) == (exercise.name, exercise.steps) for each in earlier)
    # The same exercise again is gone on with from where it is.
    leave = earlier[-1].leave if earlier and earlier[-1] != exercise else ""
    stays = bool(earlier) and earlier[-1].posture is exercise.posture
    over = stays and exercise.posture is Posture.SIDE and _other_side(earlier[-1], exercise, phrases)
    return PositionChange(before, needed, taught=taught, first=not place, stays=stays, over=over, leave=leave)


def _other_side(before: Exercise, after: Exercise, phrases: Phrases) -> bool:
    """Return whether one exercise ends on a side and the next begins on the other one."""
    last, first = side_turns(before, phrases)[-1], side_turns(after, phrases)[0]
    return None not in {last, first} and last is not first


def _dose_ms(exercise: Exercise, plan: Prescription) -> int:
    sides = 2 if exercise.sides is Sides.EACH else 1
    rep_ms = plan.hold_ms if plan.timed else sum(ms for _, ms in plan.phases)
    return plan.sets * (sides * plan.reps * rep_ms + plan.rest_ms)


def _exercise(coaching: Coaching, index: int, changed: PositionChange, rest_ms: int) -> Iterator[Slot]:
    """Yield an exercise: its setup, then its sets with their sides, switches and rests."""
    exercise, plan = coaching.exercise, coaching.plan
    sides = side_order(exercise, coaching.wording.phrases)
    turns = side_turns(exercise, coaching.wording.phrases)
    for number in range(1, plan.sets + 1):
        for side in turns:
            where = Where(exercise=exercise.name, index=index, set=number, side=side)
            if side is not turns[0]:
                yield switch(coaching, where)
            elif number > 1:
                yield between_sets(coaching, where)
            else:
                yield setup(coaching, where, changed, rest_ms)
            for rep in range(1, plan.reps + 1):
                # A total that alternates was made even before, so that both sides come out equal.
                now = sides[(rep - 1) % 2] if exercise.sides is Sides.ALTERNATE else side
                telling = replace(coaching, wording=replace(coaching.wording, turn=index + number + rep))
                yield from repetition(telling, replace(where, rep=rep, side=now))
