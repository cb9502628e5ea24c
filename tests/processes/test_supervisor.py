"""A child that fails is replaced once, killed when it hangs or babbles, and its end is told as it was."""

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Thread, Timer

import pytest

from tests.processes.doubles import ROOT, Double
from voicecoach.processes.child import ChildError, Failure
from voicecoach.processes.supervisor import Supervisor

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it sends signals")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it reads /proc")

START_LIMIT_S = 30
SERVES = "say(READY)\nwhile True: answer(b'right')"


def ask(supervisor: Supervisor, limit_s: float = START_LIMIT_S, what: str = "") -> bytes:
    return supervisor.use(lambda child: child.ask("question", {"what": what}, limit_s)).payload


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").split()[2] != "Z"


REPLACED = {
    "dies while it starts": "if starts == 1: os._exit(7)\n" + SERVES,
    "babbles while it starts": "if starts == 1: babble(); time.sleep(60)\n" + SERVES,
    "starts with another frame": "if starts == 1: say('what'); time.sleep(60)\n" + SERVES,
    "babbles for an answer": (
        "say(READY)\nif starts == 1: hear(); babble(); time.sleep(60)\nwhile True: answer(b'right')"
    ),
    "answers another question": (
        "say(READY)\nif starts == 1: hear(); say('answer', b'stale', number=9); time.sleep(60)\n"
        "while True: answer(b'right')"
    ),
}


@pytest.mark.parametrize("lines", REPLACED.values(), ids=REPLACED)
def test_who_dies_while_it_starts_or_talks_garbage_is_replaced_before_anybody_is_told(
    lines: str, tmp_path: Path
) -> None:
    double = Double(tmp_path, lines)
    supervisor = Supervisor(double.command, START_LIMIT_S)
    assert [ask(supervisor), ask(supervisor)] == [b"right", b"right"]
    assert double.starts == 2
    supervisor.close()


TOLD = {
    "dies at each start": ("os._exit(7)", Failure.ENDED, "exit code 7", 2),
    "always babbles": ("say(READY); hear(); babble(); time.sleep(60)", Failure.GARBLED, "unreadable", 2),
    "refuses": ("say(FAILED, why='no library')", Failure.REFUSED, "cannot start: no library", 1),
    "dies later": ("say(READY); hear(); os._exit(7)", Failure.ENDED, "exit code 7", 1),
    "sends half an answer": (
        "say(READY); hear(); sys.stdout.buffer.write(b'vcp1\\0'); sys.stdout.flush()", Failure.ENDED,
        "exit code 0", 1,
    ),
    "hangs": ("say(READY); time.sleep(60)", Failure.LATE, "did not answer within 0.5 s", 1),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "failure", "said", "starts"), TOLD.values(), ids=TOLD)
def test_what_another_one_would_do_again_is_told(
    lines: str, failure: Failure, said: str, starts: int, tmp_path: Path
) -> None:
    double = Double(tmp_path, lines)
    supervisor = Supervisor(double.command, START_LIMIT_S)
    with pytest.raises(ChildError, match=said) as told:
        ask(supervisor, 0.5 if failure is Failure.LATE else START_LIMIT_S)
    assert told.value.failure is failure
    assert double.starts == starts
    assert supervisor.pid is None


@LINUX
def test_who_babbled_is_dead_before_the_next_one_answers_and_its_late_answer_is_nobodys(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    lines = (
        f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n')\nsay(READY)\n"
        "if starts == 1:\n    number = hear().fields['number']\n    babble()\n"
        "    say('answer', b'stale', number=number)\n    time.sleep(60)\n"
        "while True: answer(b'right')"
    )
    supervisor = Supervisor(Double(tmp_path, lines).command, START_LIMIT_S)
    assert ask(supervisor) == b"right"
    babbled, serves = map(int, pids.read_text(encoding="ascii").split())
    assert (is_alive(babbled), is_alive(serves), supervisor.pid) == (False, True, serves)
    supervisor.close()
    assert not is_alive(serves)


def test_a_second_answer_to_one_question_is_not_taken_for_that_to_the_next(tmp_path: Path) -> None:
    lines = (
        "say(READY)\nwhile True:\n    asked = hear().fields\n"
        "    for _ in range(2): say('answer', asked['what'].encode(), number=asked['number'])"
    )
    supervisor = Supervisor(Double(tmp_path, lines).command, START_LIMIT_S)
    for what in ("one", "two", "three"):
        assert ask(supervisor, what=what) == what.encode()
    supervisor.close()


def test_an_interrupt_leaves_no_answer_behind(tmp_path: Path) -> None:
    lines = "say(READY)\nwhile True: answer(str(starts).encode())"
    supervisor = Supervisor(Double(tmp_path, lines).command, START_LIMIT_S)

    def interrupted(child: object) -> None:
        child.send("question", {"number": 1})  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        supervisor.use(interrupted)
    assert ask(supervisor) == b"2"
    supervisor.close()


@POSIX
def test_one_that_ended_between_two_questions_is_started_anew(tmp_path: Path) -> None:
    double = Double(tmp_path, SERVES)
    supervisor = Supervisor(double.command, START_LIMIT_S)
    ask(supervisor)
    pid = supervisor.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while is_alive(pid):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert ask(supervisor) == b"right"
    assert double.starts == 2
    supervisor.close()


def test_a_program_that_is_missing_is_told_as_the_system_tells_it() -> None:
    with pytest.raises(ChildError, match="cannot start: No such file or directory"):
        ask(Supervisor(("/nowhere/at/all",), START_LIMIT_S))


def test_after_its_end_nothing_is_started(tmp_path: Path) -> None:
    double = Double(tmp_path, SERVES)
    supervisor = Supervisor(double.command, START_LIMIT_S)
    supervisor.close()
    with pytest.raises(ChildError, match="was closed"):
        ask(supervisor)
    assert double.starts == 0


CROWDED = """
import resource, sys, threading
from voicecoach.engines.espeak import Espeak
from voicecoach.errors import EngineError
import numpy, voicecoach.processes.supervisor
voicecoach.processes.supervisor._PAUSE_S = 2.0
engine = Espeak()
engine.voices()
few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (4, most))
if sys.argv[1] == "soon free":
    threading.Timer(0.05, resource.setrlimit, (resource.RLIMIT_NOFILE, (few, most))).start()
try:
    print(len(engine.render("Hold.", "en-us", 150)[0]) > 0)
except EngineError as error:
    print(error)
"""


@LINUX
@pytest.mark.parametrize(
    ("how", "said"),
    [("never free", "the speech engine espeak cannot start: Too many open files; try again"), ("soon free", "True")],
)
def test_a_machine_that_has_no_room_for_a_process_is_asked_again_and_then_named(how: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CROWDED, how], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith(said)


def children() -> set[str]:
    """Return the numbers of all children of this process, the dead that nobody waited for among them."""
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return set("".join(each.read_text(encoding="ascii") for each in lists).split())


def kill(supervisor: Supervisor) -> None:
    pid = supervisor.pid
    if pid is not None:
        os.kill(pid, signal.SIGKILL)


def ask_until_told(supervisor: Supervisor, told: list[str]) -> None:
    try:
        while True:
            assert ask(supervisor) == b"right"
    except ChildError as error:
        told.append(str(error))


@LINUX
def test_killed_or_closed_at_random_moments_it_answers_rightly_or_tells_why(tmp_path: Path) -> None:
    chance, told = random.Random(9), list[str]()  # noqa: S311 - the same moments each time
    double, before = Double(tmp_path, SERVES), children()
    for _ in range(10):
        supervisors = [Supervisor(double.command, START_LIMIT_S) for _ in range(5)]
        asking = [Thread(target=ask_until_told, args=(each, told)) for each in supervisors]
        ways = [partial(kill, each) if chance.random() < 0.5 else each.close for each in supervisors]
        ends = [Timer(chance.uniform(0, 0.5), way) for way in ways]
        for thread in (*asking, *ends):
            thread.start()
        for timer in ends:
            timer.join()
        for supervisor in supervisors:
            supervisor.close()
        for thread in asking:
            thread.join(START_LIMIT_S)
            assert not thread.is_alive()
    assert len(told) == 50
    assert set(told) <= {"was closed", "ended unexpectedly (SIGKILL)"}
    assert children() <= before
