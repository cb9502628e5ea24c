"""What stands around a quantity: the verb that governs it, and what makes it no dose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from voicecoach.articles.dose.pattern import Term

_HELD = "HOLD STAY PAUSE TENSE"
_RESTED = "REST RELAX"
_MOVED = "DO REPEAT CONTINUE TEMPO LOWERING BREATHE"
_OTHER = "NOBREATH SITTING TIMER"
GOVERNORS = frozenset(f"{_HELD} {_RESTED} {_MOVED} {_OTHER}".split())
"""The kinds of the verbs that a time or a count can belong to."""
_BACK, _AHEAD = 30, 6
_NOUN_AFTER = frozenset({"HOLD", "REST", "PAUSE", "STAY"})
_FOLLOWING = GOVERNORS - {"DO", "REPEAT", "RELAX", "TENSE", "TEMPO"}
"""Verbs that may follow their time, as they do in German."""
_LINKS = frozenset({"OF", "A", "THE", "FOR", "ABOUT", "LONG", "CLOSE"})
_ENDS = frozenset({"STOP", "SEMI"})
_QUANTITIES = frozenset({"T", "N", "AMOUNT"})
_UNTIL_CHANGED = frozenset({"LATER", "WARN", "STUDY", "UNABLE"})
"""What takes that which follows it out of the dose, at the most up to a semicolon."""
_OPENS_CLAUSE = frozenset({"COMMA", "AND", "THEN", "CLOSE", "DASH"})
_COUNTED = frozenset({"sets", "reps", "times"})
_ORDERED = frozenset({"HOLD", "STAY", "REPEAT", "DO"})
"""Verbs of doing, which state a dose even behind a warning in the same sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The terms of one sentence, and for each whether it belongs to a progression or a negation.

    `phased` tells that the text counts the parts of a breath: in for four, hold for seven, out for eight.
    `kinds` are those of all its terms, and `words` how many of them are words of no table.
    """

    terms: Sequence[Term]
    void: Sequence[bool]
    phased: bool = False
    kinds: frozenset[str] = frozenset()
    words: int = 0

    def kind(self, at: int) -> str:
        """Return the kind of the term at a place, STOP outside of the sentence."""
        return self.terms[at].kind if 0 <= at < len(self.terms) else "STOP"

    def after(self, at: int) -> str:
        """Return the kind of the next term that is more than a link ("of", "a", "the")."""
        at += 1
        while self.kind(at) in _LINKS:
            at += 1
        return self.kind(at)

    def near(self, at: int, kinds: frozenset[str], reach: int) -> bool:
        """Tell whether a term of these kinds stands in the same clause, up to `reach` terms before."""
        for place in range(at - 1, max(-1, at - 1 - reach), -1):
            if self.kind(place) in kinds:
                return True
            if self.kind(place) in _ENDS:
                return False
        return False


def sentences(terms: Sequence[Term]) -> Iterator[Sentence]:
    """Yield the sentences of a text, each with its progressions and negations marked."""
    phased = _is_phased(terms)
    start = 0
    for at in range(len(terms) + 1):
        if at == len(terms) or terms[at].kind == "STOP":
            if at > start:
                part = terms[start:at]
                words = sum(each.kind == "WORD" for each in part)
                yield Sentence(part, _voids(part), phased, frozenset(each.kind for each in part), words)
            start = at + 1


def _is_phased(terms: Sequence[Term]) -> bool:
    counted = (
        at
        for at, term in enumerate(terms)
        if term.kind == "BREATHE" and any(each.kind in {"N", "T"} for each in terms[at + 1 : at + 4])
    )
    return len(list(islice(counted, 2))) > 1


def governor(sentence: Sentence, at: int) -> str:
    """Return the kind of the verb that a quantity belongs to, "VOID" if it is denied, or "" without one.

    A noun right after it ("5 second hold", "a minute's rest") is nearer than any verb before it.
    """
    if sentence.after(at) in _NOUN_AFTER and not _starts_its_own(sentence, at):
        return sentence.after(at)
    before = _verb_before(sentence, at)
    if before != "HOLD" and any(sentence.kind(place) == "BETWEEN" for place in range(at + 1, at + 4)):
        return "REST"
    return before or _verb_after(sentence, at)


def _verb_before(sentence: Sentence, at: int) -> str:
    for place in range(at - 1, max(-1, at - _BACK), -1):
        kind = sentence.kind(place)
        if kind in _ENDS:
            break
        if kind in GOVERNORS and sentence.void[place]:
            return "VOID"
        if kind in GOVERNORS:
            placed = any(sentence.kind(each) == "POSITION" for each in range(place, at))
            return "STAY" if placed and kind in {"REST", "RELAX", "PAUSE"} else kind
    return ""


def _verb_after(sentence: Sentence, at: int) -> str:
    for place in range(at + 1, at + 1 + _AHEAD):
        kind = sentence.kind(place)
        if kind in _ENDS or kind in _QUANTITIES:
            break
        if kind in _FOLLOWING or (kind == "TENSE" and place == at + 1):
            return "VOID" if sentence.void[place] else kind
    return ""


def _starts_its_own(sentence: Sentence, at: int) -> bool:
    """Tell whether the verb after a time has a time of its own: "hold 5 seconds rest 5 seconds"."""
    place = at + 1
    while sentence.kind(place) in _LINKS:
        place += 1
    return sentence.after(place) == "T"


def _voids(terms: Sequence[Term]) -> list[bool]:
    """Mark the terms that a progression, a warning or a negation takes out of the dose.

    All that is told of a study, or of somebody else, is no dose of who reads it; what an order states
    before that is one ("Hold for 20 seconds, as in the study").
    """
    told = any(each.kind == "STUDY" for each in terms)
    if told and terms[0].kind not in GOVERNORS:
        return [True] * len(terms)
    voids: list[bool] = []
    growing = False
    since = ""
    denied = 0
    for at, term in enumerate(terms):
        kind = term.kind
        ahead = terms[at + 1].kind if at + 1 < len(terms) else "STOP"
        if kind == "SEMI" or (kind == "COMMA" and ahead in GOVERNORS):
            growing = False
        growing = growing or kind == "GROW"
        since = _since(terms, at, since)
        denied = 3 if kind == "NOT" else 0 if kind in {"AND", "COMMA", "SEMI", "STOP"} else max(0, denied - 1)
        voids.append(growing or bool(since) or denied > 0)
    return voids


def _since(terms: Sequence[Term], at: int, since: str) -> str:
    """Return the kind of what takes a term out of the dose, "" without one; `since` is the one before it.

    A warning holds up to a clause that orders a dose. What one does who is unable to do something holds up
    to the clause behind the first that follows, and to the end where it speaks of a number.
    """
    kind = terms[at].kind
    if kind == "SEMI":
        return ""
    if kind in _UNTIL_CHANGED and not (kind == "LATER" and at and terms[at - 1].kind == "NOT"):
        return since if since in {"LATER", "STUDY"} else kind
    if since == "WARN" and kind in _OPENS_CLAUSE and _orders(terms, at + 1):
        return ""
    if since in {"UNABLE", "INSTEAD"} and kind in _QUANTITIES:
        return "LATER"
    if since in {"UNABLE", "INSTEAD"} and kind == "COMMA":
        return "INSTEAD" if since == "UNABLE" else ""
    return since


def _orders(terms: Sequence[Term], start: int) -> bool:
    """Tell whether the clause that begins at a place orders a dose: a verb of doing, or a count."""
    while start < len(terms) and terms[start].kind in _OPENS_CLAUSE:
        start += 1
    clause: list[Term] = []
    for term in islice(terms, start, start + _BACK):
        if term.kind in _OPENS_CLAUSE or term.kind in _ENDS:
            break
        clause.append(term)
    if any(each.kind in _UNTIL_CHANGED for each in clause):
        return False
    return any(
        each.kind in _ORDERED or (each.kind == "AMOUNT" and not _COUNTED.isdisjoint(each.value)) for each in clause
    )
