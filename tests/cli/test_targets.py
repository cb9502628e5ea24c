"""A place that takes no file is told before or while writing; the older file stays, and no rubbish."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.running import command, environment, run, sentence
from tests.conftest import Run

PROGRAM = "title: A\nexercises:\n  - {name: B, steps: [Go.], hold: 5s, reps: 1, sets: 1}\n"
QUICK = ("--detail", "minimal")
FULL = "the disk is full; free some space, or choose another disk"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on POSIX systems: limits, mounts, modes"
)

PLACES = {
    "nowhere/a.mp3": "nowhere: there is no such folder; make it first, or choose another",
    "folder.mp3": "folder.mp3: this is a folder; give the name of a file",
    "file/a.mp3": "file: ",
}


@pytest.mark.parametrize("name", PLACES)
def test_a_place_that_takes_no_file_is_told_before_any_work(cli: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "file").touch()
    done = cli("export", "cat-cow", "-o", name)
    assert done.returncode == 1
    assert sentence(done).startswith(f"voicecoach: {PLACES[name]}")


@pytest.mark.parametrize("name", ["nowhere/a.yaml", "folder.yaml"])
def test_a_place_that_takes_no_program_is_told_before_the_page_is_read(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    done = cli("import", "no-such-page.txt", "-o", name)
    assert done.returncode == 1
    assert "no-such-page" not in sentence(done)


@pytest.mark.parametrize("name", ["a.mp3", "a.wav"])
def test_a_folder_that_may_not_be_written_is_told(run_unprivileged: Run, tmp_path: Path, name: str) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = run_unprivileged(command("export", "cat-cow", "-o", name), cwd=locked, env=environment())
    assert done.returncode == 1
    assert sentence(done) == "voicecoach: .: nothing can be written in this folder; choose another"
    assert not list(locked.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 64 KiB; where a machine does not let one, a folder and a limit stand in, and say so."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    yield folder
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("name", ["a.mp3", "a.wav"])
def test_a_full_disk_is_told_and_leaves_the_older_file_and_nothing_else(
    small_disk: Path, clip_cache: Path, name: str
) -> None:
    (small_disk / name).write_text("older", encoding="ascii")
    mounted = os.path.ismount(small_disk)
    limit = [] if mounted else ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh"]
    done = subprocess.run(
        [*limit, *command("export", "-", "-o", name, *QUICK)],
        cwd=small_disk,
        env=environment(VOICECOACH_CACHE=str(clip_cache)),
        input=PROGRAM,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    said = (
        FULL if mounted else "the file grew larger than allowed here; choose another disk, or raise the limit"
    )
    assert sentence(done).endswith(f"{name}: {said}")
    assert [(each.name, each.read_text()) for each in small_disk.iterdir()] == [(name, "older")]


def test_a_cache_that_takes_nothing_is_told_in_a_line_and_the_session_is_made(cli: Cli) -> None:
    done = cli("script", "-", given=PROGRAM, env={"VOICECOACH_CACHE": "/dev/null/clips"})
    assert (done.returncode, done.stdout.startswith("A - ")) == (0, True)
    told = done.stderr.splitlines()
    assert len(told) == 1
    assert told[0].startswith("/dev/null/clips cannot keep clips (")
    assert told[0].endswith("; name another folder in VOICECOACH_CACHE")


def test_a_cache_on_a_full_disk_is_told_in_a_line_and_the_file_is_written(
    small_disk: Path, tmp_path: Path
) -> None:
    if not os.path.ismount(small_disk):
        pytest.skip("only on machines that let this user mount a disk")
    env = {"VOICECOACH_CACHE": str(small_disk / "clips")}
    done = run("export", "-", "-o", "a.wav", *QUICK, cwd=tmp_path, env=env, given=PROGRAM)
    assert (done.returncode, done.stdout.startswith("a.wav: ")) == (0, True)
    assert len([line for line in done.stderr.splitlines() if "cannot keep clips" in line]) == 1
