"""Doses: what a sentence, a line or a table cell of an article states, read by a small grammar."""

from collections.abc import Iterable

from voicecoach.articles.dose.stated import FIELDS, Stated
from voicecoach.articles.language import Language

__all__ = ["FIELDS", "Stated", "read_doses", "settle"]


def read_doses(text: str, language: Language, *, label: str = "") -> tuple[Stated, ...]:
    """Return what `text` states, in reading order; `label` is the label or column head it stood under."""
    del text, language, label
    return ()


def settle(statements: Iterable[Stated]) -> dict[str, Stated]:
    """Return the one statement of each field that holds for an exercise."""
    settled: dict[str, Stated] = {}
    for each in statements:
        settled.setdefault(each.field, each)
    return settled
