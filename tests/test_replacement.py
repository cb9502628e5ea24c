"""A file is replaced in steps that may each fail: the old or the new one stands whole, and no rubbish."""

import errno
import logging
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import environment
from tests.disk_steps import NEW, watched, write
from voicecoach.errors import FileError

OLD = b"old " * 1000

if sys.platform == "win32":
    pytest.skip("only on POSIX: locks, links and permission bits", allow_module_level=True)

SPARED = [errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS]
"""How file systems say that they keep no permissions, or do not sync."""

FATAL = [errno.EIO, errno.ENOSPC, errno.EDQUOT]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a file that is to be replaced, alone in its folder."""
    path = tmp_path / "a.mp3"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_content_is_on_the_disk_before_the_name_and_the_name_before_it_is_said_to_be_done(target: Path) -> None:
    with watched() as done:
        write(target)
    assert target.read_bytes() == NEW
    last_write = len(done) - 1 - done[::-1].index("write file")
    assert done[last_write + 1 :] == [
        "open file",
        "chmod file",
        "fsync file",
        "replace file",
        "open folder",
        "fsync folder",
    ]


def test_who_reads_the_old_file_goes_on_reading_it(target: Path) -> None:
    with target.open("rb") as reader:
        assert reader.read(10) == OLD[:10]
        write(target)
        assert OLD[:10] + reader.read() == OLD
    assert target.read_bytes() == NEW


def count_of_steps(target: Path) -> int:
    with watched() as done:
        write(target)
    target.write_bytes(OLD)
    return len(done)


@pytest.mark.parametrize("code", FATAL, ids=errno.errorcode.get)
def test_a_fault_at_any_call_leaves_the_old_or_the_new_file_whole(target: Path, code: int) -> None:
    for failing in range(count_of_steps(target)):

        def fault(number: int, _: str, where: str, failing: int = failing) -> None:
            if number == failing:
                raise OSError(code, os.strerror(code), where)

        with watched(fault) as done, pytest.raises(FileError) as told:
            write(target)
        assert told.value.hint
        assert target.read_bytes() == (NEW if "replace file" in done else OLD), done
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert names(target.parent) == ["a.mp3"], done
        target.write_bytes(OLD)


@pytest.mark.parametrize("code", SPARED, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["chmod file", "fsync file", "open folder", "fsync folder"])
def test_what_a_file_system_does_not_support_is_noted_and_stops_nothing(
    target: Path, call: str, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(_: int, what: str, where: str) -> None:
        if what == call:
            raise OSError(code, os.strerror(code), where)

    with caplog.at_level(logging.INFO, "voicecoach"), watched(fault):
        write(target)
    assert target.read_bytes() == NEW
    (note,) = caplog.messages
    assert note.startswith(f"{target}: its ")
    assert os.strerror(code) in note
    assert names(target.parent) == ["a.mp3"]


def test_a_new_file_has_no_permissions_to_keep(tmp_path: Path) -> None:
    with watched() as done:
        write(tmp_path / "b.mp3")
    assert "chmod file" not in done


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.disk_steps import watched, write

def fault(number, what, where):
    if number == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

with watched(fault):
    write(Path(sys.argv[1]))
"""


def test_a_kill_at_any_call_leaves_the_old_or_the_new_file_whole(target: Path) -> None:
    for failing in range(count_of_steps(target)):
        child = [sys.executable, "-c", KILLED, str(target), str(failing)]
        assert subprocess.run(child, env=environment(), check=False).returncode == -signal.SIGKILL
        assert target.read_bytes() in {OLD, NEW}
        left = [each for each in target.parent.iterdir() if each != target]
        assert len(left) <= 1
        for each in left:
            os.utime(each, (time.time() - 3700,) * 2)
        write(target)
        assert names(target.parent) == ["a.mp3"]
        target.write_bytes(OLD)


HOUR_S = 3600
LEFT = ".voicecoach-0123456789ab-01234567"


def aged(path: Path, age_s: float) -> Path:
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age_s,) * 2)
    return path


AGES = [(3700, False), (9e8, False), (3500, True), (-60, True), (-3700, False)]


@pytest.mark.parametrize("suffix", [".mp3", ".svg", "", ".a b"])
@pytest.mark.parametrize(("age_s", "stays"), [(3700, False), (9e8, False), (3500, True), (-60, True), (-3700, False)])
def test_what_a_killed_run_left_is_swept_once_it_is_an_hour_from_now(
    target: Path, suffix: str, age_s: float, *, stays: bool
) -> None:
    left = aged(target.with_name(LEFT + suffix), age_s)
    write(target)
    assert left.exists() == stays


OTHERS = [
    "voicecoach-0123456789ab-01234567.mp3",
    ".voicecoach-0123456789ab.mp3",
    ".voicecoach-0123456789AB-01234567.mp3",
    ".voicecoach-0123456789ab-01234567-mine.mp3",
    ".voicecoach-notes.mp3",
    ".voicecoach-0123456789ab-0123456g",
    "x.voicecoach-0123456789ab-01234567",
]


def test_nothing_but_unfinished_files_is_ever_swept(target: Path) -> None:
    others = [aged(target.with_name(name), 1e6) for name in OTHERS]
    folder = target.with_name(LEFT)
    folder.mkdir()
    os.utime(folder, (0, 0))
    elsewhere = aged(target.parent.parent / f"{target.parent.name}.precious", 1e6)
    link = target.with_name(f"{LEFT}.lnk")
    link.symlink_to(elsewhere)
    os.utime(link, (0, 0), follow_symlinks=False)
    pipe = target.with_name(f"{LEFT}.pipe")
    os.mkfifo(pipe)
    os.utime(pipe, (0, 0))
    write(target)
    assert all(each.exists() for each in (*others, folder, elsewhere, link, pipe))


WAITING = """
import sys
from voicecoach.files.replacement import replacing
with replacing(sys.argv[1]) as beside:
    with open(beside, "wb") as file:
        file.write(b"whole")
    print(beside, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def long_run(target: Path) -> "Iterator[tuple[subprocess.Popen[str], Path]]":
    """Give a process that is writing another file of the folder, which was begun a day ago."""
    command = [sys.executable, "-c", WAITING, str(target.with_name("long.mp3"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()) as run:
        assert run.stdout is not None
        beside = Path(run.stdout.readline().strip())
        os.utime(beside, (time.time() - 24 * HOUR_S,) * 2)
        yield run, beside
        run.kill()


def test_a_run_that_takes_longer_keeps_its_own(target: Path, long_run: "tuple[subprocess.Popen[str], Path]") -> None:
    run, beside = long_run
    write(target)
    assert beside.exists()
    run.communicate("\n", timeout=30)
    assert (run.returncode, target.with_name("long.mp3").read_bytes()) == (0, b"whole")
    assert names(target.parent) == ["a.mp3", "long.mp3"]


def test_what_a_run_held_is_swept_once_it_was_killed(
    target: Path, long_run: "tuple[subprocess.Popen[str], Path]"
) -> None:
    run, beside = long_run
    run.kill()
    run.wait()
    assert beside.exists()
    write(target)
    assert names(target.parent) == ["a.mp3"]


@pytest.mark.parametrize(("age_s", "stays"), [(3700, False), (60, True), (-1e6, True)])
def test_where_nothing_can_be_held_the_age_alone_tells(
    target: Path, monkeypatch: pytest.MonkeyPatch, age_s: float, *, stays: bool
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "no locks here")

    monkeypatch.setattr("fcntl.flock", refused)
    left = aged(target.with_name(LEFT), age_s)
    write(target)
    assert left.exists() == stays
    assert target.read_bytes() == NEW
