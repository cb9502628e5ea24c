"""What a stranger's sound file may take: its bytes, as long as sound comes of them, and memory."""

import io
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voicecoach.errors import FileError
from voicecoach.export.formats import tell_exported

# So much may be read without a sound: the tags with the script and a cover, or what one frame is made of.
_MOST_BYTES = 32_000_000
# FFmpeg compares each tag with all before it: 50,000 take a minute, in which nothing can stop it.
_MOST_TAGS = 1_000
# So long may be worked before the first sound; opening a session of a day takes a tenth of a second.
_MOST_CPU_S = 10.0
# What may be allocated beside what the process has already; about 60 MB, when a file is verified. A library
# in C allocates what the numbers of a file say, unchecked.
_MOST_ALLOCATED = 400_000_000

_STATM = Path("/proc/self/statm")
_DATA_PAGES = 5  # the field of `statm` that counts data and stack

_COMMENTS = re.compile(rb"OpusTags|\x03vorbis")
_TEXT_FRAME = re.compile(rb"T[A-Z0-9]{2,3}\x00\x00")  # of ID3, and the upper half of its size
_SIMPLE_TAG = b"\x67\xc8"  # of Matroska; as bytes of a sound it comes once in 65,536
_BLOCK_HEAD = 4
_FLAC_COMMENTS, _LAST = 4, 128  # a kind of block, and the bit of the last one


@contextmanager
def limit_memory() -> Iterator[None]:
    """Let whatever is allocated within fail with MemoryError beyond 400 MB.

    On Linux alone: other systems have no such limit, or take it and do not hold to it. There the checks of
    each number of a header stand by themselves.
    """
    if sys.platform != "linux" or not _STATM.exists():
        yield
        return
    import resource  # only POSIX has it

    before = resource.getrlimit(resource.RLIMIT_DATA)
    now = int(_STATM.read_text(encoding="ascii").split()[_DATA_PAGES]) * resource.getpagesize()
    lowest = min((each for each in before if each != resource.RLIM_INFINITY), default=now + _MOST_ALLOCATED)
    resource.setrlimit(resource.RLIMIT_DATA, (min(now + _MOST_ALLOCATED, lowest), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


class MeteredFile(io.FileIO):
    """A file that ends where it is read on and on and no sound comes of it; `check` says so.

    It ends, rather than to raise: in the midst of a demuxer an exception would be printed, not caught.
    """

    def __init__(self, path: str) -> None:
        super().__init__(Path(path).absolute())
        self.path = path
        self._excess = ""
        self._silent_bytes, self._tags, self._since_s = 0, 0, time.process_time()
        self._sounded = False
        with Path(path).open("rb") as file:
            self._count(_flac_comments(file))

    def sounds(self) -> None:
        """Say that a sound came of what was read: its measure begins anew, and tags are past."""
        self._silent_bytes, self._sounded = 0, True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, at most `size`; none from where there was too much."""
        content = b"" if self._excess else super().read(size) or b""
        self._silent_bytes += len(content)
        if not self._sounded:
            self._count(content.count(_SIMPLE_TAG) + len(_TEXT_FRAME.findall(content)))
            self._count(sum(_comments(content, each.end()) for each in _COMMENTS.finditer(content)))
        if self._silent_bytes > _MOST_BYTES:
            self._excess = f"{_MOST_BYTES // 1_000_000} MB of it hold no sound"
        elif not self._sounded and time.process_time() - self._since_s > _MOST_CPU_S:
            self._excess = "it takes too long to find the sound in it"
        return b"" if self._excess else content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; -1, as a demuxer understands it, where there is none (before the start)."""
        try:
            return super().seek(offset, whence)
        except OSError:
            return -1

    def check(self) -> None:
        """Raise FileError where there was too much without a sound."""
        if self._excess:
            raise FileError(self.path, self._excess, tell_exported())

    def _count(self, tags: int) -> None:
        self._tags += tags
        if self._tags > _MOST_TAGS:
            self._excess = "it has thousands of tags"


def _comments(content: bytes, place: int) -> int:
    """Return how many comments a header says that it has: the length of a name, the name, and the number."""
    length = int.from_bytes(content[place : place + 4], "little")
    return int.from_bytes(content[place + 4 + length : place + 8 + length], "little")


def _flac_comments(file: BinaryIO) -> int:
    """Return how many comments the blocks of a FLAC file say that they have, 0 for other files."""
    number, last = 0, file.read(4) != b"fLaC"
    # As many blocks as tags: a file of nothing but empty ones would be walked through for hours.
    for _ in range(_MOST_TAGS):
        head = file.read(_BLOCK_HEAD)
        if last or len(head) < _BLOCK_HEAD:
            break
        last, kind, size = bool(head[0] & _LAST), head[0] & ~_LAST, int.from_bytes(head[1:], "big")
        after = file.tell() + size
        if kind == _FLAC_COMMENTS:
            file.seek(int.from_bytes(file.read(4), "little"), 1)
            number += int.from_bytes(file.read(4), "little")
        file.seek(after)
    return number
