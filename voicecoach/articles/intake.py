"""A page in any form to its blocks."""

import re
from dataclasses import dataclass, replace

from voicecoach.articles.block import LONGEST_BLOCK, Block, Kind
from voicecoach.articles.plain import read_plain
from voicecoach.articles.transcript import without_times
from voicecoach.articles.webpage import read_html

_HTML = re.compile(
    r"<!doctype html|<html|<head|<body|<(?:div|p|h[1-6]|ul|ol|table|article|main)\b[^>]{0,200}>", re.IGNORECASE
)
_LOOKED_AT = 20_000
MOST_TEXT = 500_000
"""Characters of a page that are read; the longest exercise pages have 60,000."""
MOST_LINES = 20_000
"""Lines of a page of text that are read, however short they are."""
MOST_PLAIN = 1_000_000
"""Characters of a page of text that are looked at, with all its marks and addresses."""
_ENDS = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029"
"""What ends a line, as `str.splitlines` has it."""
_LINES = re.compile(rf"(?:[^{_ENDS}]*+(?:\r\n|[{_ENDS}])){{{MOST_LINES}}}")
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
    over, why = (len(text), "") if html else _end_of_plain(text)
    title, blocks = read_html(text) if html else read_plain(text[:over])
    blocks = without_times([_linked_only(block) for block in blocks])
    kept = [block for block in blocks if not block.noise]
    size = sum(len(block.text) for block in blocks)
    if size and sum(len(block.text) for block in kept) < _LEAST_CONTENT * size:
        # A page whose frame carries the name of a piece of furniture: better all of it than none.
        kept = [replace(each, noise="") for each in blocks if each.noise in {"", "aside", "page header"}]
    gone = {id(block) for block in kept}
    furniture = [block for block in blocks if block.noise and id(block) not in gone]
    kept, beyond = _bounded(kept)
    if over < len(text) and not beyond:
        line = text.count("\n", 0, over) + 1
        beyond = [Block(Kind.TEXT, text[over : over + 80].strip(), line, noise=why)]
    return Page(title, tuple(kept), (*furniture, *beyond))


def _end_of_plain(text: str) -> tuple[int, str]:
    """Return how much of a page of text is read, and why not more."""
    lines = _LINES.match(text)
    end, most = (lines.end(), f"{MOST_LINES:,} lines") if lines else (len(text), "")
    if end > MOST_PLAIN:
        end, most = MOST_PLAIN, f"{MOST_PLAIN:,} characters"
    return end, f"beyond the first {most}, which are all that is read"


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
