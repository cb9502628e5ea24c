"""Titles: what of a line is an exercise's name, and whether an unmarked line is a title at all."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
from dataclasses import dataclass

from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.wordlists import fold

LONGEST_TITLE = 110
_MOST_WORDS = 10
_NUMBER = re.compile(r"\(?#?(\d{1,2}[a-z]?)(?:[.):]|\s*[-–—])\s+(?=[^\W_])|#(\d{1,2})\s+")
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_TAIL = re.compile(r"\s*(?:\(([^()]{2,60})\)|\s(?:[-–—→⇒|]|[-=]>)\s*([^()–—→⇒|]{2,60})|[,:]\s*([^(),]{2,50}))\s*$")
_DOSED = {"hold", "reps", "sets", "duration", "breaths"}
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_NO_ENDS = (".", ",", ";", "…", "->")
_NO_TITLE = ("http", "@", "©", "|", "_", "...")
_UNLIKELY = 0.6
"""From this doubt on, a number in a title is part of its name: "Hundred breaths"."""
_SMALL = 3
_FEW = 6


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its number; `tail` is the dose that stands in it, at `tail_at` of the line."""

    name: str
    number: str = ""
    tail: str = ""
    tail_at: int = 0


def read_title(text: str, lexicon: Lexicon, language: Language) -> Title:
    """Take a title apart into its number, the name, and a dose in brackets or behind a dash."""
    number, at = _numbered(text, lexicon)
    name, tail, tail_at = text[at:].rstrip(" :"), "", 0
    ends = _TAIL.search(name) if any(each.isdigit() for each in name) or "(" in name else None
    if ends:
        group = next(n for n in (1, 2, 3) if ends[n])
        if any(each.field in _DOSED for each in stated_in(ends[group], language.tag)):
            tail, tail_at = ends[group], at + ends.start(group)
            name = name[: ends.start()].rstrip(" |→⇒")
    glued = _GLUED.split(name)
    if len(glued) > 1 and all(len(part.split()) > 1 for part in glued):
        name = glued[-1]
    return Title(name.strip(' :;,.-–—→⇒|=>"“”*') or text.strip(), number, tail, tail_at)


def _numbered(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """Return what numbers a title ("3", "Exercise 3") and where its name begins."""
    count = _NUMBER.match(text)
    at, number = (count.end(), count[1] or count[2]) if count else (0, "")
    ordinal = lexicon.ordinal.match(fold(text), at)
    if ordinal and ordinal.end() < len(text.rstrip(" .:")):
        return ordinal[1] or number, ordinal.end()
    return number, at


def is_title(
    text: str, lexicon: Lexicon, language: Language, *, words: int = _MOST_WORDS, marked: bool = False
) -> bool:
    """Return whether a line reads as a title: short, no sentence, neither instruction nor dose.

    A line `marked` by bold letters or by points under it may begin as an instruction does ("Lift and hold").
    """
    line = text.strip()
    if line.endswith("?") and lexicon.opens_with("question", line):
        return len(line) <= LONGEST_TITLE
    title = read_title(line, lexicon, language)
    name, bare = title.name, line[: title.tail_at or None].rstrip(" |")
    if not _shaped(line, words) or any(each in bare for each in _NO_TITLE):
        return False
    if line[0].isdigit() and not (marked or _numbered(line, lexicon)[0]):
        return False
    if lexicon.opens_with("caution", name) or not _may_name(name, lexicon, marked=marked):
        return False
    return not any(each.field in _DOSED and each.doubt < _UNLIKELY for each in stated_in(name, language.tag))


def _shaped(line: str, words: int) -> bool:
    """Return whether a line looks like a title: few words, a capital first, and no sentence."""
    count = len(_WORD.findall(line))
    if not 0 < count <= words or len(line) > LONGEST_TITLE or line.endswith(_NO_ENDS):
        return False
    figures = sum(each.isdigit() for each in line)
    opens = line[0].isupper() or line[0].isdigit() or line[0] in '"“¿¡«'
    return opens and figures <= len(line) // 3


def _may_name(name: str, lexicon: Lexicon, *, marked: bool) -> bool:
    """Return whether words that may begin like an instruction are a name all the same."""
    if not lexicon.instructs(name) or _in_capitals(name):
        return True
    if lexicon.addresses(name) or (lexicon.free_order and lexicon.begins_lead(name)):
        return False
    return lexicon.free_order or lexicon.names_alone(name) or (marked and len(name.split()) <= _FEW)


def in_upper_case(text: str) -> bool:
    """Return whether a line is set in capitals, but for a letter or two."""
    letters = [each for each in text if each.isalpha()]
    return len(letters) > 1 and sum(each.isupper() for each in letters) * 10 >= len(letters) * 8


def _in_capitals(text: str) -> bool:
    """Return whether most of the longer words begin with a capital, two at least."""
    long = [word for word in _WORD.findall(text) if len(word) > _SMALL]
    return len(long) > 1 and sum(word[0].isupper() for word in long) * 5 >= len(long) * 3
