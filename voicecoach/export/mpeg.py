"""MPEG audio frames as bytes, and the file they stand in: headers, gain, and what stands in front of them.

Layer III of MPEG-2 (ISO/IEC 13818-3) alone, mono: what LAME makes of 16 000, 22 050 and 24 000 Hz.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from voicecoach.events import Chapter
from voicecoach.export.content import Content

FRAME = 576
"""Samples in a frame."""

RATES_HZ = (22_050, 24_000, 16_000)
"""In the order of the header's field."""

DECODER_DELAY = 529
"""By how many samples every decoder is late, and knows it: players that honour a delay add this to it."""

GAIN_STEP_DB = 1.505
"""What one step of a frame's global gain is: a fourth of a factor of two."""

HALF_DB = 0.5
"""Gains that clips are encoded at are counted in these, so that few are told apart."""

SCRIPT = "voicecoach"
"""The description of the frame that carries a session's script."""

_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HEADER, _SIDE_INFO = 4, 9
_PADDING = 0x02  # of the header's third byte
_GAIN_BYTE = _HEADER + 3  # two bits of the gain stand in this byte, six in the next
_HIGHEST_GAIN = 255
_INFO_KBITS = 64  # the smallest whose frames hold the whole of an info frame
_ALL_FIELDS = 0x0F
_CONSTANT = 0x01
_TEXTS = {"title": "TIT2", "artist": "TPE1", "album": "TALB", "genre": "TCON", "language": "TLAN"}
_NOWHERE = b"\xff\xff\xff\xff"  # chapters are found by their time, not by a place in the file
_MOST_CONTENTS = 255
_TOP_LEVEL_IN_ORDER = 0x03
_WIRE = 1 << 20  # bytes handed to the disk at once


def frame_bytes(rate_hz: int, bit_rate: int) -> float:
    """Return how long a frame is on average: single ones are a byte shorter or longer."""
    return FRAME // 8 * bit_rate / rate_hz


def frames_in(run: bytes, rate_hz: int, bit_rate: int) -> int:
    """Return how many frames stand in a run of whole ones."""
    return round(len(run) / frame_bytes(rate_hz, bit_rate))


def silent_frame(rate_hz: int, bit_rate: int, *, longer: bool) -> bytes:
    """Return a frame that holds nothing: no sound is coded in it; `longer` by its byte of padding or not."""
    header = _header(rate_hz, bit_rate // 1000, longer=longer)
    return header.ljust(int(frame_bytes(rate_hz, bit_rate)) + longer, b"\0")


def amplify_frames(frames: bytes, steps: int) -> bytes:
    """Return whole frames, louder by so many steps of `GAIN_STEP_DB`, without another loss."""
    if not steps:
        return frames
    changed = bytearray(frames)
    at = 0
    while at < len(changed):
        here = at + _GAIN_BYTE
        pair = changed[here] << 8 | changed[here + 1]
        gain = pair >> 2 & 0xFF
        raised = min(max(gain + steps, 0), _HIGHEST_GAIN)
        pair = pair & ~(0xFF << 2) | raised << 2
        changed[here], changed[here + 1] = pair >> 8, pair & 0xFF
        at += frame_size(changed, at)
    return bytes(changed)


def info_frame(rate_hz: int, bit_rate: int, frames: int, size: int, delay: int, padding: int) -> bytes:
    """Return the frame that tells how many frames follow, in how many bytes, and what of them is not sound.

    The layout is that of Xing and of LAME 3.100. `delay` samples in front (besides a decoder's own) and
    `padding` at the end are no part of the sound.
    """
    kbits = max(_INFO_KBITS, bit_rate // 1000)
    header = _header(rate_hz, kbits, longer=False)
    whole = int(frame_bytes(rate_hz, kbits * 1000))
    places = bytes(256 * part // 100 for part in range(100))
    xing = b"Info" + _ALL_FIELDS.to_bytes(4, "big") + frames.to_bytes(4, "big")
    xing += (size + whole).to_bytes(4, "big") + places + (0).to_bytes(4, "big")
    trims = (delay << 12 | padding).to_bytes(3, "big")
    lame = b"LAME3.100" + bytes([_CONSTANT, 0]) + bytes(8) + bytes([0, bit_rate // 1000]) + trims
    # The checksum of the sound is left at 0, which players read as unknown.
    lame += bytes(4) + (size + whole).to_bytes(4, "big") + bytes(2)
    front = header + bytes(_SIDE_INFO) + xing + lame
    return (front + _crc16(front).to_bytes(2, "big")).ljust(whole, b"\0")


def _header(rate_hz: int, kbits: int, *, longer: bool) -> bytes:
    # MPEG-2, layer III, no checksum; then mono, an original.
    third = _KBITS.index(kbits) << 4 | RATES_HZ.index(rate_hz) << 2 | longer * _PADDING
    return bytes([0xFF, 0xF3, third, 0xC4])


def frame_size(frames: bytes | bytearray, at: int) -> int:
    """Return how long the frame is that begins at a byte, as its header says."""
    third = frames[at + 2]
    kbits, rate_hz = _KBITS[third >> 4], RATES_HZ[third >> 2 & 3]
    return FRAME // 8 * kbits * 1000 // rate_hz + bool(third & _PADDING)


def _crc16(content: bytes) -> int:
    """Return the checksum that LAME keeps of an info frame: CRC-16 with the polynomial 0x8005, reflected."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


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


def write_frames(path: str, frames: Iterable[bytes], content: Content, delay: int, samples: Callable[[], int]) -> None:
    """Write a tag, what tells of the frames, and `frames` in runs of whole ones; raises OSError.

    Of them, what comes after `delay` samples is sound: as many samples as `samples` tells at the end.
    """
    rate_hz, bit_rate = content.rate_hz, content.bit_rate
    count = size = 0
    with Path(path).open("wb", buffering=_WIRE) as file:
        file.write(compose_tag(content.tags, content.chapters))
        front = file.tell()
        file.write(info_frame(rate_hz, bit_rate, 0, 0, 0, 0))
        for run in frames:
            count += frames_in(run, rate_hz, bit_rate)
            size += len(run)
            file.write(run)
        file.seek(front)
        file.write(info_frame(rate_hz, bit_rate, count, size, delay, count * FRAME - samples() - delay))
