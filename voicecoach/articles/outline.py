"""Blocks to sections: titles of every style with what stands under them, and labelled lines with their role."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voicecoach.articles.block import Block, Kind, sentences
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Label, Lexicon
from voicecoach.articles.title import LONGEST_TITLE, Title, in_upper_case, is_title, read_title

PARTS = frozenset({"how", "start", "hold", "duration", "reps", "sets", "dose", "rest", "tempo", "sides",
                   "frequency", "breath", "caution", "mistake", "tip", "equipment", "benefit", "variation"})  # fmt: skip
"""Roles of lines that belong to the exercise above them."""
_COUNTED = {"reps", "sets", "hold", "duration", "rest", "frequency", "dose"}
_LASTING = {"how", "start"}
_PAGE, _BOLD, _RUN_IN, _NUMBERED, _PLAIN, _ROW = 1, 10, 11, 12, 20, 30
_SHORT_LABEL = 60
_FIGURE = re.compile(r"\(?[^\W\d_]{3,10}\.? \d\)?\s*$")


@dataclass(slots=True)
class Line:
    """A stretch of a block under one label: its `role` ("" for prose), where it begins in the block, and the label."""

    text: str
    block: Block
    start: int = 0
    role: str = ""
    label: str = ""

    @property
    def item(self) -> bool:
        """Whether it is one point of a list."""
        return self.block.kind is Kind.ITEM

    def line_at(self, offset: int) -> int:
        """Return the source line of the word at `offset` of the text."""
        return self.block.line_at(self.start + offset)


@dataclass(slots=True)
class Section:
    """A title and all under it. `role` is a label's where the title is one, else ""; a rank of 0 is the page."""

    title: Title
    block: Block
    rank: int
    role: str = ""
    lines: list[Line] = field(default_factory=list)
    parts: list["Section"] = field(default_factory=list)


class _Outline:
    """The sections as far as the page has been read: the open ones, innermost last."""

    def __init__(self, page_title: str, lexicon: Lexicon, language: Language) -> None:
        self.lexicon, self.language = lexicon, language
        self.page = Section(Title(page_title), Block(Kind.HEADING, page_title, 1), 0)
        self._open = [self.page]
        self._mode, self._mode_label, self._mode_items = "", "", False

    def open(self, text: str, block: Block, rank: int, role: str = "") -> None:
        """Begin a section and end those that do not reach over it."""
        while self._open[-1].rank >= rank:
            self._open.pop()
        section = Section(read_title(text, self.lexicon, self.language), block, rank, role)
        self._open[-1].parts.append(section)
        self._open.append(section)
        self._mode = ""

    def end_row(self) -> None:
        """End the section of a table's row, as the table is over."""
        while self._open[-1].rank >= _ROW:
            self._open.pop()

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
            bare = not re.search(r"\w", _FIGURE.sub("", text[at + label.end : upto]))
            if bare:
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
            if label and (label.colon or (at == 0 and self.stands_alone(sentence, label))):
                yield at, label

    def stands_alone(self, line: str, label: Label) -> bool:
        """Tell a label without a colon: all of the line, or followed by a number."""
        rest = line[label.end :].strip(" .:?)(-")
        if not rest or _FIGURE.fullmatch(rest):
            return len(line) <= _SHORT_LABEL
        return (
            label.role in _COUNTED
            and bool(re.match(r"\s+(\d|daily\b)", line[label.end :].lower()))
            and (len(rest) < _SHORT_LABEL and not self.lexicon.instructs(line[:1] + "." + line[label.end :]))
        )

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
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind is Kind.ROW:
            _row(growing, block)
            continue
        growing.end_row()
        _place(growing, block, following, late=number * 5 > len(blocks) * 2, first=number == 0)
    return growing.page


def _place(growing: _Outline, block: Block, following: Block | None, *, late: bool, first: bool) -> None:
    rank, end = _title_rank(growing, block, following, first=first)
    if not rank:
        growing.add(block)
        return
    text = block.text[:end]
    role = _heading_role(growing.lexicon, text)
    if rank <= _PAGE and role != "noise":
        role = ""
    if role == "skip":
        return
    if role in PARTS and rank >= _BOLD and block.kind is not Kind.HEADING:
        growing.add(block)
        return
    closes = role == "noise" and rank >= _PLAIN and late
    growing.open(text, block, _PAGE + 1 if closes else rank, role)
    if end < len(block.text):
        growing.add(block, end)


def _heading_role(lexicon: Lexicon, text: str) -> str:
    label = lexicon.label(text)
    if not label:
        return ""
    alone = not text[label.end :].strip(" .:?)(-")
    if alone or label.role in {"noise", "skip", "benefit", "variation", "mistake"} or label.colon:
        return label.role if alone or label.colon or label.role != "skip" else ""
    named = lexicon.names_exercise(text[label.end :]) or label.role not in {"how", "start", "caution", "tip"}
    return "" if named and label.role not in {"how"} else label.role


def _title_rank(growing: _Outline, block: Block, following: Block | None, *, first: bool) -> tuple[int, int]:
    """Return the rank of a block as a title, 0 for none, and where the title ends in it."""
    lexicon, language, text = growing.lexicon, growing.language, block.text
    whole = len(text)
    if block.kind is Kind.HEADING:
        return block.level, whole
    numbered = block.number or read_title(text[:LONGEST_TITLE], lexicon, language).number
    short = whole <= LONGEST_TITLE
    if block.lead:
        return _bold_rank(growing, block)
    label = lexicon.label(text)
    if label and label.role in PARTS and (label.colon or growing.stands_alone(text, label)):
        return 0, whole
    if block.kind is Kind.ITEM:
        heads = following is not None and (
            (following.kind is Kind.ITEM and following.level > block.level)
            or (following.kind is Kind.TEXT and bool(numbered) and not _goes_below(following, lexicon))
        )
        if heads and short and is_title(text, lexicon, language, marked=True):
            return (_NUMBERED + min(block.level, 6) - 1), whole
        return _run_in(growing, block)
    if short and following is not None and not following.text[:1].islower():
        if first and is_title(text, lexicon, language, words=14):
            return _PAGE, whole
        if is_title(text, lexicon, language):
            if numbered or lexicon.ordinal.match(text.lower()):
                return _NUMBERED, whole
            return _PLAIN - in_upper_case(text), whole
        if label and label.role == "noise" and not text.endswith("."):
            return _PLAIN, whole
    return _run_in(growing, block)


def _goes_below(block: Block, lexicon: Lexicon) -> bool:
    """Return whether the line after a numbered one cannot be what that one is the title of."""
    return bool(block.number) or not block.text


def _bold_rank(growing: _Outline, block: Block) -> tuple[int, int]:
    lead = block.text[: block.lead]
    label = growing.lexicon.label(lead)
    if label and label.role in PARTS:
        return 0, 0
    whole = block.lead >= len(block.text.rstrip(" :."))
    if not is_title(lead.rstrip(" .:"), growing.lexicon, growing.language, marked=True):
        return 0, 0
    if whole:
        return (_BOLD if block.kind is Kind.TEXT else _NUMBERED), len(block.text)
    after = block.text[block.lead :].lstrip()
    if lead.rstrip()[-1:] in ".:" or after[:1] in ":.-–—" or after[:1].isupper() or "(" in after[:2]:
        return _RUN_IN, block.lead
    return 0, 0


def _run_in(growing: _Outline, block: Block) -> tuple[int, int]:
    """Return the rank of a title that opens a paragraph and ends in a colon or a dash."""
    found = re.match(r"[^:.!?]{3,60}?(?::|\s[–—-])\s+(?=[^\W_]|[\"“])", block.text)
    small = found is not None and block.text[found.end()].islower()
    if not found or (small and block.kind is not Kind.ITEM):
        return 0, len(block.text)
    lead, rest = block.text[: found.end()], block.text[found.end() :]
    lexicon, language = growing.lexicon, growing.language
    bare = lead.rstrip(" :–—-")
    if lexicon.label(lead) or not is_title(bare, lexicon, language, words=6):
        return 0, len(block.text)
    if lexicon.leads(bare) and not lexicon.names_exercise(bare):
        return 0, len(block.text)
    opening = [sentence for _, sentence in sentences(rest[:400])][:2]
    if any(map(lexicon.instructs, opening)) or (lexicon.names_exercise(bare) and len(rest) > LONGEST_TITLE):
        return _RUN_IN, found.end()
    return 0, len(block.text)


def _row(growing: _Outline, block: Block) -> None:
    """Read a table's row: a label with its value, or an exercise with its facts by column."""
    lexicon, cells = growing.lexicon, block.cells
    filled = [cell for cell in cells if cell.strip()]
    label = lexicon.label(cells[0]) if cells else None
    if len(filled) == 2 and label and label.role in PARTS and not cells[0][label.end :].strip(" :"):  # noqa: PLR2004
        growing.end_row()
        growing.line(cells[1], block, block.text.find(cells[1]), label.role, cells[0])
        return
    heads = [lexicon.label(head) for head in block.heads]
    roles = [head.role if head else "" for head in heads] or [""] * len(cells)
    name = roles.index("name") if "name" in roles else 0
    if not (name < len(cells) and is_title(cells[name], lexicon, growing.language)):
        return
    growing.open(cells[name], block, _ROW)
    at = 0
    for number, cell in enumerate(cells):
        found = block.text.find(cell, at) if cell else -1
        if found < 0:
            continue
        at = found + len(cell)
        role = roles[number] if number < len(roles) else ""
        if number != name and role not in {"name", "noise", "skip"}:
            head = block.heads[number] if number < len(block.heads) else ""
            growing.line(cell, block, found, role, head)
