"""Several values under one head: "Sets/Reps/Hold: 3/10/5s" states three."""

import re
from collections.abc import Iterator

from voicecoach.articles.dose.labels import exact_label
from voicecoach.articles.language import Language

_HEAD = re.compile(r"([^\W\d_][^:/\d]{0,20}(?:/[^:/\d]{1,20}){1,3}):\s*")
_LONGEST = 80


def columns(text: str, language: Language, label: str = "") -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the words and the label of each value where as many labels as values are joined.

    The labels stand in front of the values or in `label`. Nothing is yielded for any other text.
    """
    head = None if label.count("/") else _HEAD.match(text[:_LONGEST])
    names = (head[1] if head else label).split("/")
    values = text[head.end() :].split("/") if head else text.split("/")
    if len(names) < 2 or len(names) != len(values):  # noqa: PLR2004 - one label is no columns
        return
    if not all(exact_label(name, language) for name in names):
        return
    at = head.end() if head else 0
    for name, value in zip(names, values, strict=True):
        yield at, value, name
        at += len(value) + 1
