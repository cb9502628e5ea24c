"""One text read: its words become terms, the terms quantities and phrases, and these statements."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.articles.dose.columns import columns, labelled
from voicecoach.articles.dose.context import Sentence, sentences
from voicecoach.articles.dose.counts import bare, read_amount
from voicecoach.articles.dose.labels import LONGEST_LABEL, exact_label, label_field
from voicecoach.articles.dose.lexicon import lexicon
from voicecoach.articles.dose.pattern import Term
from voicecoach.articles.dose.phrases import phrases
from voicecoach.articles.dose.quantities import quantities
from voicecoach.articles.dose.sides import labelled_sides, sides
from voicecoach.articles.dose.stated import Stated
from voicecoach.articles.dose.times import read_time
from voicecoach.articles.dose.tokens import tokens
from voicecoach.articles.language import Language
from voicecoach.units import Range

_EDGE = Term("STOP", 0, 0)
_TOLD = 0.7
_SHORTENED = frozenset({"UNIT", "REPS", "TIMES", "SETS", "PER"})
_LINKING = "ON EACH PER BOTH WITHIN BETWEEN TO TOUPTO OR FOR DASH"
_GO_ON = frozenset(f"HOLD STAY REST PAUSE LONG SIDE TOMOVE WORD COLON {_LINKING}".split())
"""What goes on after an abbreviation ("10 Sek. halten") and does not begin a sentence."""


def read_doses(text: str, language: Language, *, label: str = "") -> tuple[Stated, ...]:
    """Return what `text` states of a dose, in reading order.

    `text` is a sentence, a paragraph, a line or a table cell; `label` is the label or the column head that
    it stood under ("Sets", "Hold"). What is not stated is not returned. The time taken grows with the
    length of the text alone.
    """
    apart = list(columns(text, language, label)) or list(labelled(text, language, label))
    if apart:
        read = [(at, each) for at, words, name in apart for each in read_doses(words, language, label=name)]
        return tuple(replace(each, start=each.start + at, end=each.end + at) for at, each in read)
    terms = phrases(quantities(_terms(text, language)))
    head = label_field(label, language) if label else ""
    found = [each for sentence in sentences(terms) for each in _read(sentence, head, text, language)]
    found += labelled_sides(terms) if head == "sides" else sides([_EDGE, *terms, _EDGE])
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _terms(text: str, language: Language) -> list[Term]:
    """Return the terms of a text, without the full stops that only end an abbreviation."""
    every = lexicon(language).terms(tokens(text))
    kept: list[Term] = []
    for at, term in enumerate(every):
        after = every[at + 1] if at + 1 < len(every) else None
        if term.kind == "STOP" and kept and after and _abbreviates(kept[-1], term, after, text):
            continue
        kept.append(term)
    return kept


def _abbreviates(before: Term, stop: Term, after: Term, text: str) -> bool:
    if before.end != stop.start or text[stop.start] != "." or text[after.start].isupper():
        return False
    return before.kind == "ABOUT" or (before.kind in _SHORTENED and after.kind in _GO_ON)


def _read(sentence: Sentence, head: str, text: str, language: Language) -> Iterator[Stated]:
    labels = _labels(sentence, head, text, language)
    told = sentence.kind(0) == "TELLER"
    said: tuple[Stated, ...] = ()
    for at in range(len(sentence.terms)):
        for stated in _read_term(sentence, at, labels[at], text, said):
            read = replace(stated, doubt=max(_TOLD, stated.doubt), note="someone's own") if told else stated
            if sentence.phased and read.field == "hold":
                read = replace(read, field="tempo", value=text[read.start : read.end], doubt=0.3)
            said = (*said[-3:], read)
            yield read


def _read_term(sentence: Sentence, at: int, label: str, text: str, said: tuple[Stated, ...]) -> Iterator[Stated]:
    term = sentence.terms[at]
    match term.kind:
        case "T":
            stated = read_time(sentence, at, label, text)
            yield from [stated] if stated else []
        case "AMOUNT":
            yield from _often(read_amount(sentence, at, label, said), term, label, text)
        case "N" | "PACE" if label in {"frequency", "tempo"}:
            yield Stated(label, text[term.start : term.end], term.start, term.end, 0.1, label=True)
        case "N":
            stated = bare(sentence, at, label)
            yield from [stated] if stated else []
        case "NONE":
            yield Stated("sets", Range(1, 1), term.start, term.end, 0.3, "no sets, so it is done once")
        case "F" if not sentence.void[at]:
            yield Stated("frequency", " ".join(text[term.start : term.end].split()), term.start, term.end, 0.05)


def _often(read: Iterator[Stated], term: Term, label: str, text: str) -> Iterator[Stated]:
    """Turn a plain "3 times" under the label of a frequency into a frequency."""
    for stated in read:
        if label == "frequency" and "times" in term.value:
            said = " ".join(text[term.start : term.end].split())
            yield Stated("frequency", said, term.start, term.end, 0.05, label=True)
        else:
            yield stated


def _labels(sentence: Sentence, head: str, text: str, language: Language) -> Sequence[str]:
    """Return for each term the field of the label that it stands under: the last one before it."""
    labels: list[str] = []
    current = head
    for at, term in enumerate(sentence.terms):
        if term.kind == "COLON":
            current = _label_before(sentence, at, text, language) or ("" if labels and not head else current)
        elif term.kind == "SEMI":
            current = head
        labels.append(current)
    return labels


def _label_before(sentence: Sentence, at: int, text: str, language: Language) -> str:
    if sentence.kind(at - 1) in {"N", "T", "COLON"}:
        return ""
    end = sentence.terms[at].start
    for length in range(min(LONGEST_LABEL, at), 0, -1):
        start = sentence.terms[at - length].start
        field = exact_label(text[start:end], language) if end - start < 60 else ""  # noqa: PLR2004 - a label is short
        if field:
            return field
    return ""
