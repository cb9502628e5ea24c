"""Plain text and Markdown to blocks: marked headings, lists, tables, and lines that were wrapped by hand."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voicecoach.articles.block import Block, Kind, clean, unescaped
from voicecoach.articles.tables import row_block
from voicecoach.articles.transcript import begins_with_time

_HASHES = re.compile(r"(#{1,6})\s*+([^#].*+)")
_UNDERLINE = re.compile(r"(=){3,}\s*|(-){3,}\s*")
_BULLET = re.compile(r"(?:[-*+•●▪■◦‣·–—»>➢✓✔]|\(?o\))\s++(?=\S)")
_NUMBER = re.compile(r"(?:\(?(\d{1,2}[a-z]?)[.):]|\(?([A-Ha-h])[.)])(?:\s++|(?=[A-Z]))|(?:\((\d{1,2})\))\s++")
_ROW = re.compile(r"\s*+\|.*\|\s*+")
_RULE = re.compile(r"[\s|:=_*~+-]+")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^)\n]{0,500}\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1")
_SLANT = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]{1,300}?)(?<=\S)[*_](?![\w*])")
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|p|br|span|div|sup|sub|small|img|a|center)\b[^<>\n]{0,300}>", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*<(script|style)\b", re.IGNORECASE)
_FACT = re.compile(r"([A-Za-z][\w -]{0,30}):\s*+(.*+)")
_ENDS_SENTENCE = (".", "!", "?", ":", ";", "”", '"')
_WRAPPED_AT = 50


@dataclass(slots=True)
class _Line:
    """A line without its marks: what it is, its words, and the source line of each part joined to it."""

    kind: Kind
    text: str
    line: int
    level: int = 0
    number: str = ""
    gap: bool = False
    length: int = 0
    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


def read_plain(text: str) -> tuple[str, list[Block]]:
    """Return the title in the front matter of a text or Markdown page, and its blocks in order."""
    lines = text.splitlines()
    title, blocks, begin = _front_matter(lines)
    width = _wrap_width(lines)
    rows: list[tuple[int, str]] = []
    for line in _joined(_lines(lines, begin), width):
        if line.kind is Kind.ROW:
            rows.append((line.line, line.text))
            continue
        blocks += _table(rows)
        rows = []
        blocks.append(_block(line))
    return title, blocks + _table(rows)


def _front_matter(lines: list[str]) -> tuple[str, list[Block], int]:
    """Return the title of a front matter, its facts as labelled lines, and where the text begins."""
    if not lines or lines[0].strip() not in {"---", "+++"}:
        return "", [], 0
    over = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() == lines[0].strip()), 0)
    if not over:
        return "", [], 0
    facts = [(n, _FACT.fullmatch(line.replace(" = ", ": "))) for n, line in enumerate(lines[1:over], 2)]
    found = [(n, fact[1], clean(fact[2]).strip("\"'[]")) for n, fact in facts if fact]
    title = next((value for _, key, value in found if key.lower() == "title"), "")
    blocks = [
        Block(Kind.TEXT, f"{key.capitalize()}: {value}", n)
        for n, key, value in found
        if value and key.lower() != "title"
    ]
    return title, blocks, over + 1


def _wrap_width(lines: list[str]) -> int:
    """Return the width that a text was wrapped at by hand, or 0 where lines are paragraphs."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.strip()) > _WRAPPED_AT)
    if len(lengths) < 3 or lengths[-1] > 110:  # noqa: PLR2004 - a page with longer lines is not wrapped
        return 0
    return lengths[-1]


def _lines(lines: list[str], begin: int) -> Iterator[_Line]:
    gap, skipping, fenced = True, "", False
    for number, raw in enumerate(lines[begin:], begin + 1):
        if skipping:
            skipping = "" if f"</{skipping}" in raw.lower() else skipping
            continue
        script = _SCRIPT.match(raw)
        if script:
            skipping = "" if f"</{script[1].lower()}" in raw.lower() else script[1].lower()
            continue
        if raw.strip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if not raw.strip():
            gap = True
        elif not fenced:
            yield from _one(raw, number, gap=gap)
            gap = False


def _one(raw: str, number: int, *, gap: bool) -> Iterator[_Line]:
    words = raw.strip()
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    underline = _UNDERLINE.fullmatch(words)
    if underline:
        yield _Line(Kind.HEADING, "", number, 1 if underline[1] else 2)
        return
    if _ROW.fullmatch(words) and words.count("|") > 2:  # noqa: PLR2004 - two columns at least
        yield _Line(Kind.ROW, words, number, gap=gap)
        return
    if _RULE.fullmatch(words):
        return
    hashes = _HASHES.fullmatch(words)
    if hashes:
        yield _Line(Kind.HEADING, hashes[2].rstrip("# "), number, len(hashes[1]), gap=gap)
        return
    bullet = _BULLET.match(words)
    rest = words[bullet.end() :] if bullet else words
    count = _NUMBER.match(rest)
    if count and not _RULE.fullmatch(rest[count.end() :] or "-"):
        rest = rest[count.end() :]
    else:
        count = None
    kind = Kind.ITEM if bullet or count else Kind.TEXT
    counted = next(filter(None, count.groups()), "") if count else ""
    yield _Line(kind, rest, number, indent // 2 + 1, counted, gap, len(raw.rstrip()))


def _joined(lines: Iterator[_Line], width: int) -> Iterator[_Line]:
    """Join the lines of a paragraph or an item that were wrapped by hand, and headings to their underline."""
    held: _Line | None = None
    for line in lines:
        if held and line.kind is Kind.HEADING and not line.text:
            short = not line.gap and held.kind is Kind.TEXT and len(held.text) < 100  # noqa: PLR2004
            held.kind, held.level = (Kind.HEADING, line.level) if short else (held.kind, held.level)
        elif held and _goes_on(held, line, width):
            held.parts.append(line.text)
            held.marks.append((0, line.line))
            held.length = line.length
        elif line.text:
            if held:
                yield held
            held = line
    if held:
        yield held


def _goes_on(held: _Line, line: _Line, width: int) -> bool:
    if line.gap or line.kind is not Kind.TEXT or held.kind not in {Kind.TEXT, Kind.ITEM}:
        return False
    if begins_with_time(line.text):
        return False
    last = held.parts[-1] if held.parts else held.text
    if line.text[:1].islower() and not last.endswith(_ENDS_SENTENCE):
        return held.length > _WRAPPED_AT // 2
    first_word = line.text.split(None, 1)[0]
    return bool(width) and held.length > _WRAPPED_AT and held.length + 1 + len(first_word) > width


def _table(rows: list[tuple[int, str]]) -> list[Block]:
    cells = [(n, [_unmarked(each.strip()) for each in row.strip("| ").split("|")]) for n, row in rows]
    if not cells:
        return []
    ruled = len(cells) > 1 and all(_RULE.fullmatch(each) for each in cells[1][1] if each)
    heads = cells[0][1] if ruled else []
    body = cells[2:] if ruled else cells
    return [row_block(row, heads, n) for n, row in body if any(row)]


def _block(line: _Line) -> Block:
    """Return the block of a line, without the marks of Markdown; a part keeps its own source line."""
    marks, length = [(0, line.line)], 0
    for part, (_, number) in zip([line.text, *line.parts], [(0, line.line), *line.marks], strict=True):
        marks.append((length, number))
        cleaned = len(clean(part))
        length += cleaned + 1 if cleaned else 0
    text = " ".join([line.text, *line.parts])
    bold = _BOLD.match(text.lstrip("([\"'“"))
    linked = sum(len(each[1]) for each in _LINK.finditer(text)) / max(1, len(text))
    words = _unmarked(text)
    lead = min(len(words), len(clean(bold[2]))) if bold else 0
    block = Block(line.kind, words, line.line, line.level, line.number, lead, linked, line.gap)
    if line.kind is Kind.TEXT:
        block = replace(block, level=0)
    return replace(block, marks=tuple(marks[1:])) if line.parts else block


def _unmarked(text: str) -> str:
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "*" in text or "_" in text:
        text = _SLANT.sub(r"\1", _BOLD.sub(r"\2", text))
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return clean(unescaped(text))
