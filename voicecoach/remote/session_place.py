"""Where the control socket of a user lies, and whose it is: one session's at a time, and nobody else's.

That one session plays at a time does not hang on the socket, which may have no place to stand.
"""

import os
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from voicecoach.errors import RemoteError, VoicecoachError
from voicecoach.paths import data_folder, runtime_folder

if sys.platform != "win32":
    import fcntl

# Where a runtime folder lies by its user's number, whether or not a program is told of it.
_RUNTIME = Path("/run/user")


class PlaceTakenError(Exception):
    """Another session holds the place."""


def socket_address() -> str:
    """Return where the socket of this user's session is: a pipe on Windows, else a file in a private folder.

    Raises RemoteError where no folder is the user's alone.
    """
    if sys.platform == "win32":
        return rf"\\.\pipe\voicecoach-{os.environ.get('USERNAME', 'user')}"
    return str(_folder() / "voicecoach.sock")


@contextmanager
def hold_playing_lock() -> Iterator[None]:
    """Be the one session of this user that plays; raises PlaceTakenError.

    It is the same place from any terminal or script. Where it cannot be written to, nothing is held.
    """
    with ExitStack() as stack:
        with suppress(OSError, VoicecoachError):
            folder = data_folder()
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_locked(folder / "playing.lock"))
        yield


@contextmanager
def hold_place(place: str) -> Iterator[None]:
    """Hold the place for one session, cleared of what a killed one left there; raises PlaceTakenError."""
    if sys.platform == "win32":  # a pipe is its first owner's, and gone with it
        yield
        return
    with _locked(Path(f"{place}.lock")):
        Path(place).unlink(missing_ok=True)
        yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file, which the system itself lets go of when the session ends, however it ends."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlaceTakenError from None
        yield
    finally:
        os.close(lock)


def make_private(place: str) -> None:
    """Let nobody but the user open the socket."""
    if sys.platform != "win32":
        Path(place).chmod(0o600)


@contextmanager
def hurry(number: int, seconds: float) -> Iterator[None]:
    """Hang up on an open socket that is not done by then.

    The limit of a read is none for a request: who sends it a byte at a time starts each read anew.
    """
    if sys.platform == "win32":  # a message of a pipe arrives whole
        yield
        return
    with socket.socket(fileno=os.dup(number)) as same:
        timer = threading.Timer(seconds, _hang_up, (same,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be done in this very moment
        connection.shutdown(socket.SHUT_RDWR)


def _folder() -> Path:
    """Return a folder that is the user's alone: in their runtime folder, else in the temporary one."""
    runtime = runtime_folder(os.environ)
    usual = _RUNTIME / str(os.getuid())
    if runtime and os.access(runtime, os.W_OK | os.X_OK):
        folder = runtime / "voicecoach"
    elif not runtime and usual.is_dir() and usual.stat().st_uid == os.getuid():
        folder = usual / "voicecoach"
    else:
        folder = Path(tempfile.gettempdir()) / f"voicecoach-{os.getuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        found = folder.lstat()
    except OSError as error:
        what = f"{folder}: no control socket can stand here ({error.strerror})"
        raise RemoteError(what, "`voicecoach ctl` reaches no session") from None
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    if not own:
        raise RemoteError(f"{folder}: this folder is not yours alone", "remove it for `voicecoach ctl` to work")
    return folder
