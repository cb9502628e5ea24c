"""HTML to blocks: headings, paragraphs, list items and table rows, with what is page furniture marked so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from voicecoach.articles.block import LONGEST_BLOCK, Block, Kind, clean
from voicecoach.articles.furniture import class_words, furniture
from voicecoach.articles.markup import Token, tokens
from voicecoach.articles.tables import Table

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6,
             "caption": 6, "summary": 6, "dt": 7, "legend": 6}  # fmt: skip
_BREAKS = {"p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dd", "blockquote",
           "pre", "figure", "nav", "footer", "aside", "dialog", "option", "figcaption", "address", "hr",
           "body", "form", "fieldset", "details", "center", "table", "tr", "td", "th", "tbody", "thead",
           "tfoot", *_HEADINGS}  # fmt: skip
_BOLD = {"b", "strong"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "source", "area", "col", "embed", "base"}
_TITLE_CLASSES = {"title", "heading", "headline", "subtitle", "subheading", "subhead", "header", "name"}
_LONGEST_STYLED = 90
_DEEPEST_TABLE = 6
MOST_TOKENS = 100_000
"""Tags and texts of a page that are read; the longest exercise pages have a few thousand."""
_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*+", re.MULTILINE)


@dataclass(slots=True)
class _Open:
    name: str
    noise: str = ""
    heading: int = 0
    number: int = 0
    table: bool = False


@dataclass(slots=True)
class _Words:
    """The text of the block being read, as pieces, and what is known of it."""

    pieces: list[tuple[str, int]] = field(default_factory=list)
    bold: int = 0
    linked: int = 0
    length: int = 0
    plain_seen: bool = False


class _Page:
    """The state of the walk: open elements, the words so far, and the table they stand in."""

    def __init__(self) -> None:
        self.title = ""
        self._open: list[_Open] = []
        self._depth: dict[str, int] = {}
        self._words = _Words()
        self._item = ""
        self._fresh_item = False
        self._tables: list[Table] = []

    def take(self, token: Token) -> Iterator[Block]:
        if not token.name:
            self._text(token)
        elif token.name == "title":
            self.title = self.title or clean(token.attributes.get("text", ""))
        elif token.end:
            yield from self._close(token.name)
        else:
            yield from self._start(token)

    def finish(self) -> Iterator[Block]:
        yield from self._flush()
        while self._tables:
            yield from self._table_done()

    def _text(self, token: Token) -> None:
        words, text = self._words, token.text
        if not text.strip():
            if words.pieces:
                words.pieces.append((" ", token.line))
            return
        words.pieces.append((text, token.line))
        length = len(text.strip())
        words.length += length
        if self._depth.get("a"):
            words.linked += length
        if self._depth.get("b") or self._depth.get("strong"):
            words.bold += 0 if words.plain_seen else length + 1
        elif any(each.isalnum() for each in text):
            words.plain_seen = True

    def _start(self, token: Token) -> Iterator[Block]:
        name = token.name
        if name == "br" or name in _BREAKS:
            yield from self._flush()
        if name in _VOID:
            return
        if name in {"p", "li", "dt", "dd", "tr", "td", "th", "option"}:
            self._close_alike(name)
        opened = _Open(name, furniture(token), self._heading_of(token))
        if self._open and not opened.noise:
            opened.noise = self._open[-1].noise
        if self._open and not opened.heading and name not in _BREAKS:
            opened.heading = self._open[-1].heading
        self._open.append(opened)
        self._depth[name] = self._depth.get(name, 0) + 1
        if name == "li":
            self._number_item()
        elif name == "table" and len(self._tables) < _DEEPEST_TABLE:
            opened.table = True
            self._tables.append(Table())
        elif self._tables and name in {"tr", "td", "th"}:
            self._tables[-1].start(name)

    def _heading_of(self, token: Token) -> int:
        if token.name in _HEADINGS:
            return _HEADINGS[token.name]
        given = token.attributes
        if given.get("role") == "heading":
            level = given.get("aria-level", "")
            return int(level) if level in "123456" and level else 6
        if token.name in {"div", "p", "span", "td"} and class_words(given.get("class", "")) & _TITLE_CLASSES:
            return 7
        return 0

    def _number_item(self) -> None:
        lists = [each for each in self._open[-12:] if each.name in {"ol", "ul"}]
        self._fresh_item = True
        self._item = ""
        if lists and lists[-1].name == "ol":
            lists[-1].number += 1
            self._item = str(lists[-1].number)

    def _close(self, name: str) -> Iterator[Block]:
        if name in _BREAKS:
            yield from self._flush()
        if not self._depth.get(name):
            return
        while self._open:
            opened = self._open.pop()
            self._depth[opened.name] -= 1
            if opened.table and self._tables:
                yield from self._table_done()
            if opened.name == name:
                break

    def _close_alike(self, name: str) -> None:
        """End an element whose end tag was left out, as its like begins."""
        if self._open and self._open[-1].name == name:
            self._open.pop()
            self._depth[name] -= 1

    def _table_done(self) -> Iterator[Block]:
        blocks = list(self._tables.pop().blocks())
        if self._tables:
            for each in blocks:
                self._tables[-1].add(each)
            self._tables[-1].nested = True
        else:
            yield from blocks

    def _flush(self) -> Iterator[Block]:
        words, self._words = self._words, _Words()
        if not words.length:
            return
        text, marks = _joined(words.pieces)
        if not text:
            return
        top = self._open[-1] if self._open else _Open("")
        block = self._block(text, marks, words, top)
        if self._tables:
            self._tables[-1].add(block)
        else:
            yield block

    def _block(self, text: str, marks: tuple[tuple[int, int], ...], words: _Words, top: _Open) -> Block:
        bold = min(words.bold, len(text)) if words.plain_seen else len(text) if words.bold else 0
        linked = min(1.0, words.linked / max(1, words.length))
        kind, level, number = Kind.TEXT, 0, ""
        heading = top.heading
        if heading and (heading < _STYLED or len(text) <= _LONGEST_STYLED):
            kind, level = Kind.HEADING, heading
        elif self._depth.get("li"):
            kind = Kind.ITEM if self._fresh_item else Kind.TEXT
            level = max(1, self._depth.get("ul", 0) + self._depth.get("ol", 0))
            number, self._fresh_item = (self._item if self._fresh_item else ""), False
        return Block(kind, text, marks[0][1], level, number, bold, linked, noise=top.noise, marks=marks)


_STYLED = 7


def read_html(page: str) -> tuple[str, list[Block]]:
    """Return the title in the head of an HTML page, and its blocks in order."""
    walk, blocks, beyond = _Page(), list[Block](), list[Block]()
    for number, token in enumerate(tokens(page)):
        if number == MOST_TOKENS:
            why = f"beyond the first {MOST_TOKENS:,} tags and texts, which are all that is read"
            beyond = [Block(Kind.TEXT, clean(token.text[:_LONGEST_STYLED]), token.line, noise=why)]
            break
        blocks += walk.take(token)
    return walk.title, [*blocks, *walk.finish(), *beyond]


def _joined(pieces: list[tuple[str, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return pieces of source text as one cleaned line, and the source line of each part of it.

    It ends soon after the longest block: nothing beyond is read.
    """
    text: list[str] = []
    marks: list[tuple[int, int]] = []
    length, spaced = 0, True
    for raw, first in pieces:
        number, upto = 0, 0
        # Blank lines are passed over as a whole: a page may have millions of them.
        for line in _LINE.finditer(raw):
            if length > LONGEST_BLOCK:
                return "".join(text).rstrip(), tuple(marks)
            number, part = number + raw.count("\n", upto, line.start()), line[0]
            upto = line.end()
            words = clean(part)
            space = not spaced and (number > 0 or part[:1].isspace() or not words)
            if space:
                text.append(" ")
                length, spaced = length + 1, True
            if not words:
                continue
            if not marks or marks[-1][1] != first + number:
                marks.append((length, first + number))
            text.append(words)
            length, spaced = length + len(words), False
            if part[-1:].isspace():
                text.append(" ")
                length, spaced = length + 1, True
        if upto < len(raw) and not spaced:
            text.append(" ")
            length, spaced = length + 1, True
    return "".join(text).rstrip(), tuple(marks)
