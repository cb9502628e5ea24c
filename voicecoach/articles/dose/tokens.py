"""Text cut into words, numbers, blanks and marks, each with its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.articles.language import fold


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: its kind (WORD, NUM, BLANK or a mark's), its place, and what it says.

    `word` is folded as the tables are; `number` is the value of a NUM; `glued` tells that no white space
    stands before it.
    """

    kind: str
    start: int
    end: int
    word: str = ""
    number: float = 0.0
    glued: bool = False


_TOKEN = re.compile(
    r"""(?P<BLANK>_[_\s]*_|\.{4,}|…{2,}|(?:\.[ ]){3,}\.)
      | (?P<CLOCK>\b\d{1,2}:[0-5]\d\b(?!:)|(?<=[xX\u00d7]\s):[0-5]\d\b|(?<=[xX\u00d7]):[0-5]\d\b)
      | (?P<NUM>\d+(?:[.,]\d{1,2}(?!\d))?[¼½¾]?|[¼½¾])
      | (?P<WORD>(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d])+)
      | (?P<ARROW>->|=>|[→⇒])
      | (?P<MARK>\S)""",
    re.VERBOSE,
)
_MARKS = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", "DASH"),
    **dict.fromkeys("\u00d7\u2715\u2716*", "X"),
    **dict.fromkeys(";•·|▪‣", "SEMI"),
    **dict.fromkeys(".!?…", "STOP"),
    **dict.fromkeys("([", "OPEN"),
    **dict.fromkeys(")]", "CLOSE"),
    **dict.fromkeys("~≈", "ABOUT"),
    **dict.fromkeys("£$€", "MONEY"),
    **dict.fromkeys('"”″', "QUOTE"),
    "/": "SLASH",
    ",": "COMMA",
    ":": "COLON",
    "=": "EQUALS",
    "%": "PERCENT",
    "°": "LENGTH",
    "+": "PLUS",
    "&": "AND",
    "#": "HASH",
}
_SILENT = frozenset("'`\u2019\u2018\u02bc\u00b4")
_LONGEST = 6
"""Digits of a number: what is longer is a telephone number or an order code."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order, in time that grows with its length alone.

    Apostrophes cut words and are left out ("l'autre" is two words), as is a dash between two words.
    """
    end, last = -1, ""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "MARK"
        glued, end = match.start() == end, match.end()
        if kind == "MARK":
            if match[0] in _SILENT:
                continue
            kind = _MARKS.get(match[0], "MARK")
            if kind == "DASH" and _joins_words(text, match.start()):
                continue
        elif kind == "ARROW":
            kind = "SEMI"
        token = _token(kind, match, glued=glued, after=last)
        last = token.word or token.kind
        yield token


def _token(kind: str, match: re.Match[str], *, glued: bool, after: str) -> Token:
    start, end, said = match.start(), match.end(), match[0]
    if kind == "WORD":
        word = fold(said)
        return Token("X" if word == "x" else kind, start, end, word, glued=glued)
    if kind == "CLOCK":
        minutes, seconds = said.split(":")
        return Token(kind, start, end, number=60_000 * int(minutes or 0) + 1000 * int(seconds), glued=glued)
    if kind == "NUM":
        # The 5 of "L5" counts nothing, but the 3 of "x3" does.
        code = len(said) > _LONGEST or (glued and after.isalpha() and after.islower() and after != "x")
        return Token("CODE" if code else kind, start, end, number=0.0 if code else _number(said), glued=glued)
    return Token(kind, start, end, glued=glued)


def _number(said: str) -> float:
    fraction = unicodedata.numeric(said[-1]) if said[-1] in "¼½¾" else 0.0
    digits = said.rstrip("¼½¾").replace(",", ".")
    return (float(digits) if digits else 0.0) + fraction


def _joins_words(text: str, at: int) -> bool:
    """Tell whether the dash at `at` joins a word to what stands before it, as in "knee-to-chest"."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalnum() and after.isalpha()
