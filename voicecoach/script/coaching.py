"""One exercise being coached: the words, the knobs, what is done, on which sides, and how far it is."""

from dataclasses import dataclass, replace

from voicecoach.events import Where
from voicecoach.model import Exercise, Pacing, Side, Sides
from voicecoach.script.prescription import Prescription, prescribe
from voicecoach.script.wording import Wording


@dataclass(frozen=True, slots=True)
class Coaching:
    """An exercise at a pacing, its dose settled: `sides` in the order in which they work, and `where` it is."""

    wording: Wording
    pacing: Pacing
    exercise: Exercise
    plan: Prescription
    sides: tuple[Side | None, ...]
    where: Where

    @classmethod
    def of(cls, wording: Wording, pacing: Pacing, exercise: Exercise) -> "Coaching":
        """Return how an exercise is coached at a pacing."""
        alone = {Sides.NONE: None, Sides.LEFT: Side.LEFT, Sides.RIGHT: Side.RIGHT}
        sides: tuple[Side | None, ...] = (alone.get(exercise.sides),)
        if exercise.sides not in alone:
            first = wording.phrases.first_side((*exercise.steps, exercise.position))
            sides = first, first.other
        return cls(wording, pacing, exercise, prescribe(exercise, pacing), sides, Where())

    @property
    def turns(self) -> tuple[Side | None, ...]:
        """The sides that have a turn of their own within a set."""
        return self.sides if self.exercise.sides is Sides.EACH else self.sides[:1]

    def at(self, where: Where) -> "Coaching":
        """Return the coaching at a place, in the variants of its wording that are then in turn."""
        turn = (where.index or 0) + (where.set or 0) + (where.rep or 0)
        return replace(self, where=where, wording=replace(self.wording, turn=turn))

    def on_side(self, text: str, side: Side | None) -> str:
        """Return a text of the exercise for one side."""
        return self.wording.phrases.on_side(text, side, self.sides[0] or Side.LEFT)
