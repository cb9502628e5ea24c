"""HTML as a flat row of tags and texts: tolerant, linear in the page, and nothing in it is ever run.

There is no tree, so neither depth nor missing end tags lose text, and every token knows its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicecoach.articles.block import unescaped

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([a-zA-Z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_TAG_STARTS = re.compile(r"<(?=[a-zA-Z/!?])")
_LONGEST_ATTRIBUTES = 5000
_LONGEST_TAG = 1_000_000
_MOST_UNCLOSED = 20
"""Tags whose quotes are followed to an end that never comes: each may take as long as the whole page."""
RAW = frozenset({"script", "style", "textarea", "title", "noscript", "template", "iframe", "svg"})
"""Elements whose inside is no page text; of them only the title is read."""
_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in RAW}


@dataclass(frozen=True, slots=True)
class Token:
    """A text (`name` is empty), or the start or `end` of the element `name`."""

    line: int
    text: str = ""
    name: str = ""
    end: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Token]:
    """Yield what stands in `page`, in order. Comments and declarations are passed over."""
    at, line, tags = 0, 1, _Tags(page)
    for start in _starts(page):
        if start < at:
            continue
        if start > at:
            yield Token(line, text=unescaped(page[at:start]))
            line += page.count("\n", at, start)
        token, after = _markup(tags, start, line)
        if after < 0:
            at = start
            break
        if token:
            yield token
        line += page.count("\n", start, after)
        at = after
    if at < len(page):
        yield Token(line, text=unescaped(page[at:]))


def _starts(page: str) -> Iterator[int]:
    return (each.start() for each in _TAG_STARTS.finditer(page))


@dataclass(slots=True)
class _Tags:
    """Finds the tags of a page."""

    page: str
    _unclosed: int = 0

    def at(self, start: int) -> re.Match[str] | None:
        """Return the tag at `start`: to the first > outside of quotes, or where those never close, to any."""
        closed = None
        if self._unclosed < _MOST_UNCLOSED:
            closed = _TAG.match(self.page, start, start + _LONGEST_TAG)
        tag = closed or _LOOSE_TAG.match(self.page, start)
        self._unclosed += bool(tag and not closed)
        return tag


def _markup(tags: _Tags, start: int, line: int) -> tuple[Token | None, int]:
    """Return the token of the markup at `start`, and where it ends: below 0 where nothing closes it."""
    page = tags.page
    if page.startswith("<!--", start):
        over = page.find("-->", start)
        return None, over + 3 if over >= 0 else len(page)
    close = page.find(">", start)
    if close < 0:
        return None, -1
    tag = tags.at(start)
    if not tag:
        return None, close + 1
    name = tag[2].lower()
    if name in RAW and not tag[1]:
        return _raw(page, name, tag.end(), line)
    found = _ATTRIBUTE.findall(tag[3][:_LONGEST_ATTRIBUTES]) if tag[3] and not tag[1] else ()
    given = {key.lower(): unescaped(one or two or bare) for key, one, two, bare in found}
    return Token(line, name=name, end=bool(tag[1]), attributes=given), tag.end()


def _raw(page: str, name: str, start: int, line: int) -> tuple[Token | None, int]:
    """Pass over an element whose inside is not markup; its words are kept where it is the title."""
    over = _RAW_ENDS[name].search(page, start)
    if not over:
        return None, len(page)
    end = over.start()
    close = page.find(">", end)
    after = close + 1 if close >= 0 else len(page)
    if name != "title":
        return None, after
    return Token(line, name="title", attributes={"text": unescaped(page[start:end])}), after
