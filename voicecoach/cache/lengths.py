"""How long clips are, without opening them: small files of lines that any number of processes add to."""

import os
import zlib
from contextlib import suppress
from pathlib import Path

FOLDER = "lengths"
_DIGITS = 20  # of a clip's name: eighty bits, which no two clips of a machine share
_FIELDS = 3


class Lengths:
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
        known = self._shelf(shelf)
        short = name[:_DIGITS]
        if known.get(short) == samples:
            return
        known[short] = samples
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # One write to a file opened for appending stays in one piece beside those of others.
            file = os.open(self._folder / shelf, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                os.write(file, _line(short, samples))
            finally:
                os.close(file)

    def _shelf(self, shelf: str) -> dict[str, int]:
        if shelf not in self._shelves:
            self._shelves[shelf] = _read(self._folder / shelf)
        return self._shelves[shelf]


def _read(path: Path) -> dict[str, int]:
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    known = {}
    for line in content.split(b"\n"):
        fields = line.split(b" ")
        if len(fields) == _FIELDS and _check(line[:-9]) == fields[2]:
            known[fields[0].decode()] = int(fields[1])
    return known


def _line(name: str, samples: int) -> bytes:
    front = f"{name} {samples}".encode()
    return b"%b %b\n" % (front, _check(front))


def _check(front: bytes) -> bytes:
    return b"%08x" % zlib.crc32(front)
