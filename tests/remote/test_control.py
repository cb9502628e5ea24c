"""The local socket: private, quick, and never in the way of the next session."""

import json
import os
import signal
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.running import ended
from tests.remote.watched import STATUS, Watched, eventually, threads
from voicecoach.errors import NoSessionError, RemoteError, SessionRunningError
from voicecoach.player.commands import Command, State
from voicecoach.remote.control import ask, is_playing, listen_to_scripts, socket_address

ROOT = Path(__file__).parents[2]
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with Unix sockets")

HOLDER = """
import os, signal, sys, time
from contextlib import ExitStack
from voicecoach.remote.control import listen_to_scripts
from tests.cli.running import ended
from tests.remote.watched import Watched
watched = Watched()
stack = ExitStack()
stack.enter_context(listen_to_scripts(watched.obey, watched.status, print))
signal.signal(signal.SIGUSR1, lambda *_: print(*watched.commands, flush=True))
print("listening", flush=True)
while True:
    time.sleep(60)
"""


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def control(watched: Watched) -> Iterator[ExitStack]:
    control = ExitStack()
    control.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    yield control
    control.close()


def raw() -> socket.socket:
    """Connect as a program that knows nothing of the protocol."""
    client = socket.socket(socket.AF_UNIX)
    client.connect(socket_address())
    return client


@pytest.mark.usefixtures("control")
@pytest.mark.parametrize("command", list(Command))
def test_every_command_arrives(command: Command, watched: Watched) -> None:
    assert ask(command)["ok"] is True
    assert watched.commands == [command]


@pytest.mark.usefixtures("control")
def test_the_answer_says_where_the_session_is_after_the_command() -> None:
    assert ask("pause") == {
        "ok": True, "title": "Morning", "state": State.PAUSED, "exercise": "Bird-dog",
        "place": "bird-dog, set 1", "index": 2, "exercises": 5, "position_ms": 60_000, "left_ms": 240_000,
    }  # fmt: skip


@pytest.mark.usefixtures("control")
def test_status_asks_and_commands_nothing(watched: Watched) -> None:
    assert ask("status")["exercise"] == STATUS.exercise
    assert watched.commands == []


@pytest.mark.usefixtures("control")
@pytest.mark.parametrize("request_", [b"", b"jump", b"PAUSE", b"\xff\xfe\x00", b"pause\n", b"x" * 64])
def test_garbage_is_told_so_and_changes_nothing(request_: bytes, watched: Watched) -> None:
    with Client(socket_address()) as client:
        client.send_bytes(request_)
        assert json.loads(client.recv_bytes()) == {"ok": False, "error": "there is no such command"}
    assert watched.commands == []
    assert ask("status")["ok"] is True


@UNIX
@pytest.mark.usefixtures("control")
@pytest.mark.parametrize(
    "sent",
    [
        struct.pack("!i", 65) + b"x" * 65,
        struct.pack("!i", 2**31 - 1),
        struct.pack("!i", -1),
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0",
        struct.pack("!i", 5) + b"pau",
    ],
)
def test_a_request_too_long_or_cut_off_is_hung_up_on(sent: bytes, watched: Watched) -> None:
    with raw() as client:
        client.sendall(sent)
        client.settimeout(HANG_S)
        with suppress(ConnectionResetError):
            assert client.recv(100) == b""
    assert watched.commands == []
    assert ask("next")["ok"] is True


@UNIX
@pytest.mark.usefixtures("control")
def test_who_says_nothing_or_half_a_word_is_in_nobodys_way() -> None:
    waited_s = [_answered_s() for _ in range(5)]
    assert min(waited_s) < 1.9  # one after the other, they would take two seconds


def _answered_s() -> float:
    """Return how long an answer takes beside ten clients of whom nothing comes."""
    silent = [raw() for _ in range(10)]
    for client in silent[::2]:
        client.sendall(b"\0\0")
    before = time.monotonic()
    assert ask("status")["ok"] is True
    took_s = time.monotonic() - before
    for client in silent:
        client.close()
    return took_s


@UNIX
@pytest.mark.usefixtures("control")
def test_who_sends_a_byte_at_a_time_is_hung_up_on_after_the_time_of_one_request(watched: Watched) -> None:
    request = struct.pack("!i", 60) + b"pause".ljust(60)
    with raw() as dripping, suppress(BrokenPipeError, ConnectionResetError):
        for sent in range(len(request)):
            dripping.sendall(request[sent : sent + 1])
            if sent == 3:
                assert ask("status")["ok"] is True  # others are served meanwhile
            assert sent < 50, "five seconds, and still listened to"
            time.sleep(0.1)
    assert watched.commands == []
    assert ask("status")["ok"] is True


@UNIX
@pytest.mark.usefixtures("control")
def test_after_more_silent_clients_than_there_is_room_for_it_listens_again() -> None:
    silent = [raw() for _ in range(30)]
    time.sleep(0.7)
    assert ask("status")["ok"] is True
    for client in silent:
        client.close()


DEEP = b'{"a":' + b"[" * 600 + b"]" * 600 + b"}"


@pytest.mark.parametrize("answer", [b"[]", b"5", b'"ok"', b"{", b"\xff", b"[" * 60_000, b"9" * 60_000, DEEP], ids=len)
def test_what_answers_as_no_session_does_is_none(answer: bytes, runtime: Path) -> None:
    (runtime / "voicecoach").mkdir(mode=0o700)
    with Listener(socket_address()) as listener:

        def serve() -> None:
            with listener.accept() as connection:
                connection.recv_bytes()
                connection.send_bytes(answer)

        server = threading.Thread(target=serve)
        server.start()
        with pytest.raises(NoSessionError, match="no session is playing"):
            ask("status")
        server.join(HANG_S)


@pytest.mark.usefixtures("control")
def test_many_at_once_are_all_heard(watched: Watched) -> None:
    askers = [threading.Thread(target=ask, args=("more",)) for _ in range(12)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert watched.commands == [Command.MORE] * 12


@UNIX
@pytest.mark.usefixtures("control")
def test_socket_and_folder_are_the_users_alone() -> None:
    file = Path(socket_address())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("control")
def test_a_second_session_is_told_what_is_playing() -> None:
    with pytest.raises(SessionRunningError, match='"Morning" is playing already; `voicecoach ctl stop`'):
        ExitStack().enter_context(listen_to_scripts(lambda _: None, lambda: STATUS, print))
    assert ask("status")["ok"] is True


def test_closing_removes_the_socket_and_ends_the_thread(watched: Watched) -> None:
    control = ExitStack()
    control.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    control.close()
    control.close()
    with pytest.raises(RemoteError, match="no session is playing; start one"):
        ask("status")
    assert "voicecoach-control" not in threads()
    again = ExitStack()
    again.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    again.close()


@UNIX
def test_the_socket_of_a_killed_session_is_not_in_the_way(watched: Watched) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    with holder, ended(holder):
        assert holder.stdout is not None
        assert holder.stdout.readline() == "listening\n"
        with pytest.raises(SessionRunningError):
            ExitStack().enter_context(listen_to_scripts(watched.obey, watched.status, print))
        holder.send_signal(signal.SIGKILL)
    assert Path(socket_address()).exists()
    with pytest.raises(RemoteError, match="no session is playing"):
        ask("status")
    control = ExitStack()
    control.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    assert ask("status")["ok"] is True
    control.close()


@UNIX
def test_a_stopped_session_is_told_soon_and_obeys_nothing_later_of_which_that_was_told() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    with holder, ended(holder):
        assert holder.stdout is not None
        assert holder.stdout.readline() == "listening\n"
        holder.send_signal(signal.SIGSTOP)
        before = time.monotonic()
        asking = f"import sys; from {ask.__module__} import ask; ask(sys.argv[1])"
        words = ["next", *["status"] * 22, "next"]
        askers = [
            subprocess.Popen([sys.executable, "-c", asking, word], cwd=ROOT, stderr=subprocess.PIPE, text=True)
            for word in words
        ]
        for asker in askers:
            _, err = asker.communicate(timeout=HANG_S)
            assert "the session does not answer" in err
        assert time.monotonic() - before < HANG_S
        holder.send_signal(signal.SIGCONT)
        time.sleep(1)
        assert ask("more")["ok"] is True
        holder.send_signal(signal.SIGUSR1)
        assert holder.stdout.readline() == "more\n"
        holder.kill()


@UNIX
def test_of_two_sessions_that_start_at_once_one_plays(runtime: Path) -> None:
    del runtime
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    # On a busy machine even to start takes seconds.
    until = time.monotonic() + HANG_S
    while len(playing := [each for each in holders if each.poll() is None]) > 1:
        assert time.monotonic() < until, "more than one plays"
        time.sleep(0.05)
    assert len(playing) == 1
    eventually(is_playing)
    for each in holders:
        each.kill()
        _, err = each.communicate()
        assert each in playing or "SessionRunningError" in err


@UNIX
@pytest.mark.parametrize("spoil", ["open", "file", "link", "foreign"])
def test_a_folder_that_is_not_the_users_alone_is_refused(spoil: str, runtime: Path, tmp_path: Path) -> None:
    folder = runtime / "voicecoach"
    if spoil == "open":
        folder.mkdir()
        folder.chmod(0o755)
    elif spoil == "file":
        folder.touch()
    elif spoil == "link":
        folder.symlink_to(tmp_path)
    elif os.geteuid() == 0:
        folder.mkdir(mode=0o700)
        os.chown(folder, 12345, 12345)
    else:
        pytest.skip("only on a run as root, who alone can give a folder to somebody else")
    with pytest.raises(RemoteError, match=r"voicecoach: this folder is not yours alone; remove it") as caught:
        ExitStack().enter_context(listen_to_scripts(lambda _: None, lambda: STATUS, print))
    assert not isinstance(caught.value, SessionRunningError)


@UNIX
def test_without_a_runtime_folder_the_socket_stands_in_the_temporary_one(
    monkeypatch: pytest.MonkeyPatch, runtime: Path, watched: Watched
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("voicecoach.remote.control._RUNTIME", runtime / "nowhere")
    monkeypatch.setattr("tempfile.tempdir", str(runtime))
    control = ExitStack()
    control.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    assert ask("status")["ok"] is True
    assert Path(socket_address()).parent == runtime / f"voicecoach-{os.getuid()}"
    control.close()


@UNIX
def test_a_script_that_is_told_of_no_runtime_folder_finds_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, runtime: Path, watched: Watched
) -> None:
    usual = runtime / str(os.getuid())
    usual.mkdir(mode=0o700)
    monkeypatch.setattr("voicecoach.remote.control._RUNTIME", runtime)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(usual))
    control = ExitStack()
    control.enter_context(listen_to_scripts(watched.obey, watched.status, print))
    for told in ("delete", ""):
        if told:
            monkeypatch.delenv("XDG_RUNTIME_DIR")
        else:
            monkeypatch.setenv("XDG_RUNTIME_DIR", "")
        assert ask("status")["title"] == "Morning"
    control.close()
