"""The clip cache: finished sound on disk under a key of everything that decides it, and how long each sound is.

An entry is a mark, a digest over the key and the content, and the content. Whatever does not agree with its
digest (damaged, cut short, written by something else) counts as absent. Nothing in an entry is ever executed.
"""

import hashlib
import json
import os
import re
import zlib
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.cache.pruning import LENGTHS, keep_bound, mark_used
from voicecoach.files import open_regular, read_regular
from voicecoach.units import RATE_HZ

if TYPE_CHECKING:
    from voicecoach.clip import Clip
    from voicecoach.events import Utterance

_MARK = b"voicecoach-clip-1\n"
_DIGEST_BYTES = hashlib.sha256().digest_size
_SAMPLE_BYTES = 2
_MOST_BYTES = 32 << 20  # twelve minutes of sound
_MOST_RECENT_BYTES = 64 << 20  # twenty-five minutes: more than any session says
_DIGITS = 20  # of a clip's name: eighty bits, which no two clips of a machine share
_MOST_SAMPLES = 10 * 60 * RATE_HZ  # no sentence lasts ten minutes
_MOST_LENGTHS_BYTES = 16 << 20  # four hundred thousand clips
_LINE = re.compile(rb"(([0-9a-f]{%d}) ([0-9]{1,8})) ([0-9a-f]{8})" % _DIGITS)


class ClipKey(NamedTuple):
    """Everything that can change a sound. `kind` tells clips from what else is kept of a voice.

    `finishing` is the version of what is done to raw speech.
    """

    kind: str
    text: str
    engine: str
    engine_version: str
    voice: str
    language: str
    rate_wpm: int
    finishing: str

    def digest(self) -> str:
        """Return 64 hexadecimal digits, others for any other key."""
        return hashlib.sha256(json.dumps(self._asdict(), sort_keys=True).encode()).hexdigest()

    def shelf(self) -> str:
        """Return the digits under which the lengths of all clips of this voice and rate stand together."""
        return _shelf(self._replace(kind="", text=""))


@cache
def _shelf(key: ClipKey) -> str:
    return key.digest()[:16]


class ClipCache:
    """Entries in a folder, shared by any number of processes; in memory where the folder takes nothing.

    `note` is empty, or the sentence that tells the person of the latter.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = ""
        self._kept: dict[str, bytes] = {}
        self._lengths = ClipLengths(folder)
        self._added = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._keep_in_memory(error)
        else:
            if not os.access(folder, os.W_OK | os.X_OK):
                self._keep_in_memory(PermissionError(0, "it is read-only"))

    def read(self, key: ClipKey) -> bytes | None:
        """Return the content of an entry, None where there is no sound one."""
        name = key.digest()
        if name in self._kept:
            return self._kept[name]
        entry = read_regular(self._path(name), _MOST_BYTES)
        content = (entry or b"")[len(_MARK) + _DIGEST_BYTES :]
        if entry != _sealed(name, content):
            return None
        mark_used(self._path(name))
        return content

    def write(self, key: ClipKey, content: bytes) -> None:
        """Keep `content`; where the disk refuses, in memory."""
        name = key.digest()
        if self.note:
            self._kept[name] = content
            return
        try:
            self._replace(self._path(name), _sealed(name, content))
            self._added = True
        except OSError as error:
            self._kept[name] = content
            self._keep_in_memory(error)

    def close(self) -> None:
        """Keep the cache in its bounds, where something was added to it."""
        if self._added:
            keep_bound(self.folder)

    def samples(self, key: ClipKey) -> int | None:
        """Return the length of a clip in samples without opening it, None where it is not known.

        It is known as long as an entry of just that many samples, of two bytes each, stands.
        """
        name = key.digest()
        samples = self._lengths.get(key.shelf(), name)
        if samples is None:
            return None
        if name in self._kept:
            size = len(self._kept[name])
        else:
            path = f"{self.folder}/{name[:2]}/{name[2:]}"
            try:
                found = os.stat(path)  # noqa: PTH116 - hundreds are asked for, and a Path costs five times as much
            except OSError:
                return None
            size = found.st_size - len(_MARK) - _DIGEST_BYTES
            mark_used(path, found)  # a session that needs no more of a clip than its length uses it too
        return samples if size == _SAMPLE_BYTES * samples else None

    def note_samples(self, key: ClipKey, samples: int) -> None:
        """Keep the length of a clip."""
        self._lengths.put(key.shelf(), key.digest(), samples)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]

    def _replace(self, path: Path, entry: bytes) -> None:
        path.parent.mkdir(exist_ok=True)
        # It loads random and what that needs (5 ms); a run of known sounds writes nothing.
        import tempfile

        number, beside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(entry)
            try:
                os.replace(beside, path)  # noqa: PTH105
            except PermissionError:
                # Windows refuses while another process reads the entry, which then holds the same sound.
                if not path.exists():
                    raise
        finally:
            with suppress(OSError):
                os.unlink(beside)  # noqa: PTH108 - gone already where all went well

    def _keep_in_memory(self, error: OSError) -> None:
        what = f"{self.folder} cannot keep clips ({error.strerror or error}), so they are made anew each time"
        self.note = f"{what}; name another folder in VOICECOACH_CACHE"


class ClipLengths:
    """The lengths of clips in samples, by the name of the clip, in files by `shelf`.

    A line is a name, a length and a checksum; what does not agree with its checksum counts as absent, and
    of two lines for a name the later one holds. Where the disk takes nothing, lengths stay in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / LENGTHS
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
            for line in (read_regular(self._folder / shelf, _MOST_LENGTHS_BYTES) or b"").split(b"\n"):
                found = _LINE.fullmatch(line)
                if found and _check(found[1]) == found[4] and int(found[3]) <= _MOST_SAMPLES:
                    known[found[2].decode()] = int(found[3])
        return known


def _check(front: bytes) -> bytes:
    return b"%08x" % zlib.crc32(front)


class RecentClips:
    """Clips in memory, by what they say; of too many the one that was used longest ago is let go of."""

    def __init__(self) -> None:
        self._clips: OrderedDict[Utterance, Clip] = OrderedDict()
        self._bytes = 0

    def get(self, asked: "Utterance") -> "Clip | None":
        """Return the clip, None where there is none."""
        if asked in self._clips:
            self._clips.move_to_end(asked)
        return self._clips.get(asked)

    def put(self, asked: "Utterance", clip: "Clip") -> None:
        """Keep a clip, where there is none of the same words."""
        if asked in self._clips:
            return
        self._clips[asked] = clip
        self._bytes += clip.pcm.nbytes
        while self._bytes > _MOST_RECENT_BYTES and len(self._clips) > 1:
            _, oldest = self._clips.popitem(last=False)
            self._bytes -= oldest.pcm.nbytes


def _sealed(name: str, content: bytes) -> bytes:
    return _MARK + hashlib.sha256(name.encode() + content).digest() + content
