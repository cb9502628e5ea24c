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
from tests.disk import mounted
from voicecoach.history import History

PROGRAM = "title: A\nexercises:\n  - {name: B, steps: [Go.], hold: 5s, reps: 1, sets: 1}\n"
QUICK = ("--detail", "minimal")
FULL = "the disk is full; free some space, or choose another disk"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX systems: limits, mounts, modes")

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


LONG = "x" * 252
TOO_LONG = [f"export cat-cow -o {LONG}.mp3", f"export cat-cow bird-dog -o {LONG * 2}", f"verify {LONG}.mp3",
            f"script cat-cow --plot {LONG}.svg", f"import a.txt -o {LONG}.yaml", f"history --plot {LONG}.svg",
            f"check {LONG}.yaml"]  # fmt: skip


@pytest.mark.parametrize("line", TOO_LONG, ids=[line.partition(LONG)[0] for line in TOO_LONG])
def test_a_name_that_is_too_long_is_told_in_one_sentence(cli: Cli, line: str) -> None:
    done = cli(*line.split())
    assert done.returncode == 1
    assert done.stderr.removeprefix("voicecoach: ").lstrip("x").endswith("the name is too long; choose a shorter one\n")


@pytest.mark.parametrize("name", ["nowhere/a.yaml", "folder.yaml"])
def test_a_place_that_takes_no_program_is_told_before_the_page_is_read(cli: Cli, tmp_path: Path, name: str) -> None:
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
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 64 KiB; where a machine mounts none, a folder, for a limit of size to stand in."""
    with mounted(tmp_path / "disk"):
        yield tmp_path / "disk"


@pytest.mark.parametrize("name", ["a.mp3", "a.wav"])
def test_a_full_disk_is_told_and_leaves_the_older_file_and_nothing_else(
    disk: Path, clip_cache: Path, name: str
) -> None:
    (disk / name).write_text("older", encoding="ascii")
    full = os.path.ismount(disk)
    limit = [] if full else ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh"]
    done = subprocess.run(
        [*limit, *command("export", "-", "-o", name, *QUICK)],
        cwd=disk,
        env=environment(VOICECOACH_CACHE=str(clip_cache)),
        input=PROGRAM,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    said = FULL if full else "the file grew larger than allowed here; choose another disk, or raise the limit"
    assert sentence(done).endswith(f"{name}: {said}")
    assert [(each.name, each.read_text()) for each in disk.iterdir()] == [(name, "older")]


def test_a_cache_that_takes_nothing_is_told_in_a_line_and_the_session_is_made(cli: Cli) -> None:
    done = cli("script", "-", given=PROGRAM, env={"VOICECOACH_CACHE": "/dev/null/clips"})
    assert (done.returncode, done.stdout.startswith("A - ")) == (0, True)
    told = done.stderr.splitlines()
    assert len(told) == 1
    assert told[0].startswith("/dev/null/clips cannot keep clips (")
    assert told[0].endswith("; name another folder in VOICECOACH_CACHE")


def test_a_cache_on_a_full_disk_is_told_in_a_line_and_the_file_is_written(small_disk: Path, tmp_path: Path) -> None:
    env = {"VOICECOACH_CACHE": str(small_disk / "clips")}
    done = run("export", "-", "-o", "a.wav", *QUICK, cwd=tmp_path, env=env, given=PROGRAM)
    assert (done.returncode, done.stdout.startswith("a.wav: ")) == (0, True)
    assert len([line for line in done.stderr.splitlines() if "cannot keep clips" in line]) == 1


OVER_ITSELF = {
    "export t.mp3 -o t.mp3": "t.mp3",
    "export t.mp3 -o ./t.mp3": "./t.mp3",
    "export t.yaml -o link.mp3": "link.mp3",
    "export link.mp3 -o hard.wav": "hard.wav",
    "script t.svg --plot t.svg": "t.svg",
    "script t.yaml --plot link.svg": "link.svg",
    "export cat-cow -o settings.mp3": "settings.mp3",
    "history --plot history.svg": "history.svg",
}


@pytest.mark.parametrize("line", OVER_ITSELF)
def test_what_is_read_is_never_written_over(cli: Cli, tmp_path: Path, line: str) -> None:
    for name in ("t.mp3", "t.yaml", "t.svg"):
        (tmp_path / name).write_text(PROGRAM, encoding="ascii")
    for name in ("link.mp3", "link.svg"):
        (tmp_path / name).symlink_to("t.yaml")
    (tmp_path / "hard.wav").hardlink_to(tmp_path / "t.yaml")
    (tmp_path / "settings.mp3").write_text('pace = "slow"\n', encoding="ascii")
    History(tmp_path / "history.svg").begin("One", "one", {}, 1)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    env = {"VOICECOACH_CONFIG": "settings.mp3", "VOICECOACH_HISTORY": "history.svg"}
    done = cli(*line.split(), env=env)
    assert done.returncode == 1
    told = f"voicecoach: {OVER_ITSELF[line]}: this is the file that is read; write to another name"
    assert sentence(done) == told
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_what_is_read_from_standard_input_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "t.mp3").write_text(PROGRAM, encoding="ascii")
    with (tmp_path / "t.mp3").open("rb") as given:
        words = command("export", "-", "-o", "t.mp3")
        done = subprocess.run(
            words, cwd=tmp_path, env=environment(), stdin=given, capture_output=True, text=True, check=False
        )
    assert sentence(done).endswith("t.mp3: this is the file that is read; write to another name")
    assert (tmp_path / "t.mp3").read_text(encoding="ascii") == PROGRAM


def test_of_several_the_one_that_would_be_written_over_another_is_left_out(cli: Cli, tmp_path: Path) -> None:
    for name, title in (("a.mp3", "a"), ("b.yaml", "b")):
        (tmp_path / name).write_text(PROGRAM.replace("title: A", f"title: {title}"), encoding="ascii")
    done = cli("export", "a.mp3", "b.yaml", "-o", "./", *QUICK)
    assert done.returncode == 1
    assert "a.mp3: a.mp3: this is the file that is read; write to another name" in done.stderr
    assert "title: a" in (tmp_path / "a.mp3").read_text(encoding="ascii")
    assert (tmp_path / "b.mp3").stat().st_size > 10_000


KEEPS_NO_PERMISSIONS = """
import errno, os, sys

def unsupported(*given, **more):
    raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

os.chmod = unsupported
from voicecoach.cli.run import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("flag", ["--verbose", "--plain"])
def test_what_a_file_system_does_not_support_is_told_where_more_is_asked_for(
    tmp_path: Path, made_clips: Path, flag: str
) -> None:
    (tmp_path / "t.yaml").write_text(PROGRAM, encoding="ascii")
    (tmp_path / "a.wav").write_text("older", encoding="ascii")
    words = [sys.executable, "-c", KEEPS_NO_PERMISSIONS, flag, "export", "t.yaml", "-o", "a.wav", *QUICK]
    env = environment(VOICECOACH_CACHE=str(made_clips))
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("a.wav: ")
    told = "a.wav: its permissions could not be kept (Operation not supported)" in done.stderr
    assert told == (flag == "--verbose")
    assert (tmp_path / "a.wav").stat().st_size > 10_000
