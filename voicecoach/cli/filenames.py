"""File names made from titles, such as every system allows."""

import re
import unicodedata
from collections.abc import Iterable

from voicecoach.errors import plain

MOST_BYTES = 120
"""Of UTF-8: with its extension, and the folder it stands in, a name stays within what systems allow."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\..*)?", re.IGNORECASE)
_EMPTY = "session"


def file_names(titles: Iterable[str], extension: str) -> tuple[str, ...]:
    """Return a file name for each title, no two alike where case, or how an accent is written, is ignored."""
    names: list[str] = []
    taken: set[str] = set()
    for title in titles:
        stem, number = _stem(title), 1
        name = f"{stem}{extension}"
        while _folded(name) in taken:
            number += 1
            name = f"{stem} {number}{extension}"
        taken.add(_folded(name))
        names.append(name)
    return tuple(names)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _stem(title: str) -> str:
    allowed = plain(_FORBIDDEN.sub(" ", title))
    short = allowed.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
    # Windows drops dots and spaces at the end; in front, a dot hides a file, and a dash makes it a flag.
    stem = short.rstrip(". ").lstrip(". -") or _EMPTY
    return f"{stem}_" if _RESERVED.fullmatch(stem) else stem
