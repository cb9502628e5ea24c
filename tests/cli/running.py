"""The real command line, in a process of its own: what a person types, and what they get."""

import atexit
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.bounds import HANG_S
from tests.cli.warm import AT_START

ROOT = Path(__file__).parents[2]

LIMIT_S = HANG_S
"""Far beyond what any command of these tests takes: a program that hangs shall fail its test."""

SPOKEN_RATE = 200
"""Real words a minute for sessions that are listened to in real time: numbers are spoken as fast, then."""

SHORT = """\
title: A short one
exercises:
  - name: Knee hug
    posture: back
    position: Lie on your back with both knees bent.
    steps:
      - Draw your {side} knee towards your chest.
    phases:
      - {cue: Draw it in, seconds: 3, breath: out}
      - {cue: Hold, hold: true}
      - {cue: Let it down, seconds: 3, breath: in}
    sides: each
    reps: 2
    hold: 6s
    sets: 1
  - name: Quiet hold
    posture: back
    position: Stay on your back.
    steps: [Rest.]
    hold: 22s
    reps: 1
    sets: 1
"""
"""A program of about two minutes with both sides, short holds and one with breath and landmarks."""


def command(*arguments: str) -> list[str]:
    """Return the words that run this checkout's command line."""
    return [sys.executable, "-m", "voicecoach", *arguments]


def command_names() -> Iterator[str]:
    """Yield the names of all commands of the program, "cache info" among them."""
    from typer.main import get_command

    from voicecoach.cli.app import app

    for name, each in vars(get_command(app))["commands"].items():
        yield from ((f"{name} {inner}" for inner in vars(each)["commands"]) if "commands" in vars(each) else (name,))


def environment(**changed: str) -> dict[str, str]:
    """Return the environment of the test with this checkout on Python's path, and what is `changed`."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **changed}


def run(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, given: str = "", limit_s: float = LIMIT_S
) -> subprocess.CompletedProcess[str]:
    """Run a command line to its end, in the folder `cwd`, with `given` as its standard input.

    It runs in a fork of a process that has loaded the program, where that is no other thing for it.
    """
    own = {**environment(), **(env or {})}
    if hasattr(os, "fork") and _at_start(own) == _at_start(environment()):
        return _warm().run(arguments, cwd, own, given, limit_s)
    return run_cold(*arguments, cwd=cwd, env=env, given=given, limit_s=limit_s)


def run_cold(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, given: str = "", limit_s: float = LIMIT_S
) -> subprocess.CompletedProcess[str]:
    """Run a command line as `run` does, by an interpreter that starts for it."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env={**environment(), **(env or {})},
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=limit_s,
        check=False,
    )


def _at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(AT_START)}


class Warm:
    """A process of `tests.cli.warm`, and how it is asked to run a command line."""

    def __init__(self) -> None:
        """Start it; it is ready a second later, and asked before."""
        self._asked, theirs = socket.socketpair()
        self._one_at_a_time = threading.Lock()
        with theirs:
            words = [sys.executable, "-m", "tests.cli.warm", str(theirs.fileno())]
            self._process = subprocess.Popen(words, cwd=ROOT, env=environment(), pass_fds=[theirs.fileno()])

    def close(self) -> None:
        """End it, as it is asked nothing more."""
        self._asked.close()
        self._process.wait()

    def run(
        self, arguments: tuple[str, ...], cwd: Path, env: Mapping[str, str], given: str, limit_s: float
    ) -> subprocess.CompletedProcess[str]:
        """Run a command line to its end; raises TimeoutExpired where that takes longer than `limit_s`."""
        request = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env}).encode()
        (stdin, typed), (shown, stdout), (told, stderr) = os.pipe(), os.pipe(), os.pipe()
        with self._one_at_a_time, ThreadPoolExecutor(3) as apart:
            socket.send_fds(self._asked, [len(request).to_bytes(4)], [stdin, stdout, stderr])
            self._asked.sendall(request)
            for each in (stdin, stdout, stderr):
                os.close(each)
            apart.submit(_type, typed, given)
            outputs = [apart.submit(_read, each) for each in (shown, told)]
            code = self._exit_code(arguments, limit_s)
            out, err = (each.result(limit_s) for each in outputs)
        return subprocess.CompletedProcess(command(*arguments), code, out, err)

    def _exit_code(self, arguments: tuple[str, ...], limit_s: float) -> int:
        with self._asked.makefile("rb", buffering=0) as answers:
            number = int(answers.readline())
            self._asked.settimeout(limit_s)
            try:
                return int(answers.readline())
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                self._asked.settimeout(None)
                answers.readline()
                raise subprocess.TimeoutExpired(command(*arguments), limit_s) from None
            finally:
                self._asked.settimeout(None)


@functools.cache
def _warm() -> Warm:
    """Return the one of this run of tests, or of this worker of it."""
    warm = Warm()
    atexit.register(warm.close)
    return warm


def _type(typed: int, given: str) -> None:
    # A program that reads none of it, or not all, is nothing to mind.
    with suppress(BrokenPipeError), open(typed, "w", encoding="utf-8", newline="") as stdin:
        stdin.write(given)


def _read(output: int) -> str:
    with open(output, encoding="utf-8") as stream:
        return stream.read()


def in_front(*command: str) -> list[str]:
    """Return the words that run a program, given by its path, as a shell does in front of a person."""
    return [sys.executable, "-IS", str(ROOT / "tests" / "front.py"), *command]


@contextmanager
def started(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> "Iterator[subprocess.Popen[str]]":
    """Start a command line that is stopped in the block, or at its end; its output is text."""
    with (
        subprocess.Popen(
            in_front(*command(*arguments)),
            cwd=cwd,
            env={**environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as program,
        ended(program),
    ):
        yield program


@contextmanager
def ended(program: "subprocess.Popen[Any]") -> Iterator[None]:
    """Wait for a program at the end of the block; one that goes on, or whose test failed, is killed."""
    try:
        yield
        program.wait(LIMIT_S)
    finally:
        program.kill()


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line on standard error, and make sure that it is one, with nothing else anywhere."""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in lines[0]
    return lines[0]
