"""Work in a copy of the process: what it makes comes back, and nothing else."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import command, environment
from voicecoach.engines.apart import CopyError, apart

ROOT = str(Path(__file__).parents[2])
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux a copy is made")

STUCK = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from tests.cli.running import command, environment
from voicecoach.engines.apart import apart
def work():
    print(os.getpid(), flush=True)
    time.sleep(60)
apart(work)
"""
CRASHING = """
import os, sys
sys.path.insert(0, sys.argv[1])
from tests.cli.running import command, environment
from voicecoach.engines.apart import apart
apart(lambda: os.kill(os.getpid(), 11))
"""


def test_what_is_made_comes_back_and_what_is_changed_does_not() -> None:
    changed: list[int] = []

    def work() -> bytes:
        changed.append(1)
        return bytes(1_000_000) + b"end"

    assert apart(work).endswith(b"end")
    assert not changed


def test_what_is_raised_is_told() -> None:
    with pytest.raises(CopyError, match=r"^negative count$"):
        apart(lambda: bytes(-1))


def test_a_copy_that_crashes_takes_its_process_along() -> None:
    ran = subprocess.run([sys.executable, "-c", CRASHING, ROOT], check=False)
    assert ran.returncode == -signal.SIGSEGV


def test_a_stuck_copy_ends_with_its_process() -> None:
    process = subprocess.Popen([sys.executable, "-c", STUCK, ROOT], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    copy = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{copy}").exists() or "Z" in Path(f"/proc/{copy}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    pytest.fail("the copy lives on")


def test_an_engine_speaks_where_its_program_ignores_the_end_of_children(tmp_path: Path) -> None:
    (tmp_path / "short.yaml").write_text(
        "title: A\nexercises: [{name: B, steps: [Go.], hold: 5s, reps: 1, sets: 1}]\n", encoding="ascii"
    )
    ran = subprocess.run(
        command("script", "short.yaml", "--json"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
