"""A local socket: scripts and other devices steer the session that is playing, and ask where it is.

A request is one word of at most 64 bytes, a `Command` or "status"; the answer is one JSON object. The socket
lies in a folder of the user's alone.
"""

import json
import os
import stat
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from voicecoach.errors import RemoteError
from voicecoach.player import Command
from voicecoach.remote import Obey, Status

_MOST_BYTES = 64
_ANSWER_BYTES = 65_536
_PATIENCE_S = 2.0


def address() -> str:
    """Return where the socket of this user's session is: a pipe on Windows, else a private file."""
    if os.name == "nt":
        return rf"\\.\pipe\voicecoach-{os.environ.get('USERNAME', 'user')}"
    return str(_folder() / "voicecoach.sock")


def ask(word: str) -> dict[str, object]:
    """Send a command, or "status", to the session that is playing, and return its answer.

    Raises RemoteError where none is playing.
    """
    try:
        with Client(address()) as connection:
            connection.send_bytes(word.encode())
            if not connection.poll(_PATIENCE_S):
                raise RemoteError("the session does not answer", "stop it with Ctrl-C, and start anew")
            answer: dict[str, object] = json.loads(connection.recv_bytes(_ANSWER_BYTES))
    except (OSError, EOFError, ValueError):
        raise RemoteError("no session is playing", "start one with `voicecoach play SESSION`") from None
    return answer


class ControlSocket:
    """The socket of one live session."""

    def __init__(self) -> None:
        self._listener: Listener | None = None
        self._leaving = False

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to listen; raises RemoteError where another session does already."""
        place = address()
        if os.name != "nt":
            _forget_dead(Path(place))
        try:
            self._listener = Listener(place)
        except OSError as error:
            raise RemoteError(f"commands cannot be listened to ({error.strerror or error})") from None
        threading.Thread(
            target=self._listen, args=(obey, status), name="voicecoach-control", daemon=True
        ).start()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._leaving = True
        listener, self._listener = self._listener, None
        if listener:
            # Whoever waits for a connection is woken by one.
            with suppress(OSError), Client(listener.address):
                pass
            with suppress(OSError):
                listener.close()

    def _listen(self, obey: Obey, status: Callable[[], Status]) -> None:
        listener = self._listener
        while listener and not self._leaving:
            with suppress(OSError, EOFError), listener.accept() as connection:
                if not self._leaving:
                    _answer(connection, obey, status)


def _answer(connection: "Connection[bytes, bytes]", obey: Obey, status: Callable[[], Status]) -> None:
    if not connection.poll(_PATIENCE_S):
        return
    word = connection.recv_bytes(_MOST_BYTES).decode("ascii", "replace")
    if word in set(Command):
        obey(Command(word))
        said: dict[str, object] = {"ok": True, **_shown(status())}
    elif word == "status":
        said = {"ok": True, **_shown(status())}
    else:
        said = {"ok": False, "error": "there is no such command"}
    connection.send_bytes(json.dumps(said).encode())


def _shown(status: Status) -> dict[str, object]:
    return {**asdict(status), "state": status.state.value}


def _folder() -> Path:
    """Return a folder that is the user's alone: in their runtime folder, else in the temporary one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        folder = Path(runtime) / "voicecoach"
    else:
        folder = Path(tempfile.gettempdir()) / f"voicecoach-{os.getuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        found = folder.lstat()
    except OSError as error:
        what = f"{folder}: no control socket can stand here ({error.strerror})"
        raise RemoteError(what) from None
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    if not private:
        raise RemoteError(f"{folder}: this folder is not yours alone", "remove it, and try again")
    return folder


def _forget_dead(place: Path) -> None:
    """Remove the socket of a session that was killed; raise RemoteError for one that is alive."""
    if not place.exists():
        return
    try:
        title = ask("status").get("title", "a session")
    except RemoteError as error:
        if "answer" in error.what:
            raise
        place.unlink(missing_ok=True)
    else:
        raise RemoteError(f'"{title}" is playing already', "`voicecoach ctl stop` ends it")
