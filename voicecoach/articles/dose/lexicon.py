"""Words become terms: the longest phrase of the language's tables wins, a whole word over a stem."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voicecoach.articles.dose.pattern import Term
from voicecoach.articles.dose.tokens import Token, tokens
from voicecoach.articles.language import Language
from voicecoach.units import HOUR_MS


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of a language by their first word, longest first; stems by themselves."""

    whole: dict[str, list[_Phrase]]
    stems: dict[str, list[_Phrase]]
    lengths: tuple[int, ...]

    def terms(self, read: Iterable[Token]) -> list[Term]:
        """Return the terms of some tokens: phrases of the tables, numbers, marks, and WORD for the rest."""
        row = list(read)
        found: list[Term] = []
        at = 0
        while at < len(row):
            phrase = self._longest(row, at)
            used = len(phrase.words) if phrase else 1
            first, last = row[at], row[at + used - 1]
            kind, value = (phrase.kind, phrase.value) if phrase else (first.kind, first.number)
            found.append(Term(kind, first.start, last.end, value, "glued" if first.glued else ""))
            at += used
        return found

    def _longest(self, row: Sequence[Token], at: int) -> _Phrase | None:
        word = row[at].word
        if not word:
            return None
        starts = [*self.whole.get(word, ())]
        starts += [each for length in self.lengths for each in self.stems.get(word[:length], ())]
        fitting = (each for each in starts if _fits(each.words, row, at))
        return max(fitting, key=lambda each: len(each.words), default=None)


@lru_cache(maxsize=16)
def lexicon(language: Language) -> Lexicon:
    """Return the phrases of a language, ready to be looked up."""
    whole: dict[str, list[_Phrase]] = {}
    stems: dict[str, list[_Phrase]] = {}
    for phrase in _phrases(language):
        first = phrase.words[0]
        table, key = (stems, first[:-1]) if first.endswith("*") else (whole, first)
        table.setdefault(key, []).append(phrase)
    lengths = sorted({len(key) for key in stems}, reverse=True)
    return Lexicon(whole, stems, tuple(lengths))


def phrase_words(phrase: str) -> tuple[str, ...]:
    """Return a phrase of a table as the words that a text would be cut into; `*` stays on its word."""
    cut = tuple(tokens(phrase.replace("*", "")))
    stemmed = [word.endswith("*") for word in phrase.split()]
    if len(stemmed) != len(cut):
        return tuple(token.word for token in cut)
    return tuple(token.word + "*" * stem for token, stem in zip(cut, stemmed, strict=True))


def _phrases(language: Language) -> Iterator[_Phrase]:
    for kind, words in language.terms.items():
        yield from (_Phrase(phrase_words(word), kind.upper()) for word in words)
    for word, ms in language.units.items():
        yield _Phrase(phrase_words(word), "HOUR" if ms >= HOUR_MS else "UNIT", ms)
    for word, ms in language.spans.items():
        yield _Phrase(phrase_words(word), "SPAN", ms)
    for word, count in language.times_words.items():
        yield _Phrase(phrase_words(word), "MANY", float(count))
    for word, value in language.numbers.items():
        yield _Phrase(phrase_words(word), "NUMWORD", float(value))
        yield from _times(word, value, language)
    yield from _compounds(language)


def _compounds(language: Language) -> Iterator[_Phrase]:
    """Yield numbers of one word like "fuenfundzwanzig", from the language's way of joining them."""
    joined = language.joined_number
    units = [(word, value) for word, value in language.numbers.items() if value in range(1, 10)]
    tens = [(word, value) for word, value in language.numbers.items() if value in range(20, 100, 10)]
    for unit, small in units if joined else ():
        for ten, large in tens:
            word = joined.format(unit=unit, ten=ten)
            yield _Phrase((word,), "NUMWORD", float(small + large))
            yield from _times(word, small + large, language)


def _times(number: str, value: float, language: Language) -> Iterator[_Phrase]:
    """Yield the words that say how many times by the end of a number's word: "zweimal", "petkrat"."""
    yield from (_Phrase((number + end,), "MANY", float(value)) for end in language.times_ends)


def _fits(words: Sequence[str], row: Sequence[Token], at: int) -> bool:
    if at + len(words) > len(row):
        return False
    return all(
        row[at + nth].word.startswith(word[:-1]) if word.endswith("*") else row[at + nth].word == word
        for nth, word in enumerate(words)
    )
