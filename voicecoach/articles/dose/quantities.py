"""Numbers, ranges and times: the lowest layers of the grammar.

A count is a term N and a time a term T; the value of both is a Range, or None for a blank to fill in.
"""

from collections.abc import Sequence

from voicecoach.articles.dose.pattern import Kept, Term, rewrite, rows
from voicecoach.units import Range

_FINEST = 4
"""A quarter is the finest part of a minute that an article states."""
_UNITS, _TWENTY, _HUNDRED = 9, 20, 100
_TWENTIES = frozenset({60, 80})
"""French counts from 60 and from 80 in twenties: soixante-quinze, quatre-vingt-dix."""
_NUMBERS = rows(
    "ORDINAL <- ORDINAL HASH? NUM|NUMWORD dash=DASH? !TIMES|X|UNIT|REPS|SETS|TO|TOUPTO|OR",
    "DATE <- NUM SLASH NUM SLASH NUM",
    "PACE <- NUM DASH NUM DASH NUM DASH NUM",
    "PACE <- NUM DASH NUM DASH NUM",
    "FRACTION <- whole=NUM? top=NUM SLASH bottom=NUM",
    "SPELT <- a=NUMWORD b=NUMWORD c=NUMWORD",
    "SPELT <- a=NUMWORD AND? c=NUMWORD",
    "SPELT <- a=NUMWORD",
    "ONE <- n=NUM",
    "BLANK <- BLANK",
)
_RANGES = rows(
    "MANYRANGE <- lo=MANY OR|TO|TOUPTO|DASH hi=MANY",
    "MANYRANGE <- lo=N DASH? OR|TO|TOUPTO|DASH hi=MANY",
    "TWICE <- lo=N OPEN hi=N CLOSE",
    "RANGE <- BETWEEN lo=N AND|DASH|TO hi=N",
    "RANGE <- FROM? ATLEAST? lo=N DASH? OR|TO|TOUPTO|UPTO|DASH hi=N",
)
_BOUNDS = rows(
    "LIMIT <- NOT HOLD|STAY|REST|CONTINUE|DO .1 MORETHAN T",
    "OPEN <- NOT DO|REPEAT? .1 MORETHAN n=N|T|MANY",
    "OPEN <- UPTO|TOUPTO ABOUT? n=N|T|MANY",
    "LEAST <- ATLEAST ABOUT? n=N|T|MANY",
    "ABOUT <- ABOUT n=N|T|MANY",
)
_TIMES = rows(
    "LENGTH <- N|A PERCENT|LENGTH|DEGREE|MONEY",
    "LENGTH <- MONEY N",
    "VAGUETIME <- VAGUE .1 UNIT|HOUR",
    "SUM <- n=N unit=UNIT AND? n2=N unit2=UNIT",
    "AND_HALF <- n=N AND_HALF unit=UNIT",
    "AND_HALF <- n=N|A unit=UNIT|HOUR AND_HALF",
    "HALF <- HALF A? unit=UNIT|HOUR|SPAN",
    "SECOND_OR_MORE <- A unit=UNIT OR n=N",
    "MIXED <- n=N unit=UNIT DASH? TO|OR|DASH|TOUPTO|UPTO A unit2=UNIT",
    "PLAIN <- n=N DASH? .1 unit=UNIT|HOUR|SPAN",
    "BARE <- A unit=UNIT",
    "BARE <- span=SPAN",
    "CLOCK <- clock=CLOCK UNIT?",
    "COUNTED <- COUNT n=N",
    "COUNTED <- n=N .2 COUNTS",
)
FALLING = "a range told from high to low"
"""The note of a range such as "30-20"."""
LIMIT = "a limit, read as what to do"
"""The note of what a page forbids to go beyond: "not longer than 30 seconds"."""
UNSURE = frozenset({FALLING, LIMIT})
"""Notes of quantities that are doubtful, whatever they count."""
_TIME_RANGES = rows("RANGE <- BETWEEN lo=T AND|DASH hi=T", "RANGE <- FROM? ATLEAST? lo=T TO|OR|TOUPTO|UPTO|DASH hi=T")


def quantities(terms: Sequence[Term]) -> list[Term]:
    """Replace the numbers and times among the terms by N and T, the narrow before the wide."""
    found = rewrite(terms, _NUMBERS, _number)
    found = rewrite(found, _RANGES, _range)
    found = rewrite(found, _TIMES, _time)
    found = rewrite(found, _TIME_RANGES, _range)
    return rewrite(found, _BOUNDS, _bound)


def _number(kind: str, kept: Kept, terms: Sequence[Term]) -> Term | None:
    match kind:
        case "ONE":
            return Term("N", 0, 0, _span(kept["n"].value), terms[0].note)
        case "FRACTION":
            return _fraction(kept)
        case "SPELT":
            value = _composed([kept[name].value for name in "abc" if name in kept])
            return None if value is None else Term("N", 0, 0, _span(value), "word")
        case "BLANK":
            return Term("N", 0, 0, None)
        case "ORDINAL" if "dash" in kept and kept["dash"].note:
            return None
    return Term(kind, 0, 0)


def _fraction(kept: Kept) -> Term:
    """Return a half or quarters as a number; 90/90 is the name of a pose, 7/10 a mark."""
    top, bottom = kept["top"].value, kept["bottom"].value
    whole = kept["whole"].value if "whole" in kept else 0
    return Term("N", 0, 0, _span(whole + top / bottom)) if 0 < top < bottom <= _FINEST else Term("PACE", 0, 0)


def _composed(parts: Sequence[float]) -> float | None:
    """Return the number that some number words make: twenty five, two hundred, soixante dix."""
    value = parts[0]
    for part in parts[1:]:
        if part == _HUNDRED and 1 <= value <= _UNITS:
            value *= part
        elif value >= _TWENTY and not value % 10 and part <= (19 if value in _TWENTIES else _UNITS):
            value += part
        else:
            return None
    return value


def _range(kind: str, kept: Kept, terms: Sequence[Term]) -> Term | None:
    lo, hi = kept["lo"], kept["hi"]
    wanted = "MANY" if kind == "MANYRANGE" else lo.kind
    low, high = _as_range(lo.value), _as_range(hi.value)
    if kind == "TWICE":
        return Term("N", 0, 0, low) if low == high else None
    if low is None or high is None:
        return Term(wanted, 0, 0, None) if low is high else None
    if low.lo != low.hi or low.lo == high.hi:
        return None
    if low.lo > high.hi:
        return _falling(wanted, low, high, terms)
    least = "at least" if terms[0].kind == "ATLEAST" else ""
    return Term(wanted, 0, 0, Range(low.lo, high.hi), least)


def _falling(kind: str, low: Range, high: Range, terms: Sequence[Term]) -> Term | None:
    """Return a range told from high to low, where nothing stands around its dash: "30-20"."""
    joined = high.lo == high.hi and all(each.kind in {"DASH", kind} for each in terms)
    glued = joined and all(each.note == "glued" for each in terms[1:])
    return Term(kind, 0, 0, Range(high.lo, low.hi), FALLING) if glued else None


def _time(kind: str, kept: Kept, terms: Sequence[Term]) -> Term | None:
    if kind in {"LENGTH", "VAGUETIME"}:
        return Term(kind, 0, 0)
    if kind == "COUNTED":
        return Term("T", 0, 0, scaled_range(kept["n"].value, 1000), "count")
    if kind == "CLOCK":
        return Term("T", 0, 0, _whole(kept["clock"].value), "clock")
    unit = kept.get("unit") or kept["span"]
    if (kind == "PLAIN" and _distant(terms, unit)) or (kind == "SUM" and kept["unit2"].value >= unit.value):
        return None
    note = "one" if kind == "BARE" and unit.kind != "SPAN" else "hour" if unit.kind == "HOUR" else ""
    note = FALLING if "n" in kept and kept["n"].note == FALLING else note
    return Term("T", 0, 0, _length(kind, kept, unit), note)


def _length(kind: str, kept: Kept, unit: Term) -> Range | None:
    count = kept["n"].value if "n" in kept and kept["n"].kind == "N" else _span(1)
    if count is None:
        return None
    ms = unit.value
    lo, hi = count.lo * ms // 1000, count.hi * ms // 1000
    match kind:
        case "SUM":
            more = scaled_range(kept["n2"].value, kept["unit2"].value) or Range(0, 0)
            lo, hi = lo + more.lo, hi + more.hi
        case "AND_HALF":
            lo, hi = lo + ms // 2, hi + ms // 2
        case "HALF":
            lo = hi = ms // 2
        case "SECOND_OR_MORE":
            lo, hi = ms, max(ms, hi)
        case "MIXED":
            hi = max(lo, kept["unit2"].value)
    return Range(lo, hi, count.open_end)


def _distant(terms: Sequence[Term], unit: Term) -> bool:
    """Tell whether more than a word stands between a number and the letter of a unit ("4 S")."""
    return len(terms) > 2 and unit.end - unit.start == 1  # noqa: PLR2004 - the number and its unit


def _bound(kind: str, kept: Kept, terms: Sequence[Term]) -> Term | None:
    if kind == "LIMIT":
        return Term(kind, 0, 0)
    bounded = kept["n"]
    span = _as_range(bounded.value)
    if span is not None and kind == "OPEN":
        span = Range(span.hi, span.hi, open_end=True)
    note = {"OPEN": "up to", "LEAST": "at least"}.get(kind, bounded.note)
    note = LIMIT if terms[0].kind == "NOT" else note
    return Term(bounded.kind, 0, 0, span, note)


def as_counts(value: float | Range | None) -> Range | None:
    """Return a count in thousandths as whole numbers, or None for a blank and for what is not whole."""
    span = _as_range(value)
    if span is None or span.lo % 1000 or span.hi % 1000:
        return None
    return Range(span.lo // 1000, span.hi // 1000, span.open_end)


def _as_range(value: float | Range | None) -> Range | None:
    return value if isinstance(value, Range) or value is None else _span(value)


def _span(value: float) -> Range:
    """Return a count in thousandths, so that one and a half stays what it is until its unit is known."""
    return _whole(1000 * value)


def _whole(value: float) -> Range:
    return Range(round(value), round(value))


def scaled_range(span: Range | None, unit: int) -> Range | None:
    """Return a count in thousandths as a range of so many units, or None for a blank."""
    return None if span is None else Range(span.lo * unit // 1000, span.hi * unit // 1000, span.open_end)
