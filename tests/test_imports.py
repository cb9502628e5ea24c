"""What a command loads before it answers: heavy libraries are imported where they are used."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = (
    "av",
    "dbus_fast",
    "matplotlib",
    "miniaudio",
    "numpy",
    "pydantic",
    "pydub",
    "pyttsx3",
    "rich",
    "ruamel",
)
RUN = """
import json, sys
from voicecoach.cli.run import run
code = run(sys.argv[2:])
print(json.dumps([code, sorted(set(sys.argv[1].split()) & {name.partition(".")[0] for name in sys.modules})]),
      file=sys.stderr)
"""

TYPER = {"pydantic"}
"""Typer itself loads it for the arguments of any command, where it is installed."""

READS_PROGRAMS = {"pydantic", "ruamel"}

LOADED: dict[str, set[str]] = {
    "--help": set(),
    "--version": TYPER,
    "export --help": TYPER,
    "voices": TYPER,
    "cache info": TYPER,
    "list": READS_PROGRAMS,
    "show cat-cow": READS_PROGRAMS,
    "script cat-cow --json": READS_PROGRAMS,
    "export cat-cow -o a.mp3": READS_PROGRAMS,
    "verify a.mp3": {"av", "numpy", *TYPER},
}
"""Command -> the most that it loads, once the sounds of its session are known."""


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a session that was exported once, and its clips."""
    folder = tmp_path_factory.mktemp("warm")
    loaded(folder, "export cat-cow -o a.mp3")
    return folder


def loaded(folder: Path, command: str) -> set[str]:
    env = {**os.environ, "VOICECOACH_CACHE": str(folder / "clips"), "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", RUN, " ".join(HEAVY), *command.split()]
    done = subprocess.run(arguments, cwd=folder, env=env, capture_output=True, text=True, check=True)
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(names)


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_no_more_than_it_needs(warm: Path, command: str) -> None:
    assert loaded(warm, command) <= LOADED[command]
