"""The tag in front of an MP3: ID3v2.3 text, comment, chapters and what travels along."""

from collections.abc import Sequence

from voicecoach.events import Chapter

SCRIPT = "voicecoach"
"""The description of the frame that carries a session's script."""

_TEXTS = {"title": "TIT2", "artist": "TPE1", "album": "TALB", "genre": "TCON", "language": "TLAN"}
_NOWHERE = b"\xff\xff\xff\xff"  # chapters are found by their time, not by a place in the file
_MOST_CONTENTS = 255
_TOP_LEVEL_IN_ORDER = 0x03
_LATIN, _UTF16 = b"\0", b"\1"


def compose_tag(tags: dict[str, str], chapters: Sequence[Chapter]) -> bytes:
    """Return the tag of `tags` (title, artist, album, genre, language, comment, script) and `chapters`.

    `language` is an ISO 639-2 code. Empty tags are left out. The contents list chapters in order.
    """
    frames = [_text_frame(name, tags[tag]) for tag, name in _TEXTS.items() if tags.get(tag)]
    if tags.get("comment"):
        frames.append(_comment(tags["comment"], tags.get("language", "")))
    if tags.get("script"):
        frames.append(_frame("TXXX", _described(SCRIPT, tags["script"])))
    frames += _chapters(chapters)
    return _tag(b"".join(frames))


def _chapters(chapters: Sequence[Chapter]) -> list[bytes]:
    if not chapters:
        return []
    names = [f"chp{number}".encode() + b"\0" for number in range(1, len(chapters) + 1)]
    listed = names[:_MOST_CONTENTS]
    contents = b"toc\0" + bytes([_TOP_LEVEL_IN_ORDER, len(listed)]) + b"".join(listed)
    return [_frame("CTOC", contents), *map(_chapter, names, chapters)]


def _chapter(name: bytes, chapter: Chapter) -> bytes:
    times = chapter.start_ms.to_bytes(4, "big") + chapter.end_ms.to_bytes(4, "big")
    return _frame("CHAP", name + times + 2 * _NOWHERE + _text_frame("TIT2", chapter.title))


def _text_frame(name: str, text: str) -> bytes:
    mark, encoded = _encoded(text)
    return _frame(name, mark + encoded)


def _comment(text: str, language: str) -> bytes:
    mark, encoded = _encoded(text)
    code = language if len(language) == len("eng") else "und"
    none = _encoded_as("", mark) + (b"\0" if mark == _LATIN else b"\0\0")
    return _frame("COMM", mark + code.encode("ascii", "replace") + none + encoded)


def _described(description: str, text: str) -> bytes:
    mark, encoded = _encoded(text)
    end = b"\0" if mark == _LATIN else b"\0\0"
    return mark + _encoded_as(description, mark) + end + encoded


def _encoded(text: str) -> tuple[bytes, bytes]:
    # Of encodings beyond Latin-1, version 2.3 knows UTF-16 alone.
    mark = _LATIN if text.isascii() else _UTF16
    return mark, _encoded_as(text, mark)


def _encoded_as(text: str, mark: bytes) -> bytes:
    return text.encode("latin-1") if mark == _LATIN else text.encode("utf-16", "replace")


def _frame(name: str, content: bytes) -> bytes:
    return name.encode("ascii") + len(content).to_bytes(4, "big") + bytes(2) + content


def _tag(frames: bytes) -> bytes:
    size = len(frames)
    # Seven bits a byte, so that no size looks like the start of a frame.
    seven = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + seven + frames
