"""The program's end of the process that simpleaudio lives in: nothing is waited for, a crash is one error."""

import os
import time
from threading import Event, Thread
from typing import Self

from voicecoach.errors import DeviceError
from voicecoach.processes.child import Child, ChildError, Failure, child_command
from voicecoach.processes.frames import FAILED
from voicecoach.processes.supervisor import Supervisor
from voicecoach.sinks.player_main import PLAY, STARTED, STOP

_START_LIMIT_S = 10.0
# A stretch that has not begun so long after its time never will.
_DEAF_S = 5.0

_LOOK_S = 1.0
_NAME = "the sound player simpleaudio"
_DEAF = f"{_NAME} does not answer"
_HINT = "try `--output miniaudio`, or run without sound by `--output null`"


class PlayerProcess:
    """The process, while it is entered; `starts` counts those that were ready: each knows of itself alone."""

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        # Its C code frees memory without the lock of Python: only this allocator survives that.
        env = {**os.environ, "PYTHONMALLOC": "malloc"}
        command = command or child_command("voicecoach.sinks.player_main:run_player")
        self._supervisor = Supervisor(command, _START_LIMIT_S, env)
        self._thread = Thread(target=self._listen, name="voicecoach-simpleaudio", daemon=True)
        self._child: Child | None = None
        self._failure = ""
        self._awaited: list[float] = []
        self._ready = Event()
        self.starts = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._supervisor.close(kill=error is not None)
        self._thread.join()

    def is_ready(self, seconds: float) -> bool:
        """Return whether the process plays at once; wait for that so long."""
        return self._ready.wait(seconds)

    def play(self, pcm: bytes, rate_hz: int, starts_s: float) -> None:
        """Let samples of 16 bits sound from a moment on, in seconds of the system's monotonic clock."""
        if self._child:
            self._awaited.append(starts_s)
            self._child.send(PLAY, {"rate_hz": rate_hz, "starts_s": starts_s}, pcm)

    def stop(self) -> None:
        """Stop all that sounds, and forget what has not begun."""
        if self._child:
            self._awaited = []
            self._child.send(STOP)

    def check(self) -> None:
        """Raise DeviceError where the process has failed, crashed, or does not play what it was given."""
        if self._failure:
            raise DeviceError(self._failure, _HINT)
        if self._awaited and time.monotonic() - self._awaited[0] > _DEAF_S:
            raise DeviceError(_DEAF, _HINT)

    def _listen(self) -> None:
        try:
            self._supervisor.use(self._follow)
        except ChildError as error:
            said = {Failure.LATE: _DEAF, Failure.REFUSED: error.why, Failure.ENDED: f"{_NAME} ended ({error.why})"}
            self._failure = said.get(error.failure, f"{_NAME} {error}")

    def _follow(self, child: Child) -> None:
        """Note what the process says, until it fails."""
        self._child, self._awaited = child, []
        self.starts += 1
        self._ready.set()
        try:
            while not self._failure:
                frame = child.poll(_LOOK_S)
                if frame and frame.kind == FAILED:
                    self._failure = frame.fields["why"]
                elif frame and frame.kind == STARTED:
                    self._awaited = [each for each in self._awaited if each > frame.fields["starts_s"]]
        finally:
            self._ready.clear()
