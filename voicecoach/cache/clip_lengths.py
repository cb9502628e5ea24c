"""How long clips are, without opening them: small files of lines that any number of processes add to."""

import os
import re
import zlib
from contextlib import suppress
from pathlib import Path

from voicecoach.files import open_regular, read_regular
from voicecoach.units import RATE_HZ

FOLDER = "lengths"
_DIGITS = 20  # of a clip's name: eighty bits, which no two clips of a machine share
_MOST_SAMPLES = 10 * 60 * RATE_HZ  # no sentence lasts ten minutes
_MOST_BYTES = 16 << 20  # four hundred thousand clips
_LINE = re.compile(rb"(([0-9a-f]{%d}) ([0-9]{1,8})) ([0-9a-f]{8})" % _DIGITS)


class ClipLengths:
    """The lengths of clips in samples, by the name of the clip, in files by `shelf`.

    A line is a name, a length and a checksum; what does not agree with its checksum counts as absent, and
    of two lines for a name the later one holds. Where the disk takes nothing, lengths stay in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._shelves: dict[str, dict[str, int]] = {}

    def get(self, shelf: str, name: str) -> int | None:
        """Return the length of a clip in samples, None where it is not known."""
        return self._shelf(shelf).get(name[:_DIGITS])

    def put(self, shelf: str, name: str, samples: int) -> None:
        """Keep the length of a clip."""
        known, short = self._shelf(shelf), name[:_DIGITS]
        if known.get(short) == samples:
            return
        known[short] = samples
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # One write to a file opened for appending stays in one piece beside those of others.
            file = open_regular(self._folder / shelf, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            try:
                front = f"{short} {samples}".encode()
                os.write(file, b"%b %b\n" % (front, _check(front)))
            finally:
                os.close(file)

    def _shelf(self, shelf: str) -> dict[str, int]:
        known = self._shelves.get(shelf)
        if known is None:
            known = self._shelves[shelf] = {}
            for line in (read_regular(self._folder / shelf, _MOST_BYTES) or b"").split(b"\n"):
                found = _LINE.fullmatch(line)
                if found and _check(found[1]) == found[4] and int(found[3]) <= _MOST_SAMPLES:
                    known[found[2].decode()] = int(found[3])
        return known


def _check(front: bytes) -> bytes:
    return b"%08x" % zlib.crc32(front)
