"""What a line of a page is, told by its words: the tables `finding/*.toml`, compiled once for a language."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from voicecoach.model import Posture


def _alike() -> dict[int, str]:
    """Return the fold of accented and capital Latin letters: one for one, so that offsets hold."""
    table = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x180)):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = plain if len(plain) == 1 else chr(code)
    return table | {ord("’"): "'", ord("´"): "'", ord("‘"): "'", ord("–"): "-", ord("—"): "-", ord("‑"): "-"}


_FOLD = _alike()
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE = re.compile(
    r"[,;:()\"“”„«»…-]+\s|\s-+\s|\band\b|\bthen\b|\bor\b|\bwhile you\b|\bas you\b|\bto\b(?= begin)"
)
_SHORT = 5
_NOTHING = "(?!)"
_LOOKED_AT = 1000
"""Characters of a sentence that are looked at: a longer one is no instruction."""


def fold(text: str) -> str:
    """Return `text` without capitals and accents, of the same length."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line: its `role`, where the rest begins, and whether a colon follows it."""

    role: str
    end: int
    colon: bool


class Lexicon:
    """The words of one language. All of its questions take a sentence or a line and are linear in it."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables = tables
        self.made: dict[str, str] = tables["made"]
        self.free_order = bool(tables["free_order"])
        self._movement = _word_test(tables["movements"].split())
        self._opener = frozenset(tables["openers"].split())
        self.bare = frozenset(fold(tables["bare"]).split())
        """Words beside the numbers of a dose, folded."""
        self._body = _phrases(tables["body"].split())
        self._exercise = _phrases(_quoted(tables["exercises"]))
        self._many = _phrases(tables["many"].split())
        self._postures = [(Posture(name), _phrases(each)) for name, each in tables["postures"].items()]
        self._address = _phrases(tables["address"].split())
        self._subject = frozenset(tables["subjects"].split())
        self._lying = _phrases(tables["lying"]["words"])
        self._leads = _phrases(tables["leads"]["words"])
        self._purpose = _purposes(tables["purpose"])
        self._turn = _turns(tables["turns"])
        self._from_there = _from_there(tables)
        self._marks = {name: _phrases(each) for name, each in tables["marks"].items()}
        self._roles = {phrase: role for role, each in reversed(tables["labels"].items()) for phrase in each}
        self._label = _start_phrases(self._roles)
        words = "|".join(map(_pattern, tables["marks"]["ordinal"]))
        self.ordinal = re.compile(
            rf"(?:{words})(?:\.?\s*(?:#|no\.?|nr\.?)?\s*(\d{{1,2}}[a-z]?)\s*[.:)-]*|\s*:)\s*"
        )
        """What numbers a title in words: "exercise 3:", or only "exercise:". Of a folded line."""
        steps = "|".join(map(_pattern, tables["marks"]["step"]))
        self.step = re.compile(rf"(?:{steps})\s*\d{{1,2}}\s*[.:)-]*\s*")
        """What numbers a step in words: "step 3:". Of a folded line."""

    def marked(self, mark: str, text: str) -> bool:
        """Return whether one of the phrases of that mark stands in `text`."""
        return bool(self._marks[mark].search(fold(text[:_LOOKED_AT])))

    def opens_with(self, mark: str, text: str) -> bool:
        """Return whether `text` begins with one of the phrases of that mark."""
        return bool(self._marks[mark].match(fold(text[:_LOOKED_AT]).lstrip("-•\"'“«( ")))

    def posture(self, text: str) -> Posture | None:
        """Return the posture that is named first in `text`."""
        folded = fold(text[:_LOOKED_AT])
        found = [(match.start(), n, posture) for n, (posture, pattern) in enumerate(self._postures)
                 if (match := pattern.search(folded))]  # fmt: skip
        if found:
            return min(found)[2]
        return Posture.BACK if self._lying.search(folded) else None

    def leads(self, text: str) -> bool:
        """Return whether a sentence leads into a position near its start."""
        return bool(self._leads.search(fold(text[:70])))

    def begins_lead(self, text: str) -> bool:
        """Return whether the very first words lead into a position."""
        return bool(self._leads.match(fold(text[:70])))

    def names_body(self, text: str) -> bool:
        """Return whether a part of the body is named."""
        return bool(self._body.search(fold(text[:_LOOKED_AT])))

    def names_exercise(self, text: str) -> bool:
        """Return whether `text` holds a word that exercises are called by."""
        return bool(self._exercise.search(fold(text[:_LOOKED_AT])))

    def names_alone(self, text: str) -> bool:
        """Return whether `text` is short and holds, behind its first word, an exercise's name."""
        words = text.split()
        if len(words) == 1:
            return self.names_exercise(text) and self.label(text) is None
        return 1 < len(words) <= _SHORT and self.names_exercise(" ".join(words[1:]))

    def purpose(self, title: str) -> int | None:
        """Return where a title begins to tell what the exercise is good for, or None where it does not."""
        found = self._purpose.search(fold(title))
        return found.start() if found else None

    def turns(self, clause: str) -> bool:
        """Return whether a clause turns to the other side of the body, and does nothing else."""
        return bool(self._turn.fullmatch(fold(clause[:_LOOKED_AT])))

    def addresses(self, text: str) -> bool:
        """Return whether `text` speaks to somebody: "your knees"."""
        return bool(self._address.search(fold(text[:_LOOKED_AT])))

    def names_many(self, text: str) -> bool:
        """Return whether `text` speaks of several exercises."""
        return bool(self._many.search(fold(text[:_LOOKED_AT])))

    def instructs(self, sentence: str) -> bool:
        """Return whether a sentence tells to do a movement."""
        if len(sentence) > _LOOKED_AT:
            return False
        folded = fold(sentence)
        if self.free_order:
            return any(self._movement(word[0]) for word in _WORD.finditer(folded))
        first = _WORD.search(folded)
        if first and first[0] in self._subject:
            return False
        return bool(self._from_there.match(folded)) or any(
            self._opens(clause) for clause in _CLAUSE.split(folded)
        )

    def _opens(self, clause: str) -> bool:
        for word in _WORD.finditer(clause):
            if self._movement(word[0]):
                return True
            if word[0] not in self._opener and not word[0].endswith("ly"):
                return False
        return False

    def label(self, line: str) -> Label | None:
        """Return the label that opens `line`: a phrase of the tables, with or without a colon."""
        found = self._label(fold(line[:120]))
        if not found:
            return None
        phrase, end = found
        rest = line[end:120]
        colon = re.match(r"\s*(?:\([^)]{0,30}\)\s*)?[:：]\s*", rest)
        if colon:
            return Label(self._roles[phrase], end + colon.end(), colon=True)
        dash = re.match(r"\s+[-–—]\s+", rest)
        if dash and self._roles[phrase] != "noise":
            return Label(self._roles[phrase], end + dash.end(), colon=True)
        return Label(self._roles[phrase], end, colon=False)


@cache
def load_lexicon(tag: str) -> Lexicon:
    """Return the lexicon of the language with this tag; raises FileNotFoundError for one without."""
    file = resources.files(__package__) / "finding" / f"{tag}.toml"
    return Lexicon(tomllib.loads(file.read_text(encoding="utf-8")))


def _quoted(words: str) -> list[str]:
    """Split at spaces, except inside quotation marks."""
    return [one or two for one, two in re.findall(r'"([^"]+)"|(\S+)', words)]


def _pattern(phrase: str) -> str:
    return re.escape(fold(phrase)).replace(r"\*", r"[^\W_]*+").replace(r"\ ", r"\s+")


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(_pattern, longest)) + r")(?![^\W_])")


def _purposes(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return a search for a purpose: verbs behind "to", nouns behind "for", or verbs that open a title."""
    to, verbs, of, nouns, opening = (
        "|".join(map(_pattern, table[each])) or _NOTHING
        for each in ("to", "verbs", "for", "nouns", "opening")
    )
    behind = rf"(?:{to})\s+(?:{verbs})|(?:{of})\s+(?:[^\W_]+[\s-]+){{0,3}}(?:{nouns})"
    return re.compile(rf"(?:^|(?<=[\s(])|^\()(?:{behind})(?![^\W_])|^\(?(?:{opening})(?![^\W_])")


def _turns(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return what a clause that turns looks like: joining words, a verb, some words, what is changed."""
    joins, verbs, nouns = ("|".join(map(_pattern, table[each])) for each in ("joins", "verbs", "nouns"))
    words = r"(?:[^\W_]+\s+){0,6}?"
    return re.compile(rf"(?:(?:{joins})\s+){{0,3}}(?:{verbs})\s+{words}(?:{nouns})[\s.!]*")


def _from_there(tables: dict[str, Any]) -> re.Pattern[str]:
    """Return what opens with where the body is, and then moves it: "from all fours reach out"."""
    origin = "|".join(map(_pattern, tables.get("origin", ()))) or _NOTHING
    moves = "|".join(each for each in map(_pattern, tables["movements"].split()) if not each.endswith("ing"))
    # A verb behind an article is a noun: "from the start of the day".
    article = r"(?:an?|the|this|that|your)\s+"
    words = rf"(?:{article}[^\W_]+|(?!of\s|{article})[^\W_]+(?:['-][^\W_]+)*)\s+"
    return re.compile(rf"(?:{origin})\s+(?:{words}){{1,5}}?(?:{moves})(?![^\W_])")


def _word_test(words: Iterable[str]) -> Callable[[str], bool]:
    whole = frozenset(word for word in words if not word.endswith("*"))
    stems = tuple(word[:-1] for word in words if word.endswith("*"))
    return lambda word: word in whole or (bool(stems) and word.startswith(stems))


def _start_phrases(roles: dict[str, str]) -> Callable[[str], tuple[str, int] | None]:
    """Return a search for the longest phrase that a folded line begins with, at the end of a word."""
    most = max(len(phrase.split()) for phrase in roles)

    def search(line: str) -> tuple[str, int] | None:
        lead = len(line) - len(line.lstrip("-•*\"'“«(¿¡ "))
        ends = [lead + word.end() for word in re.finditer(r"\S+", line[lead:])][:most]
        for end in reversed(ends):
            words = line[lead:end]
            bare = words.rstrip(" :.?!)-")
            for phrase in (words, bare):
                if phrase in roles:
                    return phrase, lead + len(phrase)
        return None

    return search
