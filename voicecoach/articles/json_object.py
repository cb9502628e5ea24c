"""An article as the object that `import --json` prints."""

from typing import Any

from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.errors import plain
from voicecoach.units import Range


def as_object(article: Article) -> dict[str, Any]:
    """Return the page as plain values: times in seconds, ranges as [low, high], what is unstated as None.

    `steps` begin with the position. `evidence` gives for each field the line, the words and the doubt.
    """
    return {
        "title": article.title,
        "source": plain(article.source),
        "language": article.language,
        "language_sure": round(article.language_sure, 2),
        "confidence": article.confidence,
        "exercises": [_exercise(each) for each in article.readings],
        "left_out": [{"line": each.line, "text": plain(each.what), "why": each.why} for each in article.left_out],
    }


def _exercise(reading: Reading) -> dict[str, Any]:
    exercise, dose = reading.exercise, reading.exercise.dose
    told = (exercise.position, *exercise.steps) if exercise.position else exercise.steps
    return {
        "name": exercise.name,
        "title_made": reading.title_made,
        "posture": exercise.posture.value if exercise.posture else None,
        "position": exercise.position,
        "steps": list(told),
        "sets": _counts(dose.sets),
        "reps": _counts(dose.reps),
        "hold_s": _seconds(dose.hold),
        "hold_open": bool(dose.hold and dose.hold.open_end),
        "rest_s": _seconds(dose.rest),
        "duration_s": _seconds(dose.duration),
        "breaths": _counts(dose.breaths),
        "cycles": _counts(dose.cycles),
        "sides": exercise.sides.value,
        "frequency": exercise.frequency,
        "breath": list(reading.breath),
        "cautions": list(exercise.cautions),
        "mistakes": list(exercise.mistakes),
        "tips": list(exercise.tips),
        "equipment": list(exercise.equipment),
        "notes": list(exercise.notes),
        "blanks": list(reading.blanks),
        "evidence": {field: _evidence(each) for field, each in reading.evidence.items()},
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    cited: dict[str, Any] = {"line": evidence.line, "text": plain(evidence.text), "doubt": round(evidence.doubt, 2)}
    return cited | ({"note": evidence.note} if evidence.note else {})


def _counts(span: Range | None) -> list[int] | None:
    return [span.lo, span.hi] if span else None


def _seconds(span: Range | None) -> list[float] | None:
    return [span.lo / 1000, span.hi / 1000] if span else None
