"""The one statement of each field that holds, out of all that an exercise's text states."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voicecoach.articles.dose.stated import Stated
from voicecoach.model import Sides
from voicecoach.units import Range

_DISPUTED = 0.4
_FEW = 5


def settle(statements: Iterable[Stated]) -> dict[str, Stated]:
    """Return the one statement of each field that holds for an exercise, by these rules.

    Statements come in reading order. A value wins over a blank, a count of one side over a total, a label
    over prose, the surer over the less sure, and the first over a later one. Where another statement, as
    sure as the one taken, says something else, the doubt grows. A total for each side that is a multiple
    of the repetitions gives the sets.
    """
    by_field: dict[str, list[Stated]] = {}
    for each in statements:
        by_field.setdefault(each.field, []).append(each)
    settled = {field: _best(found) for field, found in by_field.items()}
    return settled | _sets(by_field, settled)


def _best(found: Sequence[Stated]) -> Stated:
    best = min(found, key=_rank)
    rivals = [each for each in found if each.value not in {best.value, None} and not each.total]
    if any(each.doubt <= best.doubt + 0.05 and each.label == best.label for each in rivals):
        return replace(best, doubt=max(best.doubt, _DISPUTED), note=best.note or "the text states another as well")
    return best


def _rank(stated: Stated) -> tuple[bool, bool, bool, float]:
    alternating = stated.field == "sides" and stated.value is Sides.NONE
    return (stated.value is None, stated.total, not stated.label and not alternating, round(stated.doubt, 1))


def _sets(by_field: dict[str, list[Stated]], settled: dict[str, Stated]) -> dict[str, Stated]:
    """Return sets that follow from repetitions: a multiple of them in all, or repetitions so many times."""
    reps = settled.get("reps")
    if "sets" in settled or reps is None or not isinstance(reps.value, Range):
        return {}
    for each in by_field["reps"]:
        span = each.value
        if not isinstance(span, Range) or span.lo != span.hi or each is reps:
            continue
        whole, left = divmod(span.lo, reps.value.hi)
        if each.total and each.note.endswith("side") and not left and 1 < whole <= _FEW:
            return {"sets": replace(each, field="sets", value=Range(whole, whole), doubt=0.3, total=False)}
        if each.note == "times" and not reps.note and not reps.label and span.hi <= _FEW < reps.value.lo:
            return {"sets": replace(each, field="sets", doubt=0.35, note="repetitions, so many times")}
    return {}
