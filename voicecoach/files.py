"""Files of the user's: read whole or refused in one sentence, and replaced in one step or left alone."""

import codecs
import errno
import os
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.errors import FileError, did_you_mean, near_matches

_FORGOTTEN_AFTER_S = 24 * 3600
"""No run lasts a day: an unfinished file that is older belongs to a run that was killed."""

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
"""What an error of the system means, and what to do."""

_FOLDER = _WORDS[errno.EISDIR]
_NO_FILE = ("this is no ordinary file", "name a file on a disk")
_NO_NAME = ("no file can have this name", "check the name")
_MARKS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


def read_text(path: str, limit_bytes: int = 1_000_000) -> str:
    """Return the text of a regular file, as `decode_text` does. Raises FileError."""
    return decode_text(read_bytes(path, limit_bytes), path, limit_bytes)


def read_bytes(path: str, limit_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most `limit_bytes`. Raises FileError."""
    try:
        # Opening a pipe would wait for its writer, so what it is comes first.
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            raise FileError(path, *(_FOLDER if stat.S_ISDIR(mode) else _NO_FILE))
        with Path(path).open("rb") as file:
            raw = file.read(limit_bytes + 1)
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as error:
        raise file_error(path, error) from None
    except ValueError:
        raise FileError(path, *_NO_NAME) from None
    if len(raw) > limit_bytes:
        raise FileError(path, *_too_large(limit_bytes))
    return raw


def decode_text(raw: bytes, source: str, limit_bytes: int = 1_000_000) -> str:
    """Return the text of at most `limit_bytes`, its lines ended by newlines alone; raises FileError.

    It is UTF-8, or UTF-16 where a byte order mark says so; `source` is what an error calls it.
    """
    if len(raw) > limit_bytes:
        raise FileError(source, *_too_large(limit_bytes))
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "UTF-8")
    try:
        text = raw.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(10) + 1
        raise FileError(source, f"line {line} is not {encoding} text", "save it as UTF-8") from None
    if "\0" in text:
        raise FileError(source, "it holds NUL bytes", "name a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_large(limit_bytes: int) -> tuple[str, str]:
    return f"larger than {limit_bytes:,} bytes", "shorten it, or split it"


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
        raise FileError(path, *_NO_NAME) from None


def file_error(path: object, error: OSError) -> FileError:
    """Return an error of the system at `path` in words, with what to do."""
    what, hint = _WORDS.get(error.errno or 0, (error.strerror or str(error), "try another place"))
    return FileError(path, what, hint)


def refuse_target(path: str) -> None:
    """Raise FileError now for a `path` that no file could be written to later."""
    folder = Path(path).parent
    if stat.S_ISDIR(mode_of(path)):
        raise FileError(path, "this is a folder", "give the name of a file")
    if not stat.S_ISDIR(mode_of(str(folder))):
        raise FileError(folder, "there is no such folder", "make it first, or choose another")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FileError(folder, "nothing can be written in this folder", "choose another")


def refuse_same_file(source: str | int, target: str) -> None:
    """Raise FileError where writing `target` would replace `source`, the file that is read.

    It is told by what the names lead to, so that links, hard links, other spellings of a path and the cases
    of a file system that does not tell them apart all count. `source` may be a file descriptor, as of a
    standard input that a shell took from a file. Where one of the two is not there, nothing is replaced.
    """
    try:
        read, replaced = os.stat(source), os.stat(target)  # noqa: PTH116 - a descriptor has no path
    except (OSError, ValueError):
        return
    if stat.S_ISREG(replaced.st_mode) and os.path.samestat(read, replaced):
        raise FileError(target, "this is the file that is read", "write to another name")


@contextmanager
def replacing(path: str) -> Generator[str, None, None]:
    """Give the path of a new, empty file beside `path`, and put it in the place of `path` at the end.

    It is in the same folder (a link is followed to its target), hidden, and has the same suffix. Where the
    body raises, it is removed and `path` stays as it was. Raises FileError, for an OSError of the body too.
    """
    made: Path | None = None
    try:
        target, made = _made_beside(path)
        # Inside, as a signal may come as soon as the file is there.
        made.touch(exist_ok=False)
        yield str(made)
        _finish(made, target)
    except BrokenPipeError:
        raise
    except FileNotFoundError as error:
        if made is None or error.filename == str(made):
            raise FileError(path, "no such folder", "make it first, or choose another") from None
        raise file_error(_at_fault(error, path, made), error) from error
    except OSError as error:
        raise file_error(_at_fault(error, path, made) if made else path, error) from error
    finally:
        if made:
            with suppress(OSError):
                made.unlink(missing_ok=True)


def _made_beside(path: str) -> tuple[Path, Path]:
    """Return the file that `path` leads to, and the name of one beside it; raises FileError and OSError."""
    try:
        target = Path(os.path.realpath(path))
        _refuse_to_replace(path, target)
        _forget_old(target)
        return target, _beside(target)
    except ValueError:
        raise FileError(path, *_NO_NAME) from None


def _missing(path: str) -> FileError:
    folder, name = os.path.split(path)
    try:
        names = sorted(each.name for each in Path(folder or ".").iterdir())
    except OSError:
        return FileError(path, "no such folder", "check the path")
    return FileError(path, "no such file", did_you_mean(near_matches(name, names)) or "check the name")


def _at_fault(error: OSError, path: str, made: Path) -> str:
    """Return the file that an error in the body is about: another one where the error names it."""
    named = error.filename
    return named if isinstance(named, str) and named not in {str(made), os.path.realpath(path)} else path


def _refuse_to_replace(path: str, target: Path) -> None:
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(found.st_mode):
        raise FileError(path, *_FOLDER)
    if not stat.S_ISREG(found.st_mode):
        raise FileError(path, *_NO_FILE)
    if not os.access(target, os.W_OK):
        raise FileError(path, "this file is write-protected", "choose another name, or allow writing to it")


def _stem(target: Path) -> str:
    """Return how the unfinished files of one target begin, short even where its own name is long."""
    import hashlib

    digest = hashlib.sha256(os.fsencode(target.name)).hexdigest()
    return f".voicecoach-{digest[:12]}-"


def _beside(target: Path) -> Path:
    return target.with_name(f"{_stem(target)}{os.urandom(4).hex()}{target.suffix}")


def _forget_old(target: Path) -> None:
    for each in target.parent.glob(f"{_stem(target)}*"):
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > _FORGOTTEN_AFTER_S:
                each.unlink()


def _finish(made: Path, target: Path) -> None:
    """Bring the new file safely to the disk and into the old one's place, with the old one's permissions."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        made.chmod(stat.S_IMODE(target.stat().st_mode))
    made.replace(target)
