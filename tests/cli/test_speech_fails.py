"""A voice that hangs, crashes or is missing is one clear sentence within seconds, never a frozen program.

The failing engine stands in for the wheel `espeakng-loader`, first on Python's path: only the worker asks it
where the library is, and there it fails. Everything else is the real program.
"""

import time
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.running import ROOT, run, sentence
from voicecoach.engines.package_info import package_folder

pytestmark = pytest.mark.usefixtures("clip_cache")

PROGRAM = "title: A\nexercises:\n  - {name: B, steps: [Go.], hold: 5s, reps: 1, sets: 1}\n"
WAYS = {
    "crashes": ("__import__('os')._exit(7)", "ended unexpectedly (exit code 7)"),
    "is killed": ("__import__('os').kill(__import__('os').getpid(), 9)", "ended unexpectedly (SIGKILL)"),
    "hangs": ("__import__('time').sleep(3600)", "did not answer within 6 s"),
    "has no library": ("'/nowhere/libespeak-ng.so'", "cannot start: "),
    "has a library of something else": ("'/dev/null'", "cannot start: "),
}
COMMANDS = ["play - --output null", "export - -o a.mp3", "script - --json"]


def failing(folder: Path, way: str) -> dict[str, str]:
    """Return the environment in which the engine fails in that way, in every worker that is started."""
    fake = folder / "fake" / "espeakng_loader"
    fake.mkdir(parents=True)
    real = package_folder("espeakng_loader")
    assert real is not None
    (fake / "espeak-ng-data").symlink_to(real / "espeak-ng-data")
    (fake / "__init__.py").write_text(
        "from importlib.machinery import PathFinder\n"
        "import sys\n"
        "_real = PathFinder.find_spec(__name__, [p for p in sys.path if not p.endswith('fake')])\n"
        "def get_data_path():\n"
        "    return _real.submodule_search_locations[0] + '/espeak-ng-data'\n"
        "def get_library_path():\n"
        f"    return {WAYS[way][0]}\n",
        encoding="utf-8",
    )
    return {"PYTHONPATH": f"{fake.parent}:{ROOT}"}


@pytest.mark.parametrize("way", WAYS)
def test_an_engine_that_fails_is_one_sentence_within_seconds(tmp_path: Path, way: str) -> None:
    env = failing(tmp_path, way)
    began = time.monotonic()
    done = run("script", "-", cwd=tmp_path, env=env, given=PROGRAM)
    assert time.monotonic() - began < HANG_S  # of an hour
    assert done.returncode == 1
    assert sentence(done).startswith(f"voicecoach: the speech engine espeak {WAYS[way][1]}")


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_that_speaks_tells_it_alike_and_writes_nothing(tmp_path: Path, words: str) -> None:
    env = failing(tmp_path, "crashes")
    done = run(*words.split(), cwd=tmp_path, env=env, given=PROGRAM)
    assert done.returncode == 1
    assert sentence(done).endswith("(exit code 7); try again, or choose another voice with --voice")
    assert [each.name for each in tmp_path.iterdir()] == ["fake"]


def test_the_doctor_names_the_engine_that_fails(tmp_path: Path) -> None:
    done = run("doctor", "engine", cwd=tmp_path, env=failing(tmp_path, "crashes"))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("FAIL  engine   the speech engine espeak ended unexpectedly (exit code 7); ")
