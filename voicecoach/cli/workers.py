"""The processes that several sessions are written in: they stop with the program, however it ends."""

import _thread
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from threading import Thread
from typing import TypeVar

from voicecoach.cli.stopping import StopSignals
from voicecoach.cores import CORES, share_cores

# How long a worker that has to end may take to leave nothing half written.
_TIDY_S = 10.0

Task = TypeVar("Task")
Made = TypeVar("Made")


def share_out(
    tasks: Sequence[Task], make: Callable[[Task], Made], told: Callable[[Task, "Future[Made]"], None]
) -> list[Task]:
    """Make something of each task in processes of their own, as many at once as there are cores.

    Each that is done goes to `told`, as it comes. Returns the tasks that are not, as a worker ended
    unexpectedly: one that does takes the others along.
    """
    left = list(tasks)
    running: dict[Future[Made], Task] = {}
    hands = max(1, min(len(tasks), CORES))
    # A fresh interpreter each: threads and sound libraries do not survive a fork.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(hands, mp_context=fresh, initializer=_obey, initargs=(hands,))
    try:
        with suppress(BrokenProcessPool):
            for task in tasks:
                running[pool.submit(_unless_stopped, make, task)] = task
        for done in as_completed(running):
            if not isinstance(done.exception(), BrokenProcessPool):
                left.remove(running[done])
                told(running[done], done)
    except BaseException:
        # Where the program is stopped, its workers stop too and leave nothing half written.
        for worker in multiprocessing.active_children():
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()
    return left


def _unless_stopped(make: Callable[[Task], Made], task: Task) -> Made:
    """Return what `make` makes; where the worker is stopped meanwhile, end it."""
    try:
        return make(task)
    except SystemExit:
        # A pool takes this for a result like any other, and its worker would go on with the next task.
        os._exit(1)


def _obey(workers: int) -> None:
    """Leave Ctrl-C to the program, take its word to end as a reason to tidy up, and do not outlive it."""
    share_cores(workers)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    StopSignals(_ended).listen()
    Thread(target=_end_with_the_program, daemon=True).start()


def _end_with_the_program() -> None:
    program = multiprocessing.parent_process()
    if program:
        program.join()
        os.kill(os.getpid(), signal.SIGTERM)
        _end_untidily()


def _ended(_: int) -> SystemExit:
    """Return what lets the worker tidy up and end; the pool waits for that, hence it ends in any case."""
    _thread.start_new_thread(_end_untidily, ())
    return SystemExit(1)


def _end_untidily() -> None:
    time.sleep(_TIDY_S)
    os._exit(1)
