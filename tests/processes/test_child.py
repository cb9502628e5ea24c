"""A process of the package's own runs this very package, and its end is told in words."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from voicecoach.processes.child import Child, child_command, describe_exit


@pytest.mark.parametrize(("code", "words"), [(0, "exit code 0"), (3, "exit code 3"), (-999, "signal 999")])
def test_an_ending_is_told_in_words(code: int, words: str) -> None:
    assert describe_exit(code) == words


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")
def test_the_signal_that_ended_a_process_is_named() -> None:
    assert describe_exit(-11) == "SIGSEGV"


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "voicecoach").mkdir()
    (tmp_path / "voicecoach" / "__init__.py").write_text("raise SystemExit(9)", encoding="ascii")
    done = subprocess.run(child_command("voicecoach.sinks.player_process:run_player"), cwd=tmp_path,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0


@pytest.mark.parametrize("kill", [False, True])
def test_once_a_child_is_ended_none_of_its_threads_is_left(kill: bool) -> None:
    child = Child(child_command("voicecoach.sinks.player_process:run_player"))
    child.end(kill=kill)
    assert not [thread for thread in threading.enumerate() if thread.name == "voicecoach-child"]
