"""The wish to stop breaks no import, and is not lost where Python drops what a callback raises."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import LIMIT_S, environment

ASKED = """\
import importlib, os, signal, sys, time
from voicecoach.cli.stopping import Stopped, StopSignals

class Dropping:
    def __del__(self):
        ask("deleted")

def ask(done):
    signal.raise_signal(signal.SIGTERM)
    time.sleep(0.05)
    print(done, flush=True)

sys.path.insert(0, os.getcwd())
StopSignals().listen()
try:
    {asking}
    print("before it stops", flush=True)
    until = time.monotonic() + {limit_s}
    while time.monotonic() < until:
        time.sleep(0.01)
    print("never stopped")
except Stopped as stopped:
    print(stopped.exit_code)
"""

MODULE = """\
import __main__
__main__.ask("imported")
__main__.time.sleep(30 * ("slow" in vars(__main__)))
"""

CASES = {
    "plainly": ("ask('not reached')", ["143"]),
    "in an import": ("import asking", ["imported", "before it stops", "143"]),
    "in an import that hangs": ("slow = True; import asking", ["imported", "143"]),
    "in a callback": ("Dropping()", ["before it stops", "143"]),
}


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")
@pytest.mark.parametrize(("asking", "told"), CASES.values(), ids=CASES)
def test_a_session_stops_wherever_the_wish_to_stop_reaches_it(asking: str, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "asking.py").write_text(MODULE, encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(asking=asking, limit_s=LIMIT_S)],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.stdout.split("\n")[:-1], done.stderr) == (told, "")
