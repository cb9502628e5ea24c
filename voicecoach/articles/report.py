"""What `import` tells of a reading: what was found, what is doubtful, what was left out, what is blank."""

from collections.abc import Iterator

from voicecoach.articles.evidence import Article, Reading
from voicecoach.articles.find import LeftOut
from voicecoach.errors import plain
from voicecoach.units import Range, compose_count_range, compose_time_range

DOUBTFUL = 0.3
"""From this doubt on, a value is named as doubtful."""
_TIMES = ("hold", "rest", "duration")
_MOST_LEFT_OUT = 40
_CITED = 90


def report(article: Article) -> tuple[str, ...]:
    """Return the lines of a short report on a page."""
    return tuple(_printable(line) for line in _lines(article))


def _printable(line: str) -> str:
    """Return a line that steers no terminal, whatever stands on the page."""
    return " " * (len(line) - len(line.lstrip(" "))) + plain(line)


def _lines(article: Article) -> Iterator[str]:
    found = len(article.readings)
    told = "1 exercise" if found == 1 else f"{found} exercises"
    yield f'{told} found in "{article.title}", language {article.language} ({article.language_sure:.0%} sure)'
    for reading in article.readings:
        place = reading.evidence["name"].line
        yield f"  line {place}: {reading.exercise.name}: {doses(reading) or 'no dose stated'}"
    yield from _section("Doubtful, please check", list(_doubtful(article)))
    blanks = [f"{name}: {field}" for name, field in article.blanks]
    yield from _section("Left blank by the page; --hold, --reps and the like fill them in", blanks)
    yield from _section("Left out", list(_left_out(article.left_out)))


def _section(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{head}:"
        yield from (f"  {line}" for line in lines)


def doses(reading: Reading) -> str:
    """Return the stated doses of an exercise in one line, or ""."""
    dose, exercise = reading.exercise.dose, reading.exercise
    spans = {name: getattr(dose, name) for name in ("sets", "reps", "hold", "duration", "breaths", "cycles", "rest")}
    stated = [f"{name} {_composed(name, span)}" for name, span in spans.items() if span is not None]
    if exercise.sides.value != "none":
        stated.append(f"sides {exercise.sides.value}")
    return ", ".join(stated)


def _composed(name: str, span: Range) -> str:
    return compose_time_range(span) if name in _TIMES else compose_count_range(span)


def _doubtful(article: Article) -> Iterator[str]:
    for reading in article.readings:
        for field, each in reading.evidence.items():
            if each.doubt >= DOUBTFUL:
                why = f" ({each.note})" if each.note else ""
                words = f": {_cited(each.text)}" if each.text else ""
                yield f"line {each.line}: {field} of {reading.exercise.name}{why}{words}"


def _left_out(left_out: tuple[LeftOut, ...]) -> Iterator[str]:
    for each in left_out[:_MOST_LEFT_OUT]:
        yield f"line {each.line}: {_cited(each.what)} ({each.why})"
    if len(left_out) > _MOST_LEFT_OUT:
        yield f"and {len(left_out) - _MOST_LEFT_OUT} more"


def _cited(text: str) -> str:
    return f'"{text}"' if len(text) <= _CITED else f'"{text[: _CITED - 3]}..."'
