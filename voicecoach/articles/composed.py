"""An article as a program file, with the words of the page as comments beside the values they gave."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.articles.report import DOUBTFUL
from voicecoach.errors import plain
from voicecoach.model import Exercise, Program
from voicecoach.program.checks import contradictions
from voicecoach.program.compose import compose_program
from voicecoach.program.fields import DOSE

_FIELDS = ("sets", "reps", "hold", "rest", "duration", "breaths", "cycles", "sides", "frequency")
_BEGINS = "  - name:"
_INDENT = "    "
_CITED = 120
_BRACKETS = str.maketrans("{}", "()")

_Record = TypeVar("_Record", Program, Exercise)


def compose_article(article: Article) -> str:
    """Return the YAML of an article's program; `check` passes it, and comments are all that is added.

    A comment gives the source line and the words behind a dose, "doubtful" and why where it is, the fields
    that the page leaves blank, and the doses that another one contradicts.
    Raises ValueError for an article without exercises.
    """
    if article.program is None:
        raise ValueError("an article without exercises is no program")
    lines, readings = [], iter(article.readings)
    reading: Reading | None = None
    for line in compose_program(as_file(article.program)).splitlines():
        if line.startswith(_BEGINS):
            reading = next(readings)
            lines += [line + _comment(reading.evidence["name"])]
            lines += [f"{_INDENT}# {each}" for each in _set_aside(reading)]
            lines += [f"{_INDENT}# {field}: left blank by the page, please fill in" for field in reading.blanks]
            continue
        field = line.strip().partition(":")[0] if line.startswith(_INDENT) and line[4:5] != " " else ""
        evidence = reading.evidence.get(field) if reading and field in _FIELDS else None
        lines.append(line + _comment(evidence) if evidence else line)
    return f"# Read from {plain(article.source)}\n" + "\n".join(lines) + "\n"


def as_file(program: Program) -> Program:
    """Return a program as its file holds it: without doses that others contradict, braces as brackets."""
    exercises = tuple(_as_file(each) for each in program.exercises)
    return replace(_bracketed(program), exercises=exercises)


def _as_file(exercise: Exercise) -> Exercise:
    unsaid: dict[str, Any] = {str(fault.path[0]): None for fault in contradictions(exercise)}
    return replace(_bracketed(exercise), dose=replace(exercise.dose, **unsaid))


def _set_aside(reading: Reading) -> Iterator[str]:
    """Yield a comment for each dose that is stated and cannot stand beside the others."""
    for fault in contradictions(reading.exercise):
        field = str(fault.path[0])
        value = DOSE[field].compose(getattr(reading.exercise.dose, field))
        cited = _comment(reading.evidence[field]) if field in reading.evidence else ""
        yield f"{field}: {value}, left out: {fault.what}{cited}"


def _bracketed(record: _Record) -> _Record:
    """Return a record whose texts have no braces, in which a program would fill in words."""
    texts: dict[str, Any] = {each.name: _without_braces(getattr(record, each.name)) for each in fields(record)}
    return replace(record, **texts)


def _without_braces(value: object) -> object:
    if type(value) is str:
        return value.translate(_BRACKETS)
    return tuple(map(_without_braces, value)) if isinstance(value, tuple) else value


def _comment(evidence: Evidence) -> str:
    words = plain(evidence.text)
    cited = words if len(words) <= _CITED else words[: _CITED - 3] + "..."
    doubt = f"doubtful: {plain(evidence.note) or 'read from prose'}; " if evidence.doubt >= DOUBTFUL else ""
    return f"  # {doubt}line {evidence.line}: {cited}" if cited else f"  # {doubt}line {evidence.line}"
