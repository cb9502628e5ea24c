"""Blanks that a page leaves for the reader to fill in: "hold ___ seconds"."""

from collections.abc import Callable
from dataclasses import replace

from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.units import Range

Fill = Callable[[str, str], Range | None]
"""Gives what stands in the blank of an exercise, by its name and the field; None leaves it blank."""


def filled_in(article: Article, fill: Fill) -> Article:
    """Return the article with its blanks filled in where `fill` has something for them."""
    return replace(article, readings=tuple(_filled(reading, fill) for reading in article.readings))


def _filled(reading: Reading, fill: Fill) -> Reading:
    line = reading.evidence["name"].line
    for field in reading.blanks:
        value = fill(reading.exercise.name, field)
        if value is None:
            continue
        dose = replace(reading.exercise.dose, **{field: value})
        reading = replace(
            reading,
            exercise=replace(reading.exercise, dose=dose),
            evidence={**reading.evidence, field: Evidence(line, "filled in by hand")},
            blanks=tuple(each for each in reading.blanks if each != field),
        )
    return reading
