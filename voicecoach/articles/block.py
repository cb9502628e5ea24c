"""A page as a row of blocks: the one form that plain text, Markdown and HTML are all brought into."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

LONGEST_BLOCK = 20_000
"""Characters of one paragraph that are read; a talk written down without a break has as many."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ARROWS = dict.fromkeys(map(ord, "⟶➔➙➜➝➞➡⟹⇨⮕🡒"), "→")
_FOLDED = _INVISIBLE | _ARROWS
_GLUED = re.compile(r"([^\W\d_]{2}[.!?])(?=[A-ZÀ-ÖØ-ÞĀ-Ž][a-zà-öø-ÿ])")
_SENTENCE_END = re.compile(
    r"(?<![.!?…])(?<!\b[Ff]ig)(?<!\b[Aa]bb)(?<!\b[Oo]br)[.!?…]++[\"'”’»)\]]*+\s++|(?:->|→|•|⇒)\s*"
)
_OPENS_SENTENCE = re.compile(r"[x×]\s?\d|[\"'“‘«„(\[¿¡]*[\dA-ZÀ-ÖØ-ÞĀ-Ž–-]")
_ENDLESS_NUMBER = re.compile(r"&#[0-9]{8}[0-9]*+;?")
"""A character by a number that no character has. Python refuses to read more than 4,300 digits as one."""
_CHAIN = ("->", "→", "•", "⇒")


class Kind(Enum):
    """What a block is on its page."""

    HEADING = auto()
    TEXT = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph line, list item or table row, with its place.

    `level` is the rank of a heading (1 the highest) or the depth of an item; `number` what counts it
    ("2a"); `lead` the length of bold words that open it; `linked` the share of its text inside links;
    `gap` whether an empty line stood before; `noise` why its place on the page makes it no content.
    A row has `cells` under `heads`. `marks` are pairs of (offset in text, source line).
    """

    kind: Kind
    text: str
    line: int
    level: int = 0
    number: str = ""
    lead: int = 0
    linked: float = 0.0
    gap: bool = False
    noise: str = ""
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def line_at(self, offset: int) -> int:
        """Return the source line of the word at `offset` of the text."""
        if not self.marks:
            return self.line
        place = bisect.bisect_right(self.marks, (offset, 1 << 60)) - 1
        return self.marks[place][1] if place >= 0 else self.line


def unescaped(text: str) -> str:
    """Return `text` with its character references ("&amp;") replaced by what they stand for."""
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text)) if "&" in text else text


def clean(text: str) -> str:
    """Return `text` on one line: white space and arrows folded, invisible characters out, sentences apart."""
    if not text.isascii():
        text = text.translate(_FOLDED)
    return _GLUED.sub(r"\1 ", " ".join(text.split()))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of `text` and the offset of each; steps joined by arrows count as sentences."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        chained = end[0].lstrip().startswith(_CHAIN)
        if not chained and not _OPENS_SENTENCE.match(text, end.end()):
            continue
        upto = end.start() if chained else end.end()
        yield from _trimmed(text, start, upto)
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    piece = text[start:end]
    words = piece.strip()
    if words:
        yield start + len(piece) - len(piece.lstrip()), words
