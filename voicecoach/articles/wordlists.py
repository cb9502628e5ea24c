"""The words of the tables `finding/*.toml`, made into searches of folded text."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any


def _alike() -> dict[int, str]:
    """Return the fold of accented and capital Latin letters: one for one, so that offsets hold."""
    table = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x180)):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = plain if len(plain) == 1 else chr(code)
    return table | {ord("’"): "'", ord("´"): "'", ord("‘"): "'", ord("–"): "-", ord("—"): "-", ord("‑"): "-"}


_FOLD = _alike()
_NOTHING = "(?!)"


def fold(text: str) -> str:
    """Return `text` without capitals and accents, of the same length."""
    return text.translate(_FOLD)


def quoted(words: str) -> list[str]:
    """Split at spaces, except inside quotation marks."""
    return [one or two for one, two in re.findall(r'"([^"]+)"|(\S+)', words)]


def pattern(phrase: str) -> str:
    """Return a regular expression of a phrase, of which `*` ends a stem."""
    return re.escape(fold(phrase)).replace(r"\*", r"[^\W_]*+").replace(r"\ ", r"\s+")


def phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a search for whole phrases, the longest first."""
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(pattern, longest)) + r")(?![^\W_])")


def purposes(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return a search for a purpose: verbs behind "to", nouns behind "for", or verbs that open a title."""
    to, verbs, of, nouns, opening = (
        "|".join(map(pattern, table[each])) or _NOTHING for each in ("to", "verbs", "for", "nouns", "opening")
    )
    behind = rf"(?:{to})\s+(?:{verbs})|(?:{of})\s+(?:[^\W_]+[\s-]+){{0,3}}(?:{nouns})"
    return re.compile(rf"(?:^|(?<=[\s(])|^\()(?:{behind})(?![^\W_])|^\(?(?:{opening})(?![^\W_])")


def turns(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return what a clause that turns looks like: joining words, a verb, some words, what is changed."""
    joins, verbs, nouns = ("|".join(map(pattern, table[each])) for each in ("joins", "verbs", "nouns"))
    words = r"(?:[^\W_]+\s+){0,6}?"
    return re.compile(rf"(?:(?:{joins})\s+){{0,3}}(?:{verbs})\s+{words}(?:{nouns})[\s.!]*")


def other_sides(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return what names the other side, and no verb: "then your right"."""
    joins, sides = ("|".join(map(pattern, table[each])) for each in ("joins", "sides"))
    return re.compile(rf"(?:(?:{joins})\s+){{1,3}}(?:{sides})[\s.!]*")


def from_there(tables: dict[str, Any]) -> re.Pattern[str]:
    """Return what opens with where the body is, and then moves it: "from all fours reach out"."""
    origin = "|".join(map(pattern, tables.get("origin", ()))) or _NOTHING
    moves = "|".join(each for each in map(pattern, tables["movements"].split()) if not each.endswith("ing"))
    # A verb behind an article is a noun: "from the start of the day".
    article = r"(?:an?|the|this|that|your)\s+"
    words = rf"(?:{article}[^\W_]+|(?!of\s|{article})[^\W_]+(?:['-][^\W_]+)*)\s+"
    return re.compile(rf"(?:{origin})\s+(?:{words}){{1,5}}?(?:{moves})(?![^\W_])")


def word_test(words: Iterable[str]) -> Callable[[str], bool]:
    """Return whether a word is one of `words`, of which `*` ends a stem."""
    whole = frozenset(word for word in words if not word.endswith("*"))
    stems = tuple(word[:-1] for word in words if word.endswith("*"))
    return lambda word: word in whole or (bool(stems) and word.startswith(stems))


def start_phrases(roles: dict[str, str]) -> Callable[[str], tuple[str, int] | None]:
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
