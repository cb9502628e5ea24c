"""The program's end of a worker: it starts it, bounds every wait, and makes one error of whatever fails."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import IO

from voicecoach.engines.wire import (
    READY,
    REFUSED,
    EndedError,
    GarbledError,
    WireError,
    read_frame,
    write_frame,
)
from voicecoach.errors import EngineError
from voicecoach.processes.child import child_command, ending

FIRST_LIMIT_S = 6.0
"""A start and its first answer take 0.15 s; a cold disk and a busy machine are given forty times that."""

_END_LIMIT_S = 1.0
_HINT = "try again, or choose another voice with --voice"


def worker_command(engine: str) -> tuple[str, ...]:
    """Return how this very interpreter runs this very package's worker, whatever the current folder holds."""
    if not sys.executable:
        raise EngineError(
            f"the speech engine {engine} cannot start: this Python does not know its own program"
        )
    return child_command("voicecoach.engines.worker_main", engine)


class WorkerProcess:
    """A worker process, started by the first question and anew after a failure. One thread at a time.

    One that hangs before its first answer would do so again: it is not started anew.
    """

    def __init__(
        self, engine: str, command: tuple[str, ...] = (), first_limit_s: float = FIRST_LIMIT_S
    ) -> None:
        self._engine = engine
        self._command = command
        self._first_limit_s = first_limit_s
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = self._asking = False
        self._late_s: float | None = None
        self._hung: EngineError | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, None where there is none."""
        return self._process.pid if self._process else None

    def ask(self, kind: bytes, payload: bytes, limit_s: float) -> bytes:
        """Send a request and return its answer's payload; raises EngineError after `limit_s` at most.

        The first request of a process has the time of its start besides.
        """
        if self._hung:
            raise self._hung
        self._asking = True
        try:
            process = self._running()
            with self._bounded(process, limit_s if self._answered else max(limit_s, self._first_limit_s)):
                if not self._answered:
                    self._ready(process)
                write_frame(_pipe(process.stdin).write, kind, payload)
                _pipe(process.stdin).flush()
                answer, content = read_frame(_pipe(process.stdout).read)
        except (
            OSError,
            WireError,
            ValueError,
        ) as error:  # a ValueError where another thread closed its pipes
            raise self._failure(garbled=isinstance(error, GarbledError)) from None
        except BaseException:
            self._end(kill=True)  # an answer left in the pipe would be taken for the next one
            raise
        finally:
            self._asking = False
        self._answered = True
        if answer == REFUSED:
            raise EngineError(f"the speech engine {self._engine} refuses: {content.decode(errors='replace')}")
        return content

    def close(self) -> None:
        """End the process: gently, then by force; at once where a thread waits for it, and is told so."""
        process = self._process
        if self._asking and process:
            process.kill()
        else:
            self._end(kill=False)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self._end(kill=True)
        self._answered = False
        self._process = _spawn(self._command or worker_command(self._engine))
        return self._process

    def _ready(self, process: subprocess.Popen[bytes]) -> None:
        kind, content = read_frame(_pipe(process.stdout).read)
        if kind != READY:
            reason = content.decode(errors="replace")
            raise EngineError(f"the speech engine {self._engine} cannot start: {reason}", _HINT)

    @contextmanager
    def _bounded(self, process: subprocess.Popen[bytes], limit_s: float) -> Iterator[None]:
        self._late_s = None
        timer = Timer(limit_s, self._stop_late, args=(process, limit_s))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _stop_late(self, process: subprocess.Popen[bytes], limit_s: float) -> None:
        self._late_s = limit_s
        process.kill()  # ends the blocked read or write of the other thread

    def _failure(self, *, garbled: bool) -> EngineError:
        late_s, code = self._late_s, self._end(kill=garbled)
        if late_s is not None:
            what = f"did not answer within {late_s:g} s"
        elif garbled:
            what = "answered with something unreadable"
        else:
            what = f"ended unexpectedly ({ending(code)})"
        failure = EngineError(f"the speech engine {self._engine} {what}", _HINT)
        if late_s is not None and not self._answered:
            self._hung = failure
        return failure

    def _end(self, *, kill: bool) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if kill:
            process.kill()
        with suppress(OSError):
            _pipe(process.stdin).close()
        try:
            process.wait(_END_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _pipe(process.stdout).close()
        return process.returncode


def _spawn(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    # Away from the terminal, whose Ctrl-C is for the program alone.
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
        start_new_session=True,
    )


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise EndedError
    return end
