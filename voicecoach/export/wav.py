"""WAV files: the sound as it is, and the script behind it; tags and chapters have no common place there."""

import wave
from collections.abc import Iterable
from pathlib import Path

from voicecoach.clip import Pcm
from voicecoach.errors import FileError
from voicecoach.export.content import Content

SCRIPT_CHUNK = b"vcsc"
"""The name of the chunk that holds the script, as UTF-8."""

MOST_SCRIPT_BYTES = 16_000_000
"""More of a script is not read: an hour of counted seconds takes a hundred and fifty thousand."""

_CHUNK_HEAD = 8
_MOST_CHUNKS = 100_000  # four gigabytes of empty ones would be walked through for an hour

MOST_BYTES = 0xFFFF_FFFF - 36
"""How much sound fits: the header keeps the file's length, less its first eight bytes, in 32 bits."""


def write_wav(path: str, blocks: Iterable[Pcm], content: Content) -> None:
    """Write `blocks` to `path` as mono 16-bit PCM; raises OSError, and FileError for more than 4 GB.

    Of the tags, the script alone is kept, in a chunk that players pass over.
    """
    script = content.tags.get("script", "").encode()
    written = len(script) + 2 * _CHUNK_HEAD
    with Path(path).open("wb") as file:
        with wave.open(file, "wb") as out:
            out.setparams((1, 2, content.rate_hz, 0, "NONE", ""))
            for block in blocks:
                written += 2 * len(block)
                if written > MOST_BYTES:
                    raise FileError(path, "a WAV file holds at most 4 GB", "write .mp3 instead")
                out.writeframesraw(block.astype("<i2", copy=False).tobytes())
        if script:
            file.seek(0, 2)
            # Chunks begin at even places.
            file.write(SCRIPT_CHUNK + len(script).to_bytes(4, "little") + script + b"\0" * (len(script) % 2))
            size = file.tell() - _CHUNK_HEAD
            file.seek(4)
            file.write(size.to_bytes(4, "little"))


def read_wav_script(path: str) -> str:
    """Return the script that a WAV file carries, "" where it carries none or is no WAV; raises OSError."""
    with Path(path).open("rb") as file:
        if file.read(4) != b"RIFF":
            return ""
        file.seek(12)
        for _ in range(_MOST_CHUNKS):
            head = file.read(_CHUNK_HEAD)
            if len(head) < _CHUNK_HEAD:
                break
            size = int.from_bytes(head[4:], "little")
            if head[:4] == SCRIPT_CHUNK:
                # The size is what the file says: a wrong one must not be what is set aside for it.
                return file.read(min(size, MOST_SCRIPT_BYTES)).decode("utf-8", "replace")
            file.seek(size + size % 2, 1)
    return ""
