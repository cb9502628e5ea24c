"""A page in any form to its blocks."""

import re
from dataclasses import dataclass, replace

from voicecoach.articles.block import Block, Kind
from voicecoach.articles.plain import read_plain
from voicecoach.articles.transcript import without_times
from voicecoach.articles.webpage import read_html

_HTML = re.compile(
    r"<!doctype html|<html|<head|<body|<(?:div|p|h[1-6]|ul|ol|table|article|main)\b[^>]{0,200}>",
    re.IGNORECASE,
)
_LOOKED_AT = 20_000
MOST_TEXT = 500_000
"""Characters of a page that are read; the longest exercise pages have 60,000."""
MOST_LINES = 20_000
"""Lines of a page of text that are read, however short they are."""
_LINES = re.compile(rf"(?:[^\n]*+\n){{{MOST_LINES}}}")
LONGEST_BLOCK = 20_000
"""Characters of one paragraph that are read; a talk written down without a break has as many."""
_LEAST_CONTENT = 0.2
_MOST_LINKED = 0.8
_HTML_MARKS = 3
_COST_OF_A_BLOCK = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its own title, its content, and the furniture that was left out."""

    title: str
    blocks: tuple[Block, ...]
    furniture: tuple[Block, ...]


def read_page(text: str, *, name: str = "") -> Page:
    """Return the page in `text`; its form is told by the end of its `name`, or else by what stands in it."""
    html = _is_html(text, name.lower())
    over = None if html else _LINES.match(text)
    title, blocks = read_html(text) if html else read_plain(over[0] if over else text)
    blocks = without_times([_linked_only(block) for block in blocks])
    kept = [block for block in blocks if not block.noise]
    size = sum(len(block.text) for block in blocks)
    if size and sum(len(block.text) for block in kept) < _LEAST_CONTENT * size:
        # A page whose frame carries the name of a piece of furniture: better all of it than none.
        kept = [replace(each, noise="") for each in blocks if each.noise in {"", "aside", "page header"}]
    gone = {id(block) for block in kept}
    furniture = [block for block in blocks if block.noise and id(block) not in gone]
    kept, beyond = _bounded(kept)
    if over and over.end() < len(text):
        why = f"beyond the first {MOST_LINES:,} lines, which are all that is read"
        beyond = beyond or [Block(Kind.TEXT, text[over.end() :][:80].strip(), MOST_LINES + 1, noise=why)]
    return Page(title, tuple(kept), (*furniture, *beyond))


def _bounded(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return the blocks that are read, cut to their longest, and the first one that is too much."""
    size = 0
    for number, block in enumerate(blocks):
        if len(block.text) > LONGEST_BLOCK:
            block = blocks[number] = replace(block, text=block.text[:LONGEST_BLOCK])  # noqa: PLW2901
        size += len(block.text) + _COST_OF_A_BLOCK
        if size > MOST_TEXT:
            why = f"beyond the first {MOST_TEXT:,} characters, which are all that is read"
            return blocks[:number], [replace(block, noise=why)]
    return blocks, []


def _is_html(text: str, name: str) -> bool:
    if name.endswith((".html", ".htm", ".xhtml")):
        return True
    marks = _HTML.findall(text[:_LOOKED_AT])
    if name.endswith((".txt", ".md", ".markdown")):
        return bool(marks) and text.lstrip()[:1] == "<" and len(marks) >= _HTML_MARKS
    return any(each.lower().startswith(("<!doctype", "<html")) for each in marks) or len(marks) >= _HTML_MARKS


def _linked_only(block: Block) -> Block:
    """Mark an item or a line that is nothing but links to elsewhere."""
    if block.kind in {Kind.ITEM, Kind.TEXT} and block.linked >= _MOST_LINKED and not block.noise:
        return replace(block, noise="links to other pages")
    return block
