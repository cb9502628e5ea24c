"""HTML as a flat row of tags and texts: tolerant, linear in the page, and nothing in it is ever run.

There is no tree, so neither depth nor missing end tags lose text, and every token knows its line.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_TAG_STARTS = re.compile(r"<(?=[a-zA-Z/!?])")
_LONGEST_ATTRIBUTES = 5000
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
    at, line = 0, 1
    for start in _starts(page):
        if start < at:
            continue
        if start > at:
            yield Token(line, text=html.unescape(page[at:start]))
            line += page.count("\n", at, start)
        token, after = _markup(page, start, line)
        if after < 0:
            at = start
            break
        if token:
            yield token
        line += page.count("\n", start, after)
        at = after
    if at < len(page):
        yield Token(line, text=html.unescape(page[at:]))


def _starts(page: str) -> Iterator[int]:
    return (each.start() for each in _TAG_STARTS.finditer(page))


def _markup(page: str, start: int, line: int) -> tuple[Token | None, int]:
    """Return the token of the markup at `start`, and where it ends: below 0 where nothing closes it."""
    if page.startswith("<!--", start):
        over = page.find("-->", start)
        return None, over + 3 if over >= 0 else len(page)
    close = page.find(">", start)
    if close < 0:
        return None, -1
    tag = _TAG.match(page, start) or _LOOSE_TAG.match(page, start)
    if not tag:
        return None, close + 1
    name = tag[2].lower()
    if name in RAW and not tag[1]:
        return _raw(page, name, tag.end(), line)
    found = _ATTRIBUTE.findall(tag[3][:_LONGEST_ATTRIBUTES]) if tag[3] and not tag[1] else ()
    given = {key.lower(): html.unescape(one or two or bare) for key, one, two, bare in found}
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
    return Token(line, name="title", attributes={"text": html.unescape(page[start:end])}), after
