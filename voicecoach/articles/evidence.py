"""What a reading rests on: the words of the page behind every field."""

from dataclasses import dataclass

from voicecoach.articles.find import LeftOut
from voicecoach.model import Exercise, Program


@dataclass(frozen=True, slots=True)
class Evidence:
    """The `line` (from 1) and words that a field came from, and how doubtful the reading is, 0 to 1."""

    line: int
    text: str
    doubt: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One exercise with the evidence for its fields.

    The fields are `name`, `posture`, `position`, `steps` (its first), `sides`, `frequency`, those of the
    dose, and the lists. `blanks` are doses that the page leaves to be filled in.
    """

    exercise: Exercise
    evidence: dict[str, Evidence]
    breath: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    title_made: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A page as it was read. `confidence` is how sure the doses are, 0 to 1; `language_sure` the language.

    A page without exercises has an empty `readings`, and no `program`.
    """

    title: str
    source: str
    language: str
    language_sure: float
    confidence: float
    readings: tuple[Reading, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def program(self) -> Program | None:
        """The program that the page was read into, or None where it holds no exercises."""
        if not self.readings:
            return None
        exercises = tuple(each.exercise for each in self.readings)
        return Program(title=self.title, exercises=exercises, language=self.language)

    @property
    def blanks(self) -> tuple[tuple[str, str], ...]:
        """The doses left to be filled in: pairs of an exercise's name and a field."""
        return tuple((each.exercise.name, field) for each in self.readings for field in each.blanks)
