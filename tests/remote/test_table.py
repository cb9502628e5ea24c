"""All remotes of a machine together: what cannot be had is told and left out, a second session is refused."""

import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.remote.watched import STATUS, Watched, threads
from voicecoach.errors import RemoteError, SessionRunningError
from voicecoach.remote import Remote
from voicecoach.remote.control import ask
from voicecoach.remote.table import REMOTES, listen_to_remotes


def refuse(*_: object) -> None:
    """Be a remote that cannot be had."""
    raise RemoteError("no buttons here")


def test_while_a_session_listens_it_can_be_steered_and_afterwards_nothing_is_left() -> None:
    watched = Watched()
    told: list[str] = []
    with listen_to_remotes(watched.obey, watched.status, told.append):
        assert ask("status")["title"] == "Morning"
    assert told == []
    assert not threads()
    with pytest.raises(RemoteError, match="no session is playing"):
        ask("status")


def test_a_second_session_is_refused_and_the_first_goes_on() -> None:
    watched = Watched()
    with listen_to_remotes(watched.obey, watched.status, print):
        with pytest.raises(SessionRunningError), listen_to_remotes(watched.obey, watched.status, print):
            raise AssertionError("two sessions at once")
        assert ask("status")["ok"] is True


def test_a_remote_that_cannot_be_had_is_told_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REMOTES, "buttons", f"{__name__}:refuse")
    told: list[str] = []
    with listen_to_remotes(lambda _: None, lambda: STATUS, told.append):
        assert ask("status")["ok"] is True
    assert told == ["no buttons here"]


def test_a_foreign_folder_is_told_and_the_session_plays_all_the_same(runtime: Path) -> None:
    (runtime / "voicecoach").touch()
    told: list[str] = []
    with listen_to_remotes(lambda _: None, lambda: STATUS, told.append):
        pass
    assert len(told) == 1
    assert "is not yours alone" in told[0]


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with Unix sockets")
@pytest.mark.parametrize("where", ["open to all", "too long", "elsewhere"])
def test_where_no_socket_can_stand_or_another_one_does_a_second_session_is_refused_all_the_same(
    where: str, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = runtime / ("d" * 110 if where == "too long" else "other")
    folder.mkdir()
    if where != "elsewhere":
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    if where == "open to all":
        (folder / "voicecoach").mkdir()
        (folder / "voicecoach").chmod(0o777)
    told: list[str] = []
    with listen_to_remotes(lambda _: None, lambda: STATUS, told.append):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        with pytest.raises(SessionRunningError, match="a session is playing already; stop it with Ctrl-C"):
            with_second(told)
    assert len(told) == (where != "elsewhere")
    with_second(told)


def with_second(told: list[str]) -> None:
    with listen_to_remotes(lambda _: None, lambda: STATUS, told.append):
        pass


def test_why_there_are_no_media_buttons_is_only_noted() -> None:
    told: list[str] = []
    noted: list[str] = []
    with listen_to_remotes(lambda _: None, lambda: STATUS, told.append, noted.append):
        pass
    assert told == []
    assert [each for each in noted if "Media buttons" in each] == (noted if sys.platform == "linux" else [])


@pytest.mark.parametrize("name", REMOTES.values(), ids=REMOTES)
def test_every_remote_can_be_left_at_once_and_listened_to_again(name: str) -> None:
    remote: Remote = resolve_name(name)
    for _ in range(2):
        with remote(lambda _: None, lambda: STATUS, lambda _: None):
            pass
        assert not threads()


def test_no_bus_library_is_loaded_before_a_remote_is_made() -> None:
    asked = "import sys, voicecoach.remote.table; sys.exit('dbus_fast' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
