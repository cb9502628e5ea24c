"""The program's end of one child: nothing that is sent blocks, and nothing is waited for without a limit."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from voicecoach.processes.frames import Frame, GarbledError, read_frame, write_frame

_BOOT = (
    "import sys; root, target, *words = sys.argv[1:]; root in sys.path or sys.path.insert(0, root); "
    "from importlib import import_module; module, _, name = target.partition(':'); "
    "getattr(import_module(module), name)(*words)"
)
# How long a child may take to end once its pipe did; one that hangs is killed.
_PARTING_S = 1.0


class Failure(Enum):
    """What can become of a child, in words that follow its name where nothing more is known of it."""

    UNBORN = "was given no process by the system"
    REFUSED = "cannot serve, as it said itself"
    LATE = "did not answer in time"
    GARBLED = "answered with something unreadable"  # or to another question; it is dead by now
    ENDED = "ended unexpectedly"
    CLOSED = "was closed"  # by the program


class ChildError(Exception):
    """A child has failed: `what` it did, in words that follow its name, and `why`, the bare reason."""

    def __init__(self, failure: Failure, what: str = "", why: str = "") -> None:
        what = what or failure.value
        self.failure, self.why = failure, why or what
        super().__init__(what)


def child_command(target: str, *words: str) -> tuple[str, ...]:
    """Return how this very interpreter calls `target(*words)`, a `module:function` of this very package.

    Whatever the current folder holds plays no part.
    """
    return (sys.executable, "-P", "-c", _BOOT, str(Path(__file__).resolve().parents[2]), target, *words)


def describe_exit(code: int) -> str:
    """Return how a process ended, in words: its exit code, or the name of the signal that ended it."""
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}" if code >= 0 else f"signal {-code}"


class Child:
    """A process with a thread that writes to it and one that reads from it.

    The reading thread tells of its end, and waits for its exit code first: nobody is told half of it. Raises
    ChildError where the system gives it no process.
    """

    def __init__(self, command: tuple[str, ...], env: Mapping[str, str] | None = None) -> None:
        # Away from the terminal, whose Ctrl-C is for the program alone.
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        try:
            self.process = subprocess.Popen(
                command, env=env, creationflags=flags, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            # An embedded Python may not know its own program, and asks for "".
            why = error.strerror or str(error)
            raise ChildError(Failure.UNBORN, f"cannot start: {why}", why) from None
        self.is_ready = self.has_answered = False
        self._asked = 0
        self._failure = ChildError(Failure.CLOSED)
        self._outgoing: SimpleQueue[Frame | None] = SimpleQueue()
        self._incoming: SimpleQueue[Frame | None] = SimpleQueue()
        ways = (self._read, self._write)
        self._threads = [Thread(target=way, name="voicecoach-child", daemon=True) for way in ways]
        for thread in self._threads:
            thread.start()

    def send(self, kind: str, fields: Mapping[str, Any] | None = None, payload: bytes = b"") -> None:
        """Let a frame be sent; a child that does not read it holds up nobody."""
        self._outgoing.put(Frame(kind, fields or {}, payload))

    def poll(self, limit_s: float) -> Frame | None:
        """Return the next frame, None where none comes within the limit; raises ChildError where none can."""
        with suppress(Empty):
            if frame := self._incoming.get(timeout=limit_s):
                return frame
            self._incoming.put(None)  # whoever asks again is told again
            raise self._failure
        return None

    def receive(self, limit_s: float) -> Frame:
        """Return the next frame; raises ChildError, and does so within the limit."""
        frame = self.poll(limit_s)
        if frame is None:
            raise ChildError(Failure.LATE, f"did not answer within {limit_s:g} s")
        return frame

    def ask(self, kind: str, fields: Mapping[str, Any], limit_s: float) -> Frame:
        """Send a question and return its answer, which names the question's number; raises ChildError."""
        self._asked += 1
        self.send(kind, {**fields, "number": self._asked})
        answer = self.receive(limit_s)
        if answer.fields.get("number") != self._asked:
            # A second answer to the question before: all that follows would be one question late.
            raise ChildError(Failure.GARBLED)
        self.has_answered = True
        return answer

    def end(self, *, kill: bool) -> None:
        """End the process, by the end of its pipe or by force, and wait until it has; any thread may."""
        if kill:
            self.process.kill()
        self._outgoing.put(None)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_PARTING_S)
        self.process.kill()  # does nothing to one that has ended
        for thread in self._threads:
            thread.join(_PARTING_S)

    def _write(self) -> None:
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        # An OSError is an end, of which the reading thread tells; it may come of closing, too.
        with suppress(OSError), pipe:
            while (frame := self._outgoing.get()) is not None:
                write_frame(pipe.write, frame)
                pipe.flush()

    def _read(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        with pipe:
            try:
                while True:
                    self._incoming.put(read_frame(pipe.read))
            except GarbledError:
                self.process.kill()
                self._failure = ChildError(Failure.GARBLED)
                self._reap()
            except (EOFError, OSError):
                why = describe_exit(self._reap())
                self._failure = ChildError(Failure.ENDED, f"ended unexpectedly ({why})", why)
        self._outgoing.put(None)
        self._incoming.put(None)

    def _reap(self) -> int:
        """Return the exit code of a process that has ended, or closed its pipe and is to end now."""
        try:
            return self.process.wait(_PARTING_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
