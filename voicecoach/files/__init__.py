"""Files of the user's, and of this program's: read whole, or refused in one sentence."""

import codecs
import errno
import os
import stat
from pathlib import Path

from voicecoach.errors import FileError, did_you_mean, near_matches

# What an error of the system means, and what to do.
_WORDS = {
    errno.ENOENT: ("no such file or folder", "check the name"),
    errno.ENOTDIR: ("a part of this path is a file and no folder", "check the path"),
    errno.EISDIR: ("this is a folder", "name a file in it"),
    errno.EACCES: ("permission denied", "choose a place that is yours, or change its permissions"),
    errno.EPERM: ("permission denied", "choose a place that is yours, or change its permissions"),
    errno.EROFS: ("this place is read-only", "choose another folder"),
    errno.ENOSPC: ("the disk is full", "free some space, or choose another disk"),
    errno.EDQUOT: ("your quota of disk space is used up", "free some space, or choose another disk"),
    errno.EFBIG: ("the file grew larger than allowed here", "choose another disk, or raise the limit"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("its links lead in a circle", "name the file itself"),
}

IS_FOLDER = _WORDS[errno.EISDIR]
NO_FILE = ("this is no ordinary file", "name a file on a disk")
NO_NAME = ("no file can have this name", "check the name")

# Without waiting for the other end of a pipe, without following a link, where the platform has these.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def file_error(path: object, error: OSError) -> FileError:
    """Return an error of the system at `path` in words, with what to do."""
    what, hint = _WORDS.get(error.errno or 0, (error.strerror or str(error), "try another place"))
    return FileError(path, what, hint)


def read_text(path: str, limit_bytes: int = 1_000_000) -> str:
    """Return the text of a regular file, as `decode_text` does. Raises FileError."""
    return decode_text(read_bytes(path, limit_bytes), path, limit_bytes)


def read_bytes(path: str, limit_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most `limit_bytes`. Raises FileError."""
    try:
        # Opening a pipe would wait for its writer, so what it is comes first.
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            raise FileError(path, *(IS_FOLDER if stat.S_ISDIR(mode) else NO_FILE))
        with Path(path).open("rb") as file:
            raw = file.read(limit_bytes + 1)
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as error:
        raise file_error(path, error) from None
    except ValueError:
        raise FileError(path, *NO_NAME) from None
    _refuse_more(raw, path, limit_bytes)
    return raw


def decode_text(raw: bytes, source: str, limit_bytes: int = 1_000_000) -> str:
    """Return the text of at most `limit_bytes`, its lines ended by newlines alone; raises FileError.

    It is UTF-8, or UTF-16 where a byte order mark says so; `source` is what an error calls it.
    """
    _refuse_more(raw, source, limit_bytes)
    encoding = "UTF-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "UTF-8"
    try:
        text = raw.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(10) + 1
        raise FileError(source, f"line {line} is not {encoding} text", "save it as UTF-8") from None
    if "\0" in text:
        raise FileError(source, "it holds NUL bytes", "name a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mode_of(path: str) -> int:
    """Return the kind and permissions of what stands at `path`, 0 where nothing does.

    Raises FileError for a path where nothing can stand, or that cannot be looked at.
    """
    try:
        return Path(path).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise file_error(path, error) from None
    except ValueError:
        raise FileError(path, *NO_NAME) from None


def open_regular(path: Path, flags: int) -> int:
    """Return the number of a file opened with `flags` of `os.open`; raises OSError for what is no file."""
    number = os.open(path, flags | _AT_ONCE, 0o666)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(f"{path} is no ordinary file")
    return number


def read_regular(path: Path, most_bytes: int) -> bytes | None:
    """Return the bytes of a file, None where there is none or more than `most_bytes`."""
    try:
        with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
            return file.read() if os.fstat(file.fileno()).st_size <= most_bytes else None
    except OSError:
        return None


def _refuse_more(raw: bytes, source: str, limit_bytes: int) -> None:
    if len(raw) > limit_bytes:
        raise FileError(source, f"larger than {limit_bytes:,} bytes", "shorten it, or split it")


def _missing(path: str) -> FileError:
    folder, name = os.path.split(path)
    try:
        names = sorted(each.name for each in Path(folder or ".").iterdir())
    except OSError:
        return FileError(path, "no such folder", "check the path")
    return FileError(path, "no such file", did_you_mean(near_matches(name, names)) or "check the name")
