"""Productions: what a sequence of terms means, written as one row of text, and how rows are applied.

A row reads `KIND <- ELEMENT ELEMENT ...`. An element is a kind or some (`TO|DASH`), with `?` where it may
be absent, `name=` where the row keeps it, `!` in front where the next term must be none of these, `.2` for
up to two plain words, `*8` for up to eight terms of any kind but the end of a sentence or a clause.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a number, or what a row made of several: its kind, its place and what it is worth."""

    kind: str
    start: int
    end: int
    value: Any = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Element:
    kinds: frozenset[str]
    name: str = ""
    optional: bool = False
    forbidden: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A production, ready to be matched."""

    kind: str
    elements: tuple[_Element, ...]


Kept = Mapping[str, Term]
Table = Mapping[str, Sequence[tuple[Row, frozenset[str] | None]]]
"""Productions by the kind they begin with, each with the kinds that may come second (None: any)."""

Build = Callable[[str, Kept, Sequence[Term]], Term | None]

PLAIN = frozenset({"WORD", "COMMA", "AND", "DAYPART", "OF", "FOR", "LONG", "EACHTIME"})
_BARRIERS = frozenset({"STOP", "SEMI"})


def rows(*lines: str) -> Table:
    """Return productions by the kinds that they can begin with, in their order: the first match wins."""
    begun: dict[str, list[tuple[Row, frozenset[str] | None]]] = {}
    for line in lines:
        kind, _, pattern = line.partition("<-")
        row = Row(kind.strip(), tuple(_element(each) for each in pattern.split()))
        for first in _firsts(row.elements):
            begun.setdefault(first, []).append((row, _seconds(row.elements, first)))
    return begun


def rewrite(terms: Sequence[Term], table: Table, build: Build) -> list[Term]:
    """Replace, from left to right, each stretch of terms that a row describes by the term it means.

    `build` is given the row's kind, what it keeps and all its terms; where it returns None the row does
    not hold. A row has a fixed length, so that the time grows with the number of terms alone.
    """
    rewritten: list[Term] = []
    at = 0
    while at < len(terms):
        after = terms[at + 1].kind if at + 1 < len(terms) else ""
        for row, seconds in table.get(terms[at].kind, ()):
            if seconds is not None and after not in seconds:
                continue
            kept: dict[str, Term] = {}
            end = _match(row.elements, 0, terms, at, kept)
            made = build(row.kind, kept, terms[at:end]) if end > at else None
            if made is not None:
                rewritten.append(replace(made, start=terms[at].start, end=terms[end - 1].end))
                at = end
                break
        else:
            rewritten.append(terms[at])
            at += 1
    return rewritten


def find(terms: Sequence[Term], table: Table) -> Iterator[tuple[str, Kept, Sequence[Term]]]:
    """Yield the kind, what it keeps and the terms of the first row that holds at each place."""
    for at, term in enumerate(terms):
        after = terms[at + 1].kind if at + 1 < len(terms) else ""
        for row, seconds in table.get(term.kind, ()):
            if seconds is not None and after not in seconds:
                continue
            kept: dict[str, Term] = {}
            end = _match(row.elements, 0, terms, at, kept)
            if end > at:
                yield row.kind, kept, terms[at:end]
                break


def _match(elements: Sequence[_Element], nth: int, terms: Sequence[Term], at: int, kept: dict[str, Term]) -> int:
    """Return the end of the match of the elements from the `nth` on, or -1."""
    if nth == len(elements):
        return at
    element = elements[nth]
    there = terms[at] if at < len(terms) else None
    if element.gap:
        return _match_gap(elements, nth, terms, at, kept)
    if element.forbidden:
        held = there is not None and there.kind in element.kinds
        return -1 if held else _match(elements, nth + 1, terms, at, kept)
    if there is not None and there.kind in element.kinds:
        end = _match(elements, nth + 1, terms, at + 1, kept)
        if end >= 0:
            if element.name:
                kept[element.name] = there
            return end
    return _match(elements, nth + 1, terms, at, kept) if element.optional else -1


def _match_gap(elements: Sequence[_Element], nth: int, terms: Sequence[Term], at: int, kept: dict[str, Term]) -> int:
    element = elements[nth]
    for skipped in range(element.gap + 1):
        end = _match(elements, nth + 1, terms, at + skipped, kept)
        if end >= 0 or at + skipped >= len(terms):
            return end
        kind = terms[at + skipped].kind
        if kind not in element.kinds if element.kinds else kind in _BARRIERS:
            return -1
    return -1


def _element(text: str) -> _Element:
    if text[0] in ".*":
        return _Element(PLAIN if text[0] == "." else frozenset(), gap=int(text[1:]))
    name, _, kinds = text.rpartition("=")
    forbidden, optional = kinds.startswith("!"), kinds.endswith("?")
    return _Element(frozenset(kinds.strip("!?").split("|")), name, optional, forbidden)


def _firsts(elements: Sequence[_Element]) -> set[str]:
    firsts: set[str] = set()
    for element in elements:
        firsts |= frozenset() if element.gap else element.kinds
        if not element.optional and not element.gap:
            break
    return firsts


def _seconds(elements: Sequence[_Element], first: str) -> frozenset[str] | None:
    """Return the kinds that can follow a first one, so that most rows need not be tried; None: any."""
    seconds: set[str] = set()
    for at, element in enumerate(elements):
        if first in element.kinds and not element.gap and not element.forbidden:
            following = _following(elements[at + 1 :])
            if following is None:
                return None
            seconds |= following
        if not element.optional and not element.gap:
            break
    return frozenset(seconds)


def _following(elements: Sequence[_Element]) -> set[str] | None:
    found: set[str] = set()
    for element in elements:
        if element.gap and not element.kinds:
            return None
        found |= frozenset() if element.forbidden else element.kinds
        if not (element.optional or element.gap or element.forbidden):
            return found
    return None
