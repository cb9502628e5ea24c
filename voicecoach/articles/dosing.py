"""The doses of an exercise's lines: each statement with its place, and what is said of all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.block import sentences
from voicecoach.articles.dose import Stated, settle
from voicecoach.articles.dose.stated import NO_VERB, ROUNDS_AS_SETS
from voicecoach.articles.evidence import Evidence
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.sections import Line
from voicecoach.model import Sides
from voicecoach.program.fields import DOSE
from voicecoach.units import MINUTE_MS, Range

_LONGEST_EVIDENCE = 300
_GENERAL_DOUBT = 0.25
_LOOSE_DOUBT = 0.4
_LONGEST_NAMED = 5 * MINUTE_MS
"""A longer time that opens a sentence is that of a walk, or of a whole routine."""
_BRIEF = 6
"""Words of a line that states a time and little else."""
_REPS_OF_MOVEMENTS = 8
_DONE = frozenset({"reps", "hold", "duration", "breaths", "cycles"})
"""What is done in a set: without any of it, rounds are repetitions."""
_INSTEAD = ({"hold", "breaths", "duration", "cycles"}, {"reps", "cycles", "duration"})
"""Fields that stand for each other: one that is stated near keeps the page's other ones away."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, the sentence it stands in and its source line."""

    stated: Stated
    line: int
    text: str

    @property
    def evidence(self) -> Evidence:
        """What a report cites."""
        return Evidence(self.line, self.text[:_LONGEST_EVIDENCE], self.stated.doubt, self.stated.note)


def said_in(line: Line, language: Language, *, label: str = "") -> Iterator[tuple[int, str, list[Said]]]:
    """Yield each sentence of a line, its offset and what it states."""
    for at, sentence in sentences(line.text):
        stated = stated_in(sentence, language.tag, label)
        place = line.line_at(at)
        yield at, sentence, [Said(each, place, sentence) for each in stated if _fits(each)]


def about_movement(said: Sequence[Said], sentence: str, lexicon: Lexicon) -> list[Said]:
    """Return what a sentence states, without times to go on for where it tells no movement.

    "The ache goes away for 5 minutes" says nothing of how long to move; a brief one that begins with the
    time ("One minute, eyes closed") is doubtful.
    """
    loose = [each for each in said if each.stated.field == "duration" and each.stated.note == NO_VERB]
    short = len(sentence.split()) <= _BRIEF
    moving = lexicon.instructs(sentence) or (short and lexicon.names_exercise(sentence))
    moving = moving or (bool(loose) and _names_what_goes_on(said, sentence, lexicon))
    if not loose or moving or is_bare_dose(sentence, [each.stated for each in said], lexicon):
        return list(said)
    brief = short and loose[0].stated.start <= 1
    doubted = [replace(each, stated=replace(each.stated, doubt=_LOOSE_DOUBT)) for each in loose if brief]
    return [each for each in said if each not in loose] + doubted


def _names_what_goes_on(said: Sequence[Said], sentence: str, lexicon: Lexicon) -> bool:
    """Return whether a time belongs to the movement that a sentence without a verb names.

    It opens such a sentence ("Two minutes of knee rocking"), closes it behind a comma, or has sides or sets.
    """
    if any(each.stated.field in {"sides", "sets"} for each in said):
        return lexicon.names_exercise(sentence) or lexicon.names_body(sentence)
    (each, *_) = [each.stated for each in said if each.stated.note == NO_VERB]
    brief = isinstance(each.value, Range) and each.value.hi <= _LONGEST_NAMED
    opens = each.start == 0 and sentence[each.end : each.end + 1] != "," and brief
    closes = sentence[: each.start].rstrip().endswith(",") and not sentence[each.end :].strip(" .!")
    return (opens or closes) and lexicon.names_exercise(sentence) and not lexicon.marked("walk", sentence)


def settled(said: Sequence[Said], general: Sequence[Said] = ()) -> dict[str, Said]:
    """Return what holds for an exercise: its own statements, and the page's where nothing nearer is said."""
    own = _chosen(said)
    fields = set(own)
    for field, each in _chosen(general).items():
        rivals = set().union(*(group for group in _INSTEAD if field in group)) or {field}
        bundled = field == "sides" and "reps" in fields
        dynamic = field == "hold" and "stretch" in each.text and (fields & {"sets"} or _many(own))
        if not rivals & fields and not bundled and not dynamic:
            doubt = max(each.stated.doubt, _GENERAL_DOUBT)
            own[field] = replace(each, stated=replace(each.stated, doubt=doubt, note="said of all exercises"))
    rounds = own.get("sets")
    if rounds and rounds.stated.note == ROUNDS_AS_SETS and not _DONE & own.keys():
        stated = replace(rounds.stated, field="reps", note="rounds read as repetitions")
        own["reps"] = replace(own.pop("sets"), stated=stated)
    return own


def _many(own: dict[str, Said]) -> bool:
    """Return whether as many repetitions are stated as a movement has, and a stretch has not."""
    reps = own["reps"].stated.value if "reps" in own else None
    return isinstance(reps, Range) and reps.lo >= _REPS_OF_MOVEMENTS


def _chosen(said: Sequence[Said]) -> dict[str, Said]:
    chosen = {}
    for field, stated in settle([each.stated for each in said]).items():
        near = [each for each in said if _alike(each.stated, stated)]
        near = near or [each for each in said if _derived(stated, each.stated)]
        near = near or [each for each in said if each.stated.field == field] or list(said)
        chosen[field] = replace(near[0], stated=stated)
    return chosen


def _alike(one: Stated, other: Stated) -> bool:
    return one.start == other.start and one.end == other.end and one.value == other.value


def _derived(one: Stated, other: Stated) -> bool:
    """Return whether one was reckoned from the other: a half of it, or the sets that it makes."""
    reckoned = {one.field, other.field} <= {"reps", "sets"} and one.total | other.total
    return one.start == other.start and one.end == other.end and (reckoned or one.field == other.field)


def _fits(stated: Stated) -> bool:
    bounds = DOSE.get(stated.field)
    if not bounds or not isinstance(stated.value, Range):
        return True
    return bounds.lowest <= stated.value.lo <= stated.value.hi <= bounds.highest


def general_doses(lines: Iterable[Line], lexicon: Lexicon, language: Language) -> list[Said]:
    """Return what sentences state that speak of every exercise."""
    found = []
    for line in lines:
        if line.role in {"", "dose", "tip", "hold", "reps", "sets"} and lexicon.marked("every", line.text):
            for _, sentence, said in said_in(line, language, label=line.label):
                if lexicon.marked("every", sentence):
                    found += [each for each in said if each.stated.field != "tempo"]
    return found


def sides_of(chosen: dict[str, Said]) -> Sides:
    """Return the sides, where alternating needs repetitions to alternate."""
    value = chosen["sides"].stated.value if "sides" in chosen else Sides.NONE
    sides = value if isinstance(value, Sides) else Sides.NONE
    reps = chosen["reps"].stated.value if "reps" in chosen else None
    return Sides.NONE if sides is Sides.ALTERNATE and reps is None else sides
