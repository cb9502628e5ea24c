"""The tag in front of an MP3: ID3v2.3 text, comment, chapters and what travels along."""

from collections.abc import Sequence

from voicecoach.events import Chapter

SCRIPT = "voicecoach"
"""The description of the frame that carries a session's script."""

_TEXTS = {"title": "TIT2", "artist": "TPE1", "album": "TALB", "genre": "TCON", "language": "TLAN"}
_NOWHERE = b"\xff\xff\xff\xff"  # chapters are found by their time, not by a place in the file
_MOST_CONTENTS = 255
_TOP_LEVEL_IN_ORDER = 0x03


def compose_tag(tags: dict[str, str], chapters: Sequence[Chapter]) -> bytes:
    """Return the tag of `tags` (title, artist, album, genre, language, comment, script) and `chapters`.

    `language` is an ISO 639-2 code. Empty tags are left out. The contents list chapters in order.
    """
    frames = [_text_frame(name, tags[tag]) for tag, name in _TEXTS.items() if tags.get(tag)]
    if tags.get("comment"):
        language = tags.get("language", "")
        code = language if len(language) == len("eng") else "und"
        frames.append(_text_frame("COMM", tags["comment"], code.encode("ascii", "replace"), ""))
    if tags.get("script"):
        frames.append(_text_frame("TXXX", tags["script"], b"", SCRIPT))
    content = b"".join([*frames, *_chapters(chapters)])
    # Seven bits a byte, so that no size looks like the start of a frame.
    seven = bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + seven + content


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


def _text_frame(name: str, text: str, language: bytes = b"", description: str | None = None) -> bytes:
    # Of encodings beyond Latin-1, version 2.3 knows UTF-16 alone.
    mark, coding, end = (b"\0", "latin-1", b"\0") if text.isascii() else (b"\1", "utf-16", b"\0\0")
    described = b"" if description is None else description.encode(coding) + end
    return _frame(name, mark + language + described + text.encode(coding, "replace"))


def _frame(name: str, content: bytes) -> bytes:
    return name.encode("ascii") + len(content).to_bytes(4, "big") + bytes(2) + content
