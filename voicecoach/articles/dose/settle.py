"""The one statement of each field that holds, out of all that an exercise's text states."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voicecoach.articles.dose.stated import SO_MANY_MORE, Stated
from voicecoach.model import Sides
from voicecoach.units import Range

_DISPUTED = 0.4
_FAINT = 0.35
"""The doubt of side words that stand far from the dose: less than a total of both sides tells."""
_FEW = 5
_OVER = frozenset({"times", SO_MANY_MORE})


def settle(statements: Iterable[Stated]) -> dict[str, Stated]:
    """Return the one statement of each field that holds for an exercise, by these rules.

    Statements come in reading order. A value wins over a blank, a count of one side over a total, a label
    over prose, the surer over the less sure, and the first over a later one. Where another statement, as
    sure as the one taken, says something else, the doubt grows. A total for each side that is a multiple
    of the repetitions gives the sets; any other total of an exercise on each side is halved.
    """
    by_field: dict[str, list[Stated]] = {}
    for each in statements:
        by_field.setdefault(each.field, []).append(each)
    counted = by_field.get("reps", [])
    spent = _spent_on_sets(counted) if counted and "sets" not in by_field else None
    if spent:
        counted.remove(spent)
        by_field["sets"] = [_as_sets(spent, min(counted, key=_rank))]
    chosen = {field: _best(found) for field, found in by_field.items()}
    if "reps" in chosen and "sides" in chosen and chosen["sides"].value is Sides.EACH:
        if chosen["reps"].note == "in total" and chosen["sides"].doubt >= _FAINT:
            del chosen["sides"]
        else:
            chosen["reps"] = _of_one_side(chosen["reps"])
    return chosen


def _of_one_side(reps: Stated) -> Stated:
    """Return half of the repetitions where they are stated in total, and come out even."""
    span = reps.value
    if reps.note != "in total" or not isinstance(span, Range) or span.lo % 2 or span.hi % 2:
        return reps
    halves = Range(span.lo // 2, span.hi // 2, span.open_end)
    return replace(reps, value=halves, doubt=max(reps.doubt, _DISPUTED), note="half of the total, for each side")


def _best(found: Sequence[Stated]) -> Stated:
    best = min(found, key=_rank)
    rivals = [each for each in found if each.value not in {best.value, None} and not each.total]
    if any(each.doubt <= best.doubt + 0.05 and each.label == best.label for each in rivals):
        return replace(best, doubt=max(best.doubt, _DISPUTED), note=best.note or "the text states another as well")
    return best


def _rank(stated: Stated) -> tuple[bool, bool, bool, float]:
    alternating = stated.field == "sides" and stated.value is Sides.NONE
    return (stated.value is None, stated.total, not stated.label and not alternating, round(stated.doubt, 1))


def _spent_on_sets(counted: Sequence[Stated]) -> Stated | None:
    """Return the count that tells the sets: a total that holds the repetitions, or so many times over."""
    reps = min(counted, key=_rank)
    if not isinstance(reps.value, Range):
        return None
    for each in counted:
        span = each.value
        if not isinstance(span, Range) or each is reps:
            continue
        over = each.note in _OVER and not reps.note and not reps.label and span.hi <= _FEW < reps.value.lo
        whole, left = divmod(span.hi, reps.value.hi)
        if over or (each.total and each.note.endswith("side") and not left and 1 < whole <= _FEW):
            return each
    return None


def _as_sets(spent: Stated, reps: Stated) -> Stated:
    if spent.total and isinstance(spent.value, Range) and isinstance(reps.value, Range):
        whole = spent.value.hi // reps.value.hi
        return replace(spent, field="sets", value=Range(whole, whole), doubt=0.3, total=False)
    return replace(spent, field="sets", doubt=0.35, note="repetitions, so many times")
