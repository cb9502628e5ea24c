"""A local socket: scripts and other devices steer the session that is playing, and ask where it is.

A request is one word of at most 64 bytes, a `Command` or "status"; the answer is one JSON object. Whoever
asks is served in a thread of their own, and for a moment only, so that nobody is in another's way. The socket
is one session's at a time, and nobody else's but the user's; that one session plays at a time does not hang
on it, as it may have no place to stand.
"""

import json
import os
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from queue import Empty, SimpleQueue

from voicecoach.errors import NoSessionError, RemoteError, SessionRunningError, VoicecoachError
from voicecoach.paths import data_folder, runtime_folder
from voicecoach.player.commands import Command
from voicecoach.remote import Note, Obey, Status, beside

if sys.platform != "win32":
    import fcntl

_MOST_BYTES = 64
_ANSWER_BYTES = 65_536
_PATIENCE_S = 2.0
_REQUEST_S = 0.2
# More than so many who ask at the same time are sent away.
_AT_ONCE = 16
# Where a runtime folder lies by its user's number, whether or not a program is told of it.
_RUNTIME = Path("/run/user")


def ask(word: str) -> dict[str, object]:
    """Send a command, or "status", to the session that is playing, and return its answer.

    Raises RemoteError where none is playing.
    """
    answers: SimpleQueue[dict[str, object] | None] = SimpleQueue()
    # A session that was stopped accepts nobody: not even to be connected is waited for longer.
    threading.Thread(target=_ask, args=(socket_address(), word, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=_PATIENCE_S)
    except Empty:
        raise RemoteError("the session does not answer", "stop it with Ctrl-C, and start anew") from None
    if answer is None:
        raise NoSessionError("no session is playing", "start one with `voicecoach play SESSION`")
    return answer


def _ask(place: str, word: str, answers: "SimpleQueue[dict[str, object] | None]") -> None:
    try:
        with Client(place) as connection:
            connection.send_bytes(word.encode())
            if connection.poll(_PATIENCE_S):
                answer = json.loads(connection.recv_bytes(_ANSWER_BYTES))
                # What is no session may listen there, and say anything, as deep as could not be printed.
                deep = not isinstance(answer, dict) or any(isinstance(each, list | dict) for each in answer.values())
                answers.put(None if deep else answer)
    except (OSError, EOFError, ValueError, RecursionError):
        answers.put(None)


def is_playing() -> bool:
    """Whether a session of this user is playing."""
    with suppress(RemoteError):
        return bool(ask("status"))
    return False


def socket_address() -> str:
    """Return where the socket of this user's session is: a pipe on Windows, else a file in a private folder.

    Raises RemoteError where no folder is the user's alone.
    """
    if sys.platform == "win32":
        return rf"\\.\pipe\voicecoach-{os.environ.get('USERNAME', 'user')}"
    # In the user's runtime folder, else in the temporary one.
    runtime, usual = runtime_folder(os.environ), _RUNTIME / str(os.getuid())
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
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise RemoteError(f"{folder}: this folder is not yours alone", "remove it for `voicecoach ctl` to work")
    return str(folder / "voicecoach.sock")


@contextmanager
def listen_to_scripts(obey: Obey, status: Callable[[], Status], _: Note) -> Iterator[None]:
    """Listen at the socket.

    Raises SessionRunningError where another session does already, and RemoteError where nothing can.
    """
    place, leaving = socket_address(), threading.Event()
    with ExitStack() as stack:
        try:
            if sys.platform != "win32":  # a pipe is its first owner's, and gone with it
                stack.enter_context(_locked(Path(f"{place}.lock")))
                Path(place).unlink(missing_ok=True)  # a killed session left it
            listener = Listener(place, backlog=_AT_ONCE)
            stack.callback(_close, listener)
            if sys.platform != "win32":
                Path(place).chmod(0o600)
        except OSError as error:
            raise RemoteError(f"commands of `voicecoach ctl` cannot be heard ({error.strerror or error})") from None

        def leave() -> None:
            leaving.set()
            # Whoever waits for a connection is woken by one.
            with suppress(OSError, EOFError), Client(listener.address):
                pass
            _close(listener)

        with beside(lambda: _listen(listener, leaving, obey, status), "control", leave):
            yield


def _close(listener: Listener) -> None:
    with suppress(OSError):
        listener.close()


def _listen(listener: Listener, leaving: threading.Event, obey: Obey, status: Callable[[], Status]) -> None:
    room = threading.Semaphore(_AT_ONCE)

    def serve(connection: "Connection[bytes, bytes]") -> None:
        try:
            with suppress(OSError, EOFError), connection:
                with _hurry(connection.fileno()):
                    request = connection.recv_bytes(_MOST_BYTES) if connection.poll(_REQUEST_S) else None
                # Whoever has left, as nobody answered, was told that nothing came of it.
                if request is not None and not connection.poll():
                    connection.send_bytes(json.dumps(_answer(request, obey, status)).encode())
        finally:
            room.release()

    while not leaving.is_set():
        with suppress(OSError, EOFError):
            connection = listener.accept()
            if leaving.is_set() or not room.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


def _answer(request: bytes, obey: Obey, status: Callable[[], Status]) -> dict[str, object]:
    word = request.decode("ascii", "replace")
    if word in set(Command):
        obey(Command(word))
    elif word != "status":
        return {"ok": False, "error": "there is no such command"}
    now = status()
    return {"ok": True, **asdict(now), "state": now.state.value}


@contextmanager
def hold_playing_lock() -> Iterator[None]:
    """Be the one session of this user that plays; raises SessionRunningError.

    It is the same place from any terminal or script. Where it cannot be written to, nothing is held.
    """
    with ExitStack() as stack:
        try:
            folder = data_folder()
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_locked(folder / "playing.lock"))
        except SessionRunningError:
            raise
        except (OSError, VoicecoachError):
            pass
        yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file, which the system itself lets go of when the session ends; raises SessionRunningError."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what, hint = "a session is playing already", "stop it with Ctrl-C where it was started"
            with suppress(RemoteError):
                what, hint = f'"{ask("status").get("title")}" is playing already', "`voicecoach ctl stop` ends it"
            raise SessionRunningError(what, hint) from None
        yield
    finally:
        os.close(lock)


@contextmanager
def _hurry(number: int) -> Iterator[None]:
    """Hang up on an open socket that is not done by then.

    The limit of a read is none for a request: who sends it a byte at a time starts each read anew.
    """
    if sys.platform == "win32":  # a message of a pipe arrives whole
        yield
        return

    def hang_up() -> None:
        with suppress(OSError):  # it may be done in this very moment
            same.shutdown(socket.SHUT_RDWR)

    with socket.socket(fileno=os.dup(number)) as same:
        timer = threading.Timer(_REQUEST_S, hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
