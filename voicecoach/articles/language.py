"""The languages that articles are read in: tables of words, one TOML file each beside this module.

A new language is a translation of `languages/en.toml`, table by table. Words are compared without case
and accents; a word that ends in `*` is a stem.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

TAGS = ("en", "cs", "de", "es", "fr")
"""The languages with a table, the fallback first."""

_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language's tables.

    `stop_words` tell the language. `numbers` give number words their value, `times_words` those that say how
    many times; `units` and `spans` ("a minute" in one word) are milliseconds. `times_ends` make a number
    say how many times ("pětkrát"); `joined_number` is how a unit and a ten make one word, "" where they do
    not. `terms` hold the words of each kind of the dose grammar; `labels` the heads of labelled lines and
    columns by the field of a dose that stands under them.
    """

    tag: str
    stop_words: frozenset[str]
    numbers: Mapping[str, float]
    units: Mapping[str, int]
    spans: Mapping[str, int]
    times_words: Mapping[str, int]
    times_ends: tuple[str, ...]
    joined_number: str
    terms: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]


def fold(word: str) -> str:
    """Return a word without case, accents and soft hyphens: what the tables are compared by."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in apart if unicodedata.category(each) not in {"Mn", "Cf"})


def parse_language(toml_text: str) -> Language:
    """Read a language's tables from the text of its TOML file."""
    tables = tomllib.loads(toml_text)
    return Language(
        tag=tables["language"],
        stop_words=frozenset(fold(word) for word in tables["stop_words"]),
        numbers={fold(word): value for word, value in tables["numbers"].items()},
        units=tables["units"],
        spans=tables.get("spans", {}),
        times_words=tables.get("times_words", {}),
        times_ends=tuple(fold(end) for end in tables.get("times_ends", ())),
        joined_number=tables.get("joined_number", ""),
        terms=_folded(tables["terms"]),
        labels=_folded(tables["labels"]),
    )


@cache
def load_language(tag: str) -> Language:
    """Return the tables of the language with this tag; raises KeyError for one without tables."""
    if tag not in TAGS:
        raise KeyError(tag)
    file = resources.files(__package__) / "languages" / f"{tag}.toml"
    return parse_language(file.read_text(encoding="utf-8"))


def languages() -> tuple[Language, ...]:
    """Return every language with tables, the fallback first."""
    return tuple(load_language(tag) for tag in TAGS)


def detect_language(text: str, known: Iterable[Language]) -> tuple[str, float]:
    """Return the tag of the language whose stop words stand in `text`, and how sure that is, 0 to 1.

    The share of one language's stop words among those of all; a text without any is the first of `known`
    with a confidence of 0. Only the first 20 000 words are counted.
    """
    counts = {each.tag: 0 for each in known}
    stop_words = [(each.tag, each.stop_words) for each in known]
    for number, word in enumerate(_WORD.finditer(text)):
        if number >= _COUNTED:
            break
        folded = fold(word[0])
        for tag, words in stop_words:
            counts[tag] += folded in words
    best = max(counts, key=lambda tag: counts[tag])
    return best, counts[best] / max(1, sum(counts.values()))


def _folded(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(fold(word) for word in words) for kind, words in table.items()}
