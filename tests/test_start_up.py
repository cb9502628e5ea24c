"""What a command loads on its way to an answer: heavy libraries come where they are used, not before."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import command_names

ROOT = Path(__file__).parents[1]

PROGRAM = """\
title: One exercise
exercises:
  - bird-dog
"""

PAGE = """\
# Pelvic tilt

1. Lie on your back with your knees bent.
2. Flatten your lower back against the floor.
3. Hold for 5 seconds. Repeat 10 times.
"""

SLOW_TO_LOAD = frozenset({
    "asyncio", "av", "dbus_fast", "email", "importlib.metadata", "importlib.resources", "lameenc",
    "matplotlib", "miniaudio", "numpy", "pydantic", "pydub", "pyttsx3", "rich", "ruamel.yaml", "simpleaudio",
    "sqlite3", "ssl", "urllib.request",
})  # fmt: skip
"""Each takes 5 ms and more; pydantic 75, NumPy 120, where a bare interpreter starts in 11."""

SPEECH = frozenset({
    "voicecoach.coach", "voicecoach.engines", "voicecoach.library", "voicecoach.model", "voicecoach.phrases",
    "voicecoach.script", "voicecoach.studio", "voicecoach.timeline",
})  # fmt: skip
"""Rooms that a command without a session does not enter."""

PROGRAM_FILES = frozenset({"pydantic", "ruamel.yaml", "email", "importlib.metadata", "importlib.resources"})
"""What somebody's own file is checked with, and what that loads. The library needs no checking."""

UNUSED = {
    "--help": SLOW_TO_LOAD | SPEECH | {"tomllib", "json", "hashlib"},
    "--version": SLOW_TO_LOAD | SPEECH | {"tomllib", "json", "hashlib"},
    "script --help": SLOW_TO_LOAD,
    "config --path": SLOW_TO_LOAD - {"sqlite3"},
    "ctl status": SLOW_TO_LOAD | SPEECH - {"voicecoach.model", "voicecoach.phrases", "voicecoach.script"},
    "config": SLOW_TO_LOAD - {"sqlite3"},
    "doctor python cache": SLOW_TO_LOAD | (SPEECH - {"voicecoach.model"}),
    "list": SLOW_TO_LOAD | {"voicecoach.studio"},
    "show bird-dog": SLOW_TO_LOAD,
    "script bird-dog": SLOW_TO_LOAD | {"voicecoach.plot"},
    "script bird-dog --json": SLOW_TO_LOAD | {"voicecoach.plot"},
    "script own.yaml": SLOW_TO_LOAD - PROGRAM_FILES,
    "export bird-dog -o dog.mp3": SLOW_TO_LOAD,
    "verify first.mp3": (SLOW_TO_LOAD | SPEECH) - {"av", "numpy", "voicecoach.model"},
    "play bird-dog --output null": SLOW_TO_LOAD - {"asyncio", "numpy", "pydub", "sqlite3", "ssl"},
    "history": SLOW_TO_LOAD - {"sqlite3"},
    "check own.yaml": SLOW_TO_LOAD - PROGRAM_FILES,
    "import page.md --json": (SLOW_TO_LOAD | {"voicecoach.studio"}) - {"importlib.resources"},
    "voices": SLOW_TO_LOAD | {"voicecoach.audio"},
    "cache info": SLOW_TO_LOAD,
    "cache prune": SLOW_TO_LOAD,
    "cache clear": SLOW_TO_LOAD,
    "cache warm bird-dog": SLOW_TO_LOAD,
}  # fmt: skip
"""Command, once its sounds are in the cache, to the modules that it must not load."""

ENDS_WITH = {"ctl": 1, "play": 143}
"""Where no session plays, and where one is stopped; else 0."""

CHILD = """\
import sys
from voicecoach.cli.run import run
if sys.argv[1] == "play":
    # SIGTERM, as SIGINT stays ignored where a shell started the tests in the background.
    import os, signal, threading
    threading.Timer(3, os.kill, (os.getpid(), signal.SIGTERM)).start()
code = run(sys.argv[1:])
modules = sorted(sys.modules)
import json
print(json.dumps([code, modules]), file=sys.stderr)
"""


def _loaded(folder: Path, command: str) -> set[str]:
    """Return the modules that are loaded at the end of a command."""
    cache = "to-clear" if command == "cache clear" else "cache"
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "VOICECOACH_CACHE": str(folder / cache)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(child.stderr.splitlines()[-1])
    assert code == ENDS_WITH.get(command.split(maxsplit=1)[0], 0), child.stderr
    return set(modules)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program, a page, and a cache that holds every sound of a session."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "own.yaml").write_text(PROGRAM, encoding="utf-8")
    (folder / "page.md").write_text(PAGE, encoding="utf-8")
    for cold in ("export bird-dog -o first.mp3", "script own.yaml"):
        _loaded(folder, cold)
    return folder


@pytest.mark.untraced
@pytest.mark.parametrize("command", UNUSED)
def test_a_command_loads_nothing_that_it_does_not_use(command: str, warm: Path) -> None:
    assert sorted(_loaded(warm, command) & UNUSED[command]) == []


def test_every_command_of_the_program_is_held_to_what_it_loads() -> None:
    assert {name for name in command_names() if not any(f"{each} ".startswith(f"{name} ") for each in UNUSED)} == set()


def test_only_the_module_of_the_command_that_runs_is_loaded(warm: Path) -> None:
    ours = {name for name in _loaded(warm, "list") if name.startswith("voicecoach.cli.commands.")}
    assert ours == {"voicecoach.cli.commands.list"}


@pytest.mark.untraced
def test_no_command_loads_with_its_flags_what_only_its_work_needs() -> None:
    code = (
        "import sys, typer; from voicecoach.cli.app import app; from voicecoach.cli.settings.flags import *;"
        "print(len(list(preset_flags(typer.main.get_command(app)))));"
        f"print(sorted({set(SLOW_TO_LOAD - {'sqlite3'})!r} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    flags, loaded = done.stdout.splitlines()
    assert int(flags) > 50
    assert loaded == "[]"


def test_a_word_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    words: list[str | bytes] = [sys.executable, "-m", "voicecoach", "show", b"\xff"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    refused = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert refused.returncode in {1, 2}
    assert refused.stderr.count(b"\n") == 1
