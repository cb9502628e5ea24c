"""What a counted thing means: repetitions, sets, breaths, by its noun, its verb and its label."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from voicecoach.articles.dose.context import Sentence, governor
from voicecoach.articles.dose.pattern import Term
from voicecoach.articles.dose.quantities import UNSURE, as_counts
from voicecoach.articles.dose.stated import ROUNDS_AS_SETS, SO_MANY_MORE, Stated
from voicecoach.articles.dose.times import timed
from voicecoach.model import Sides
from voicecoach.units import Range

_ORDERS = frozenset({"REPEAT", "DO", "START"})
_FEW = 5
"""Up to so many rounds are sets, more are repetitions."""
_MOST = {"sets": 12, "reps": 100, "breaths": 60, "cycles": 100}
"""Beyond these a count is hardly the dose of one exercise."""
_SINGLE = frozenset({"reps", "moves", "breaths", "times", "sets", "rounds"})
_TURNED = frozenset({"TURNOVER", "CHANGESIDE", "OTHERSIDE", "SWITCH"})
_SIDE_AGO = 5
_LINKS = frozenset({"FOR", "ABOUT", "COLON", "A", "THE"})
_UNITS = frozenset({"reps", "sets", "breaths", "cycles"})


def read_amount(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> Iterator[Stated]:
    """Yield what the counted thing at a place of a sentence states; `said` was stated before it."""
    amount = sentence.terms[at]
    if sentence.void[at] or _is_no_dose(sentence, at):
        return
    parts = amount.value
    if "hold" in parts:
        marked = parts["hold"].kind == "N"
        doubt, note = (0.2, "a quotation mark read as seconds") if marked else (0.0, "")
        held = timed("hold", parts["hold"], doubt=doubt, note=note, label=bool(label))
        yield from [held] if held else []
    turned = sentence.near(at, _TURNED, _SIDE_AGO)
    for part, term in parts.items():
        if part in {"more", "again"} and turned:
            # So many more on the other side are none of this one's.
            continue
        read = _PARTS.get(part)
        if read:
            field, doubt, note = read(sentence, at, label, said)
            stated = counted(field, term, doubt=doubt, note=note, label=bool(label) and field == label)
            if stated:
                yield from _relative(part, stated, said)
    if "eachside" in parts:
        yield Stated("sides", Sides.EACH, amount.start, amount.end, 0.05)
    if "aside" in parts:
        note = "a count of one side, read as of each"
        yield Stated("sides", Sides.EACH, amount.start, amount.end, 0.3, note)


def counted(field: str, term: Term, *, doubt: float, note: str = "", label: bool = False) -> Stated | None:
    """Return a statement of a count, or None where no one could mean it."""
    span = as_counts(term.value)
    if term.value is not None and (span is None or not 1 <= span.lo <= span.hi):
        return None
    if span is not None and span.hi > _MOST.get(field, span.hi):
        doubt, note = max(doubt, 0.6), "an unlikely number"
    bound = term.note if term.note in {"up to", "at least", *UNSURE} else ""
    doubt = max(doubt, 0.4) if term.note in UNSURE else doubt
    return Stated(field, span, term.start, term.end, doubt, note or bound, label=label)


def bare(sentence: Sentence, at: int, label: str) -> Stated | None:
    """Return what a number without a noun states, by its label or by the verb right before it."""
    term = sentence.terms[at]
    if sentence.void[at]:
        return None
    if label in _UNITS:
        return counted(label, term, doubt=0.0, label=True)
    if label in {"hold", "rest", "duration", "time"}:
        return timed(
            "hold" if label == "time" else label,
            term,
            doubt=0.1,
            note="a number without a unit read as seconds",
            label=True,
        )
    return _by_verb(sentence, at)


def _by_verb(sentence: Sentence, at: int) -> Stated | None:
    term = sentence.terms[at]
    verb = _verb_right_before(sentence, at) if _ends_clause(sentence, at) else ""
    doubt, note = (0.0, "") if term.value is None else (0.25, "a number without a noun")
    if verb in _ORDERS:
        return counted("reps", term, doubt=doubt, note=note)
    if verb == "HOLD":
        return timed("hold", term, doubt=doubt, note=note)
    if sentence.kind(at + 1) == "LONG" and sentence.kind(at + 2) in {"STOP", "COMMA", "CLOSE"}:
        return counted("reps", term, doubt=0.4, note="about so many of what is told")
    if _is_named(sentence, at):
        return counted("reps", term, doubt=0.35, note="counted by the exercise's own name")
    return None


def _verb_right_before(sentence: Sentence, at: int) -> str:
    before = (sentence.kind(place) for place in range(at - 1, at - 4, -1))
    return next((kind for kind in before if kind not in _LINKS), "")


def _is_named(sentence: Sentence, at: int) -> bool:
    """Tell whether a number counts an exercise by its name: "do 10 clams"."""
    span = as_counts(sentence.terms[at].value)
    named = sentence.kind(at - 1) == "DO" and sentence.kind(at + 1) == "WORD" and sentence.kind(at + 2) != "ITEMS"
    return named and span is not None and span.lo > 2  # noqa: PLR2004 - "make two fists"


def _reps(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del sentence, at, label, said
    return "reps", 0.0, ""


def _sets(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label, said
    term, parts = sentence.terms[at].value["sets"], sentence.terms[at].value
    many = as_counts(term.value)
    if many and many.hi > _FEW and "hold" in parts and "reps" not in parts:
        return "reps", 0.4, "so many sets of a hold read as repetitions"
    return "sets", 0.02, ""


def _times(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    if label in {"sets", "reps"}:
        return label, 0.0, ""
    if governor(sentence, at) == "BREATHE":
        return "breaths", 0.2, "so many times in and out"
    if any(each.field == "reps" and each.note != "times" for each in said[-2:]):
        return "sets", 0.25, "times after repetitions read as sets"
    ordered = sentence.near(at, _ORDERS, 15) or sentence.kind(at + 1) in {"REPEAT", "DO"}
    sided = sentence.kind(at + 1) in {"EACHSIDE", "BOTHSIDES"}
    once = sentence.terms[at].note == "only"
    return "reps", 0.02 if ordered else 0.05 if sided else 0.1 if once else 0.2, "times"


def _moves(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label, said
    sided = sentence.kind(at + 1) == "EACHSIDE"
    ordered = sentence.near(at, _ORDERS, 4)
    return "reps", 0.1 if ordered or sided else 0.25, "counted by the movement"


def _eachside(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label, said
    parts = sentence.terms[at].value
    alike = "eachside2" not in parts or parts["eachside2"].value == parts["eachside"].value
    return ("reps", 0.1, "per side") if alike else ("reps", 0.4, "another number on the other side")


def _rounds(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label
    many = as_counts(sentence.terms[at].value["rounds"].value)
    sets = "reps" in sentence.terms[at].value or any(each.field == "reps" for each in said)
    if sets or (many and many.hi <= _FEW):
        return "sets", 0.1 if sets else 0.35, ROUNDS_AS_SETS
    return "reps", 0.1, "rounds read as repetitions"


def _breaths(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label, said
    return "breaths", 0.02 if governor(sentence, at) in {"HOLD", "STAY"} else 0.2, ""


def _cycles(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del at, label, said
    breathed = sentence.phased or any(each.kind in {"BREATHING", "BREATHS"} for each in sentence.terms)
    return ("cycles", 0.15, "") if breathed else ("reps", 0.2, "cycles read as repetitions")


def _total(sentence: Sentence, at: int, label: str, said: tuple[Stated, ...]) -> tuple[str, float, str]:
    del label, said
    return "reps", 0.3, "in total, each side" if sentence.kind(at + 1) == "EACHSIDE" else "in total"


_PARTS: Mapping[str, Callable[[Sentence, int, str, tuple[Stated, ...]], tuple[str, float, str]]] = {
    "sets": _sets,
    "reps": _reps,
    "times": _times,
    "moves": _moves,
    "rounds": _rounds,
    "breaths": _breaths,
    "cycles": _cycles,
    "eachside": _eachside,
    "pyramid": lambda *_: ("reps", 0.4, "the first of several sets"),
    "eachtime": lambda *_: ("reps", 0.2, "so many each time"),
    "breathed": lambda *_: ("cycles", 0.15, "rounds of breathing"),
    "aside": lambda *_: ("reps", 0.2, "on one side"),
    "more": lambda *_: ("reps", 0.4, "more"),
    "total": _total,
    "another": lambda *_: ("sets", 0.35, "another"),
    "again": lambda *_: ("reps", 0.4, "another so many"),
    "ofthese": lambda *_: ("reps", 0.15, "so many of them"),
}
"""What each counted thing states: its field, the doubt and why."""


def _relative(part: str, stated: Stated, said: tuple[Stated, ...]) -> Iterator[Stated]:
    """Yield a count that is stated in relation to another: so many more, another set, in all."""
    span = stated.value
    before = next((each.value for each in reversed(said) if each.field == "reps"), None)
    if part in {"more", "again"} and isinstance(span, Range):
        if before == span:
            yield replace(stated, field="sets", value=Range(2, 2), doubt=0.3, note="as many once more, read as a set")
        elif part == "more":
            yield replace(stated, value=Range(span.lo + 1, span.hi + 1), note=SO_MANY_MORE)
    elif part == "another":
        yield replace(stated, value=Range(2, 2), note="another set after the first")
    elif part == "total":
        yield replace(stated, total=True)
    else:
        yield stated


def _is_no_dose(sentence: Sentence, at: int) -> bool:
    amount = sentence.terms[at]
    parts = amount.value
    verb = governor(sentence, at)
    before, after = sentence.kind(at - 1), sentence.kind(at + 1)
    single = next(iter(parts)) if len(parts) == 1 else ""
    one = single in _SINGLE and as_counts(parts[single].value) == Range(1, 1)
    meant = amount.note == "only" or verb in {"HOLD", "STAY"} or sentence.near(at, _ORDERS, 3)
    defined = before == "DEFINE" or after in {"DEFINE", "EQUALS"} or single == "moves"
    partial = before in {"PART", "THESE"} or (before == "WITHIN" and single in {"moves", "times"})
    return (one and (defined or not meant)) or partial or verb == "VOID"


def _ends_clause(sentence: Sentence, at: int) -> bool:
    return sentence.kind(at + 1) in {"STOP", "SEMI", "COMMA", "CLOSE", "AND", "REPEAT", "EACHSIDE", "BOTHSIDES", "OPEN"}
