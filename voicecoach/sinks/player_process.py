"""The program's end of the process that simpleaudio lives in: nothing is waited for, a crash is one error."""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from voicecoach.errors import DeviceError
from voicecoach.processes.child import child_command, ending
from voicecoach.sinks.player_wire import FAILED, PLAY, READY, STARTED, STOP, packed, read_message

_START_LIMIT_S = 10.0
_DEAF_S = 5.0
"""A stretch that has not begun so long after its time never will."""

_END_LIMIT_S = 1.0
_HINT = "try `--output miniaudio`, or run without sound by `--output null`"


class PlayerProcess:
    """The process, while it is entered."""

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        self._command = command or child_command("voicecoach.sinks.player_main")
        self._messages: SimpleQueue[bytes | None] = SimpleQueue()
        self._failure = ""
        self._awaited: list[float] = []
        self._ready = threading.Event()
        self._threads = [
            threading.Thread(target=role, name="voicecoach-simpleaudio", daemon=True)
            for role in (self._write, self._read)
        ]

    def __enter__(self) -> Self:
        # Its C code frees memory without the lock of Python: only this allocator survives that.
        env = {**os.environ, "PYTHONMALLOC": "malloc"}
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        self._process = subprocess.Popen(
            self._command, env=env, creationflags=flags, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for thread in self._threads:
            thread.start()
        self._awaited.append(time.monotonic() + _START_LIMIT_S - _DEAF_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._messages.put(None)
        if error is not None:
            self._process.kill()
        try:
            self._process.wait(_END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def is_ready(self, seconds: float) -> bool:
        """Return whether the process plays at once; wait for that so long."""
        return self._ready.wait(seconds)

    def play(self, pcm: bytes, rate_hz: int, starts_s: float) -> None:
        """Let samples of 16 bits sound from a moment on, in seconds of the system's monotonic clock."""
        self._awaited.append(starts_s)
        self._messages.put(packed(PLAY, pcm, rate_hz, starts_s))

    def stop(self) -> None:
        """Stop all that sounds, and forget what has not begun."""
        self._awaited = []
        self._messages.put(packed(STOP))

    def check(self) -> None:
        """Raise DeviceError where the process has failed, crashed, or does not play what it was given."""
        ended = self._process.poll() is not None
        if ended:
            self._threads[-1].join(_END_LIMIT_S)  # what it said before its end is why
        if self._failure:
            raise DeviceError(self._failure, _HINT)
        if ended:
            raise DeviceError(
                f"the sound player simpleaudio ended ({ending(self._process.returncode)})", _HINT
            )
        if self._awaited and time.monotonic() - self._awaited[0] > _DEAF_S:
            raise DeviceError("the sound player simpleaudio does not answer", _HINT)

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        with suppress(OSError), pipe:
            while (message := self._messages.get()) is not None:
                pipe.write(message)
                pipe.flush()

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        with suppress(OSError, EOFError), pipe:
            while True:
                kind, content, _, starts_s = read_message(pipe.read)
                if kind == FAILED:
                    self._failure = content.decode(errors="replace")
                elif kind == READY:
                    self._awaited = []
                    self._ready.set()
                elif kind == STARTED:
                    self._awaited = [each for each in self._awaited if each > starts_s]
