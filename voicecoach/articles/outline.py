"""Blocks to sections: titles of every style with what stands under them, labelled lines with their role."""

import itertools
import re
from collections.abc import Iterator, Sequence

from voicecoach.articles.block import Block, Kind, sentences
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Label, Lexicon
from voicecoach.articles.rank import BOLD, FIGURE, PAGE, PLAIN, ROW, Ranks, heading_role, stands_alone
from voicecoach.articles.sections import PARTS, Line, Section
from voicecoach.articles.title import Title, is_title, read_title
from voicecoach.articles.wordlists import fold

_LASTING = {"how", "start"}
_POINTS = {"caution", "mistake", "tip"}
_LABEL_AND_VALUE = 2
_LONGEST_COUNT = 20
_LATE = 0.4
"""From this share of a page on, a heading such as "Comments" ends it where nothing tells the rank."""
_NOTHING = frozenset({"-", "\u2013", "\u2014", "/"})
"""What stands behind a label where there is nothing to say."""


class _Outline:
    """The sections as far as the page has been read: the open ones, innermost last."""

    def __init__(self, page_title: str, lexicon: Lexicon, language: Language) -> None:
        self.lexicon, self.language = lexicon, language
        self.ranks = Ranks(lexicon, language)
        self.page = Section(Title(page_title), Block(Kind.HEADING, page_title, 1), 0)
        self._open = [self.page]
        self._mode, self._mode_label, self._mode_items = "", "", False
        self.gapped = False

    def open(self, text: str, block: Block, rank: int, role: str = "") -> None:
        """Begin a section and end those that do not reach over it."""
        while self._open[-1].rank >= rank:
            self._open.pop()
        section = Section(read_title(text, self.lexicon, self.language), block, rank, role)
        self._open[-1].parts.append(section)
        self._open.append(section)
        self._mode = ""

    def lists_points(self, block: Block) -> bool:
        """Return whether a block is one point of mistakes, warnings or tips, and so no title.

        That is one of a list that opens in bold, or a line right below the label of a page with empty lines.
        """
        lasting = self._mode or next((each.role for each in reversed(self._open) if each.role), "")
        below = self.gapped and not block.gap and block.kind is Kind.TEXT and self._mode in _POINTS
        return below or (block.kind is Kind.ITEM and bool(block.lead) and lasting in _POINTS)

    def end_row(self) -> None:
        """End the section of a table's row, as the table is over."""
        while self._open[-1].rank >= ROW:
            self._open.pop()

    def begin(self, role: str, label: str) -> None:
        """Give the lines that follow a role, until the next label or title."""
        self._mode, self._mode_label, self._mode_items = role, label, False

    def add(self, block: Block, start: int = 0, end: int | None = None) -> None:
        """Add (part of) a block: labels in it begin lines of their own."""
        text = block.text[start:end]
        cuts = list(self._labels(text))
        first = cuts[0][0] if cuts else len(text)
        if text[:first].strip():
            label_text = self._mode_label
            self.line(text[:first], block, start, self._mode_for(block), label_text)
        for (at, label), (upto, _) in itertools.pairwise([*cuts, (len(text), None)]):
            if label is None:
                break
            rest = text[at + label.end : upto] if label.colon else text[at:upto]
            bare = not re.search(r"\w", FIGURE.sub("", text[at + label.end : upto]))
            if bare and text[at + label.end : upto].strip() in _NOTHING:
                self._mode = ""
            elif bare:
                self._mode, self._mode_items = label.role, False
                self._mode_label = text[at : at + label.end].strip(" :")
            elif label.role != "skip":
                role = label.role
                role = role if role in PARTS else "noise"
                self.line(rest, block, start + upto - len(rest), role, text[at : at + label.end].strip(" :"))
                self._mode = role if role in _LASTING else ""

    def _labels(self, text: str) -> Iterator[tuple[int, Label]]:
        for at, sentence in sentences(text):
            label = self.lexicon.label(sentence)
            if label and (label.colon or (at == 0 and stands_alone(sentence, label, self.lexicon))):
                yield at, label

    def _mode_for(self, block: Block) -> str:
        mode = self._mode
        if mode and mode not in _LASTING:
            if block.kind is Kind.ITEM:
                self._mode_items = True
            else:
                mode = "" if self._mode_items else mode
                self._mode = ""
        return mode

    def line(self, text: str, block: Block, start: int, role: str, label: str = "") -> None:
        """Put a line into the innermost section."""
        trimmed = text.strip()
        if trimmed:
            at = start + len(text) - len(text.lstrip())
            self._open[-1].lines.append(Line(trimmed, block, at, role, label if role else ""))


def outline(title: str, blocks: Sequence[Block], lexicon: Lexicon, language: Language) -> Section:
    """Return the page as a tree of sections; `title` is the one the page gives itself."""
    growing = _Outline(title, lexicon, language)
    blocks = [part for block in blocks for part in growing.ranks.unglued(block)]
    growing.ranks.learn(blocks)
    growing.gapped = any(block.gap for block in blocks[1:])
    blocks = list(growing.ranks.forms.counted_off(blocks))
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind is Kind.ROW:
            _row(growing, block)
            continue
        growing.end_row()
        _place(growing, block, following, late=number > len(blocks) * _LATE, first=number == 0)
    return growing.page


def _place(growing: _Outline, block: Block, following: Block | None, *, late: bool, first: bool) -> None:
    counted = growing.lexicon.step.match(fold(block.text[:_LONGEST_COUNT]))
    if counted:
        growing.begin("how", counted[0])
        growing.add(block, counted.end())
        return
    ranked = growing.ranks.of(block, following, first=first)
    if not ranked:
        growing.add(block)
        return
    rank, end = ranked
    if growing.lists_points(block):
        growing.add(block)
        return
    text = block.text[:end]
    role = heading_role(text, growing.lexicon)
    if rank <= PAGE and role != "noise":
        role = ""
    if role == "skip":
        return
    if role and growing.ranks.forms.is_alike(block, following):
        role = ""
    if role in PARTS and rank >= BOLD and block.kind is not Kind.HEADING:
        growing.add(block)
        return
    closes = role == "noise" and rank >= PLAIN and late
    growing.open(text, block, PAGE + 1 if closes else rank, role)
    if end < len(block.text):
        growing.add(block, end)


def _row(growing: _Outline, block: Block) -> None:
    """Read a table's row: a label with its value, or an exercise with its facts by column."""
    lexicon, cells = growing.lexicon, block.cells
    filled = [cell for cell in cells if cell.strip()]
    label = lexicon.label(cells[0]) if cells else None
    if len(filled) == _LABEL_AND_VALUE and label and label.role in PARTS and not cells[0][label.end :].strip(" :"):
        growing.end_row()
        growing.line(cells[1], block, block.text.find(cells[1]), label.role, cells[0])
        return
    heads = [lexicon.label(head) for head in block.heads]
    # What a reader would comment below a page, a column remarks of one exercise.
    known = [head.role if head else "" for head in heads]
    roles = ["tip" if role == "noise" else role for role in known] or [""] * len(cells)
    name = roles.index("name") if "name" in roles else 0
    if not (name < len(cells) and is_title(cells[name], lexicon, growing.language)):
        growing.end_row()
        growing.line(block.text, block, 0, "noise")
        return
    growing.open(cells[name], block, ROW)
    at = 0
    for number, cell in enumerate(cells):
        found = block.text.find(cell, at) if cell else -1
        if found < 0:
            continue
        at = found + len(cell)
        role = roles[number] if number < len(roles) else ""
        if number != name and role not in {"name", "skip"}:
            head = block.heads[number] if number < len(block.heads) else ""
            growing.line(cell, block, found, role, head)
