"""A local socket: scripts and other devices steer the session that is playing, and ask where it is.

A request is one word of at most 64 bytes, a `Command` or "status"; the answer is one JSON object. Whoever
asks is served in a thread of their own, and for a moment only, so that nobody is in another's way.
"""

import json
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict
from multiprocessing.connection import Client, Connection, Listener
from queue import Empty, SimpleQueue

from voicecoach.errors import NoSessionError, RemoteError, SessionRunningError
from voicecoach.player.commands import Command
from voicecoach.remote import Obey, Status
from voicecoach.remote.session_place import PlaceTakenError, hold_place, hurry, make_private, socket_address

_MOST_BYTES = 64
_ANSWER_BYTES = 65_536
_PATIENCE_S = 2.0
_REQUEST_S = 0.2
# More than so many who ask at the same time are sent away.
_AT_ONCE = 16


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
    """Put what a session answers, or None where there is none."""
    try:
        with Client(place) as connection:
            connection.send_bytes(word.encode())
            if connection.poll(_PATIENCE_S):
                answer = json.loads(connection.recv_bytes(_ANSWER_BYTES))
                # What is no session may listen there, and say anything, as deep as could not be printed.
                is_flat = isinstance(answer, dict) and not any(
                    isinstance(each, list | dict) for each in answer.values()
                )
                answers.put(answer if is_flat else None)
    except (OSError, EOFError, ValueError, RecursionError):
        answers.put(None)


def is_playing() -> bool:
    """Whether a session of this user is playing."""
    try:
        ask("status")
    except RemoteError:
        return False
    return True


class ControlSocket:
    """The socket of one live session."""

    def __init__(self) -> None:
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._leaving = False
        self._room = threading.Semaphore(_AT_ONCE)
        self._held = ExitStack()

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to listen.

        Raises SessionRunningError where another session does already, and RemoteError where nothing can.
        """
        place = socket_address()
        try:
            self._held.enter_context(hold_place(place))
            self._listener = Listener(place, backlog=_AT_ONCE)
            make_private(place)
        except PlaceTakenError:
            raise session_running_error() from None
        except OSError as error:
            self.close()
            what = f"commands of `voicecoach ctl` cannot be heard ({error.strerror or error})"
            raise RemoteError(what) from None
        self._thread = threading.Thread(
            target=self._listen, args=(self._listener, obey, status), name="voicecoach-control", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._leaving = True
        listener, self._listener = self._listener, None
        if listener:
            # Whoever waits for a connection is woken by one.
            with suppress(OSError, EOFError), Client(listener.address):
                pass
            with suppress(OSError):
                listener.close()
        if self._thread:
            self._thread.join(1.0)
        self._held.close()

    def _listen(self, listener: Listener, obey: Obey, status: Callable[[], Status]) -> None:
        while not self._leaving:
            with suppress(OSError, EOFError):
                connection = listener.accept()
                if self._leaving or not self._room.acquire(blocking=False):
                    connection.close()
                    continue
                threading.Thread(target=self._serve, args=(connection, obey, status), daemon=True).start()

    def _serve(self, connection: "Connection[bytes, bytes]", obey: Obey, status: Callable[[], Status]) -> None:
        try:
            with suppress(OSError, EOFError), connection:
                with hurry(connection.fileno(), _REQUEST_S):
                    request = connection.recv_bytes(_MOST_BYTES) if connection.poll(_REQUEST_S) else None
                # Whoever has left, as nobody answered, was told that nothing came of it.
                if request is not None and not connection.poll():
                    connection.send_bytes(json.dumps(_answer(request, obey, status)).encode())
        finally:
            self._room.release()


def _answer(request: bytes, obey: Obey, status: Callable[[], Status]) -> dict[str, object]:
    word = request.decode("ascii", "replace")
    if word in set(Command):
        obey(Command(word))
    elif word != "status":
        return {"ok": False, "error": "there is no such command"}
    now = status()
    return {"ok": True, **asdict(now), "state": now.state.value}


def session_running_error() -> SessionRunningError:
    """Return the error that names the session which is playing already."""
    try:
        title = ask("status").get("title")
    except RemoteError:
        return SessionRunningError("a session is playing already", "stop it with Ctrl-C where it was started")
    return SessionRunningError(f'"{title}" is playing already', "`voicecoach ctl stop` ends it")
