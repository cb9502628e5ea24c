"""Who keeps a child at work: starts it once it is needed, and replaces it where another one may do better."""

import time
from collections.abc import Callable, Mapping
from threading import RLock
from typing import TypeVar

from voicecoach.processes.child import Child, ChildError, Failure
from voicecoach.processes.frames import FAILED, READY

Result = TypeVar("Result")

# A machine that had no process, memory or descriptor to give is given a moment before it is asked again.
_PAUSE_S = 0.2


class Supervisor:
    """Starts `command` in `env` and knows the one child that runs. One thread uses it; any may close it."""

    def __init__(self, command: tuple[str, ...], start_limit_s: float, env: Mapping[str, str] | None = None) -> None:
        self._command, self._env = command, env
        self._start_limit_s = start_limit_s
        self._lock = RLock()
        self._child: Child | None = None
        self._is_closed = False
        self._hung: ChildError | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, None where there is none."""
        child = self._child
        return child.process.pid if child else None

    def use(self, task: Callable[[Child], Result]) -> Result:
        """Return what `task` makes of a child that is ready; raises ChildError.

        A child that dies while it starts, or talks garbage, is replaced once, and the task begun anew. One
        that hangs is not: who waited once would wait twice, and where it never answered, at each use. After
        a failure of any kind the child is ended, so that no late answer of it is taken for that to another
        question.
        """
        is_replaced = False
        while True:
            try:
                return task(self._ready_child())
            except ChildError as error:
                child = self._drop()
                if self._is_closed:
                    raise ChildError(Failure.CLOSED) from None
                if error.failure is Failure.LATE and child and not child.has_answered:
                    self._hung = error
                if is_replaced or not _may_do_better(error, child):
                    raise
            except BaseException:
                self._drop()
                raise
            is_replaced = True

    def close(self, *, kill: bool = False) -> None:
        """End the child, gently unless told to kill, and whoever uses it; further uses are errors."""
        with self._lock:
            self._is_closed = True
        self._drop(kill=kill)

    def _ready_child(self) -> Child:
        if self._hung:
            raise self._hung
        with self._lock:
            if self._is_closed:
                raise ChildError(Failure.CLOSED)
            child = self._child
            if child is None or child.process.poll() is not None:
                child = self._child = Child(self._command, self._env)
        if not child.is_ready:
            frame = child.receive(self._start_limit_s)
            if frame.kind == FAILED:
                raise ChildError(Failure.REFUSED, f"cannot start: {frame.fields['why']}", frame.fields["why"])
            if frame.kind != READY:
                raise ChildError(Failure.GARBLED)
            child.is_ready = True
        return child

    def _drop(self, *, kill: bool = True) -> Child | None:
        """End the child and return it, None where it was dropped already."""
        with self._lock:
            child, self._child = self._child, None
        if child:
            child.end(kill=kill)
        return child


def _may_do_better(error: ChildError, child: Child | None) -> bool:
    """Return whether another child may be luckier than the one that failed so."""
    if error.failure is Failure.UNBORN:
        time.sleep(_PAUSE_S)
    is_dead = error.failure is Failure.ENDED and (child is None or not child.is_ready)
    return is_dead or error.failure in {Failure.UNBORN, Failure.GARBLED}
