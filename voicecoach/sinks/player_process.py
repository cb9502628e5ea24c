"""The process that simpleaudio lives in: its C code may crash there without taking the session along.

The program's end waits for nothing, and a crash is one error to it.
"""

import os
import time
from collections import deque
from threading import Event, Thread
from typing import Any, Self

from voicecoach.errors import DeviceError
from voicecoach.processes.child import Child, ChildError, Failure, child_command
from voicecoach.processes.frames import FAILED, Frame
from voicecoach.processes.inside import ParentProcess, tell_in_a_line
from voicecoach.processes.supervisor import Supervisor
from voicecoach.units import RATE_HZ

# What passes: samples, their `rate_hz` and `starts_s`, a moment of the system's monotonic clock; to stop all
# that sounds or waits; that the samples of that moment sound.
_PLAY, _STOP, _STARTED = "play", "stop", "started"

_START_LIMIT_S = 10.0
# A stretch that has not begun so long after its time never will.
_DEAF_S = 5.0
_LISTEN_S = 1.0
_LOOK_S = 0.1
_TRIED_BYTES = 4410
# A sound that ends so long before its time was broken off; devices keep a tenth of a second.
_EARLY_S = 0.6

_NAME = "the sound player simpleaudio"
_DEAF = f"{_NAME} does not answer"
_HINT = "try `--output miniaudio`, or run without sound by `--output null`"


class PlayerProcess:
    """The process, while it is entered; `starts` counts those that were ready: each knows of itself alone."""

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        # Its C code frees memory without the lock of Python: only this allocator survives that.
        env = {**os.environ, "PYTHONMALLOC": "malloc"}
        command = command or child_command("voicecoach.sinks.player_process:run_player")
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
            self._child.send(_PLAY, {"rate_hz": rate_hz, "starts_s": starts_s}, pcm)

    def stop(self) -> None:
        """Stop all that sounds, and forget what has not begun."""
        if self._child:
            self._awaited = []
            self._child.send(_STOP)

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
                frame = child.poll(_LISTEN_S)
                if frame and frame.kind == FAILED:
                    self._failure = frame.fields["why"]
                elif frame and frame.kind == _STARTED:
                    self._awaited = [each for each in self._awaited if each > frame.fields["starts_s"]]
        finally:
            self._ready.clear()


def run_player() -> None:
    """Play what the program sends, until it is gone; this is called inside the process."""
    parent = ParentProcess()
    try:
        # Here and not above: whoever has not installed it is to hear of it.
        import simpleaudio

        # A moment of silence tells at once whether there is a device, and opens it for the first time.
        simpleaudio.play_buffer(bytes(_TRIED_BYTES), 1, 2, RATE_HZ)
    except ImportError as error:
        parent.fail(f"simpleaudio cannot be loaded ({error})")
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        parent.fail(_tell_no_device(error))
    else:
        parent.is_ready()
        _serve(simpleaudio, parent)


def _serve(simpleaudio: Any, parent: ParentProcess) -> None:  # noqa: ANN401 - it publishes no types
    """Play each sound at its moment, for ever, and tell where one was broken off, as by a device that is gone."""
    waiting: deque[Frame] = deque()
    playing: list[tuple[Any, float]] = []  # with the moments at which they end
    while True:
        left_s = waiting[0].fields["starts_s"] - time.monotonic() if waiting else _LOOK_S
        frame = parent.receive(min(max(left_s, 0.0), _LOOK_S))
        if frame and frame.kind == _PLAY:
            waiting.append(frame)
        elif frame:
            waiting.clear()
            playing.clear()
            simpleaudio.stop_all()
        if waiting and waiting[0].fields["starts_s"] <= time.monotonic():
            due = waiting.popleft()
            rate_hz = due.fields["rate_hz"]
            try:
                sound = simpleaudio.play_buffer(due.payload, 1, 2, rate_hz)
            except Exception as error:  # noqa: BLE001 - as above
                parent.fail(_tell_no_device(error))
            else:
                playing.append((sound, time.monotonic() + len(due.payload) / 2 / rate_hz))
                parent.send(_STARTED, {"starts_s": due.fields["starts_s"]})
        now_s = time.monotonic()
        if any(not sound.is_playing() and end_s - now_s > _EARLY_S for sound, end_s in playing):
            playing.clear()
            parent.fail("the audio device stopped taking sound")
        playing = [(sound, end_s) for sound, end_s in playing if end_s > now_s]


def _tell_no_device(error: Exception) -> str:
    return f"no audio device was found ({tell_in_a_line(error)})"
