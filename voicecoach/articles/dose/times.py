"""What a time means: held, rested, moved through or gone on for, by the verb it stands with."""

from voicecoach.articles.dose.context import Sentence, governor
from voicecoach.articles.dose.pattern import Term
from voicecoach.articles.dose.quantities import UNSURE
from voicecoach.articles.dose.stated import NO_VERB, Stated
from voicecoach.units import HOUR_MS, MINUTE_MS

_UNLIKELY_HOLD = 5 * MINUTE_MS

_GOVERNED = {
    "HOLD": ("hold", 0.02, ""),
    "STAY": ("hold", 0.05, ""),
    "PAUSE": ("hold", 0.2, "a pause may be a hold"),
    "REST": ("rest", 0.05, ""),
    "RELAX": ("rest", 0.2, "a time of relaxing read as rest"),
    "CONTINUE": ("duration", 0.1, ""),
    "DO": ("hold", 0.3, "the verb does not say whether this is held"),
    "REPEAT": ("duration", 0.3, "a repetition with a time"),
    "TENSE": ("hold", 0.15, ""),
    "TEMPO": ("tempo", 0.1, ""),
    "LOWERING": ("tempo", 0.1, ""),
    "BREATHE": ("tempo", 0.2, ""),
    "": ("hold", 0.25, NO_VERB),
}
"""The verb that governs a time: the field, the doubt and why."""
_OF_OTHERS = frozenset({"NOBREATH", "VOID", "SITTING", "TIMER"})
"""Verbs whose time is no dose: to hold the breath, to sit all day, to set a timer."""
_SIDED = frozenset({"EACHSIDE", "BOTHSIDES", "OTHERSIDE"})
_AFTER_CLOCK = _SIDED | {"STOP", "COMMA", "SEMI", "HOLD", "STAY", "REST", "PAUSE", "X", "PER", "TOMOVE"}
"""What follows a clock that is a dose: its end, its noun or its sides."""
_FEW_WORDS = 3
_TIMED = frozenset({"duration", "time"})
_WORK_FROM = {"DO": 20_000, "": MINUTE_MS}
"""A movement "for 3 seconds" is a hold; from so long on it may as well be work against the clock."""
_MOVES = frozenset({"TEMPO", "BREATHE", "LOWERING"})
_LABELLED = {
    "hold": "hold", "rest": "rest", "duration": "duration", "reps": "hold", "sets": "hold", "breaths": "hold",
    "tempo": "tempo", "frequency": "frequency",
}  # fmt: skip


def read_time(sentence: Sentence, at: int, label: str, text: str) -> Stated | None:
    """Return what the time at a place of a sentence states, or None where it is no dose."""
    term = sentence.terms[at]
    verb = governor(sentence, at)
    if sentence.void[at] or _is_no_dose(sentence, at, verb):
        return None
    if label == "time" and _above(term, _UNLIKELY_HOLD + 1):
        return None
    field, doubt, note = _field(sentence, at, label, verb)
    if field in {"tempo", "frequency"}:
        return Stated(field, _said(text, sentence, at), term.start, term.end, doubt, note)
    return timed(field, term, doubt=doubt, note=note, label=bool(label))


def timed(field: str, term: Term, *, doubt: float = 0.0, note: str = "", label: bool = False) -> Stated | None:
    """Return a statement of a time, or None where no one could mean it."""
    span = term.value
    if span is not None and not 0 < span.lo <= span.hi <= HOUR_MS:
        return None
    if span is not None and field == "hold" and span.hi > _UNLIKELY_HOLD:
        doubt, note = max(doubt, 0.5), note or "a very long hold"
    bound = term.note if term.note in {"up to", "at least", *UNSURE} else ""
    doubt = max(doubt, 0.4) if term.note in UNSURE else doubt
    return Stated(field, span, term.start, term.end, doubt, note or bound, label=label)


def _is_no_dose(sentence: Sentence, at: int, verb: str) -> bool:
    term = sentence.terms[at]
    moment = term.note == "one" and term.value.hi <= 1000 and verb not in {"HOLD", "STAY"}  # noqa: PLR2004
    distant = term.note == "hour" or verb in _OF_OTHERS
    partial = sentence.kind(at - 1) in {"PART", "WITHIN"} or sentence.kind(at + 1) in {"AGO", "PART"}
    waited = sentence.kind(at - 1) == "AFTER" and (sentence.kind(at + 1) == "OF" or _long(term))
    onward = "CONTINUE" in {sentence.kind(at + nth) for nth in (1, 2, 3)}
    another = onward and sentence.near(at, frozenset({"THEN"}), 2)
    told = sentence.kind(at + 1) == "ROUTINE" or _is_stamp(sentence, at)
    loose = not verb and _is_of_page(sentence, at)
    return any((moment, distant, partial, waited, another, told, loose))


def _is_stamp(sentence: Sentence, at: int) -> bool:
    """Tell whether a clock opens a line of a talk: "[1:16] pull your knees in"."""
    place = at + 1 + (sentence.kind(at + 1) == "CLOSE")
    opens = at == 0 or (at == 1 and sentence.kind(0) == "OPEN")
    return opens and sentence.terms[at].note == "clock" and sentence.kind(place) not in _AFTER_CLOCK


def _is_of_page(sentence: Sentence, at: int) -> bool:
    """Tell whether a time without a verb belongs to a whole routine, another exercise or an ailment."""
    routine = bool(sentence.kinds & {"ITEMS", "WARN"}) or sentence.near(at, frozenset({"ROUTINE"}), 3)
    bound = sentence.kinds & {"FOR", *_SIDED} or sentence.kind(at - 1) == "OPEN" or _is_bound(sentence, at)
    return routine or (_long(sentence.terms[at]) and not bound and sentence.words > _FEW_WORDS)


def _is_bound(sentence: Sentence, at: int) -> bool:
    """Tell whether a time opens a sentence ("2 minutes of"), closes it behind a comma, or is a set's."""
    before, after = sentence.kind(at - 1), sentence.kind(at + 1)
    of_set = after in {"PER", "EACH"} and sentence.kind(at + 2) in {"SETS", "ROUNDS"}
    closes = before == "COMMA" and after in {"STOP", "SEMI"}
    return of_set or closes or (at == 0 and after in {"OF", "WORD"})


def _field(sentence: Sentence, at: int, label: str, verb: str) -> tuple[str, float, str]:
    term = sentence.terms[at]
    if sentence.kind(at - 1) == "AFTER":
        return "hold", 0.3, "read from what follows after it"
    if label in _TIMED and (label == "time" or not _long(term)):
        short = ("hold", 0.3, "a short duration read as a hold")
        return ("duration", 0.3, "a time of which nothing says what it is for") if _long(term) else short
    if label in _LABELLED and verb not in {"REST", "TEMPO", "LOWERING"}:
        return _LABELLED[label], 0.0, ""
    if sentence.kind(at - 1) == "OVER" or (sentence.kind(at + 1) == "TOMOVE" and verb not in {"HOLD", "STAY"}):
        return "tempo", 0.1, ""
    timed_way = verb == "LOWERING" and _long(term)
    if (verb == "TEMPO" or timed_way) and not _paced(sentence, at):
        return ("duration" if _long(term) else "hold"), 0.35, "held or moved for that long"
    field, doubt, note = _GOVERNED[verb]
    works = verb in _WORK_FROM and _above(term, _WORK_FROM[verb])
    return ("duration" if works else field), doubt, note


def _paced(sentence: Sentence, at: int) -> bool:
    """Tell whether a time says how slowly one moves: a count, or the way down."""
    term = sentence.terms[at]
    if term.note == "count" and sentence.kind(at - 1) == "AND":
        return False
    apart = sentence.kind(at - 1) == "COMMA" and sentence.kind(at + 1) in {"STOP", "COMMA", "SEMI"}
    loose = not apart and not sentence.near(at, frozenset({"FOR"}), 2)
    return term.note == "count" or loose or sentence.near(at, frozenset({"OVER"}), 6)


def _long(term: Term) -> bool:
    return _above(term, MINUTE_MS)


def _above(term: Term, limit: int) -> bool:
    return term.value is not None and term.value.hi >= limit


def _said(text: str, sentence: Sentence, at: int) -> str:
    """Return the words of a time with the movement that they belong to."""
    start, end = sentence.terms[at].start, sentence.terms[at].end
    for place in range(at - 1, max(-1, at - 6), -1):
        if sentence.kind(place) in _MOVES:
            start = sentence.terms[place].start
            break
    for place in range(at + 1, at + 3):
        if sentence.kind(place) in _MOVES | {"TOMOVE"}:
            end = sentence.terms[place].end
            break
    return " ".join(text[start:end].split())
