"""The real command line, in a process of its own: what a person types, and what they get."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

LIMIT_S = 60.0
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
        yield from (
            (f"{name} {inner}" for inner in vars(each)["commands"]) if "commands" in vars(each) else (name,)
        )


def environment(**changed: str) -> dict[str, str]:
    """Return the environment of the test with this checkout on Python's path, and what is `changed`."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **changed}


def run(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    given: str = "",
    limit_s: float = LIMIT_S,
) -> subprocess.CompletedProcess[str]:
    """Run a command line to its end, in the folder `cwd`, with `given` as its standard input."""
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


def in_front(*command: str) -> list[str]:
    """Return the words that run a program, given by its path, as a shell does in front of a person."""
    return [sys.executable, "-IS", str(ROOT / "tests" / "front.py"), *command]


@contextmanager
def started(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
) -> "Iterator[subprocess.Popen[str]]":
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
