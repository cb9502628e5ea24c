"""Files of the user's, replaced in one step: the old or the new one stands there whole, at any moment."""

import errno
import os
import re
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.errors import FileError, plain
from voicecoach.files import IS_FOLDER, NO_FILE, NO_NAME, file_error, mode_of, open_regular

if sys.platform != "win32":
    import fcntl

# The names of files that are being written: nothing else is ever swept.
_UNFINISHED = re.compile(r"\.voicecoach-[0-9a-f]{12}-[0-9a-f]{8}(?:\..*)?", re.DOTALL)

# Where no lock tells whether a file is still written to, its age must; and to set a lock takes a moment.
_ABANDONED_AFTER_S = 3600

# How file systems (vfat, FUSE, CIFS) decline to keep permissions or to sync, which harms no content.
_DECLINED = ("ENOTSUP", "EOPNOTSUPP", "EINVAL", "ENOSYS", "EPERM", "EACCES")
_UNSUPPORTED = {getattr(errno, name) for name in _DECLINED if hasattr(errno, name)}


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
    beside: Path | None = None
    lock: int | None = None
    try:
        target, beside = _named_beside(path)
        # Inside, as a signal may come as soon as the file is there. The system itself ends the lock with
        # this process, however that ends.
        lock = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        _try_lock(lock)
        _sweep_folder_of(beside)
        yield str(beside)
        if sys.platform == "win32":
            # An open file cannot be moved there; nor can it be removed, which is what the lock is for.
            os.close(lock)
            lock = None
        _finish(beside, target)
    except BrokenPipeError:
        raise
    except FileNotFoundError as error:
        if beside is None or error.filename == str(beside):
            raise FileError(path, "no such folder", "make it first, or choose another") from None
        raise file_error(_at_fault(error, path, beside), error) from error
    except OSError as error:
        raise file_error(_at_fault(error, path, beside) if beside else path, error) from error
    finally:
        if lock is not None:
            os.close(lock)
        if beside:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _named_beside(path: str) -> tuple[Path, Path]:
    """Return the file that `path` leads to, and the name of one beside it; raises FileError."""
    try:
        target = Path(os.path.realpath(path))
    except ValueError:
        raise FileError(path, *NO_NAME) from None
    if mode := mode_of(path):
        if not stat.S_ISREG(mode):
            raise FileError(path, *(IS_FOLDER if stat.S_ISDIR(mode) else NO_FILE))
        if not os.access(target, os.W_OK):
            raise FileError(path, "this file is write-protected", "choose another name, or allow writing to it")
    drawn = os.urandom(10).hex()
    return target, target.with_name(f".voicecoach-{drawn[:12]}-{drawn[12:]}{target.suffix}")


def _at_fault(error: OSError, path: str, beside: Path) -> str:
    """Return the file that an error in the body is about: another one where the error names it."""
    named = error.filename
    return named if isinstance(named, str) and named not in {str(beside), os.path.realpath(path)} else path


def _try_lock(number: int) -> bool | None:
    """Hold an open file for as long as it is open; False: another process does, None: nobody can tell."""
    if sys.platform == "win32":
        return True  # a file that is open anywhere cannot be removed
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _sweep_folder_of(beside: Path) -> None:
    """Remove what killed runs left unfinished in the folder of `beside`, whatever it was to become."""
    with suppress(OSError):
        # The disk's own clock: that of a server may not be this machine's.
        now_s = beside.stat().st_mtime
        with os.scandir(beside.parent) as found:
            names = [each.name for each in found if _UNFINISHED.fullmatch(each.name)]
        for path in (beside.with_name(name) for name in names if name != beside.name):
            with suppress(OSError):
                if _is_abandoned(path, now_s):
                    path.unlink()


def _is_abandoned(path: Path, now_s: float) -> bool:
    """Whether an unfinished file is an hour old and nobody writes to it; raises OSError."""
    number = open_regular(path, os.O_RDWR)
    try:
        age_s = now_s - os.fstat(number).st_mtime
        is_free = _try_lock(number)
    finally:
        os.close(number)
    # A clock that was set back leaves files of the future, which are as old as any if nobody holds them.
    return is_free is not False and (abs(age_s) if is_free else age_s) > _ABANDONED_AFTER_S


def _finish(beside: Path, target: Path) -> None:
    """Bring the new file safely to the disk and into the old one's place, with the old one's permissions.

    Without the sync, a machine that loses power may keep the new name and lose the content; without that of
    the folder, it may come back with the old file.
    """
    with beside.open("rb+") as file:
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(target.stat().st_mode)
            with _going_on(target, "its permissions could not be kept"):
                beside.chmod(mode)
        with _going_on(target, "its content could not be synced to the disk"):
            os.fsync(file.fileno())
    beside.replace(target)
    if sys.platform != "win32":  # which opens no folders
        with _going_on(target, "its folder could not be synced to the disk"):
            folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextmanager
def _going_on(target: Path, what: str) -> Generator[None, None, None]:
    """Let a file system decline what it does not support: that is worth a note, and no reason to stop."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        import logging  # which takes as long to load as all of this package that `--help` needs

        logging.getLogger(__name__).info("%s: %s (%s)", plain(str(target)), what, error.strerror)
