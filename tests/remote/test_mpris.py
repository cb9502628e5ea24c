"""Media buttons and the lock screen: a real session bus, and a real client on it."""

import asyncio
import socket
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("only on Linux is there a desktop bus", allow_module_level=True)

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.unpack import unpack_variants

from tests.remote.bus import MISSING, Bus, is_missing, open_bus
from tests.remote.watched import STATUS, Watched, eventually, threads
from voicecoach.player.commands import Command, State
from voicecoach.remote import Status
from voicecoach.remote.mpris import listen_to_desktop
from voicecoach.remote.mpris_bus import NAME, PATH

PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Remark(list[str]):
    """What was noted."""

    def __call__(self, text: str) -> None:
        self.append(text)


@pytest.fixture
def bus(runtime: Path) -> Iterator[Bus]:
    if is_missing():
        pytest.skip(MISSING)
    with open_bus(runtime) as bus:
        yield bus


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def mpris(bus: Bus, watched: Watched) -> Iterator[ExitStack]:
    notes = Remark()
    mpris = ExitStack()
    mpris.enter_context(listen_to_desktop(watched.obey, watched.status, notes))
    eventually(lambda: NAME in asked(bus, lambda client: call(client, "ListNames", to="org.freedesktop.DBus")))
    yield mpris
    mpris.close()
    assert notes == []
    assert "voicecoach-mpris" not in threads()


def asked(bus: Bus, question: Callable[[MessageBus], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401
    """Ask something as a client of the bus."""

    async def ask() -> Any:  # noqa: ANN401
        client = await MessageBus(bus_address=bus.address).connect()
        try:
            return await question(client)
        finally:
            client.disconnect()

    return asyncio.run(ask())


async def call(
    client: MessageBus, member: str, signature: str = "", *body: object, interface: str = "", to: str = NAME
) -> Any:  # noqa: ANN401
    """Call a method and return its answer, or the words of its error."""
    ours = to == NAME
    reply = await client.call(
        Message(
            destination=to,
            path=PATH if ours else "/org/freedesktop/DBus",
            interface=interface or (PLAYER if ours else "org.freedesktop.DBus"),
            member=member,
            signature=signature,
            body=list(body),
        )
    )
    assert reply is not None
    answer = unpack_variants(reply.body)
    if reply.message_type is MessageType.ERROR:
        return f"{reply.error_name}: {answer[0]}"
    return answer[0] if answer else None


def shown(bus: Bus, interface: str = PLAYER) -> dict[str, Any]:
    found: dict[str, Any] = asked(bus, lambda client: call(client, "GetAll", "s", interface, interface=PROPERTIES))
    return found


@pytest.mark.usefixtures("mpris")
@pytest.mark.parametrize(
    ("button", "command"),
    [
        ("Play", Command.RESUME),
        ("Pause", Command.PAUSE),
        ("PlayPause", Command.TOGGLE),
        ("Next", Command.NEXT),
        ("Previous", Command.PREVIOUS),
        ("Stop", Command.STOP),
    ],
)
def test_each_media_button_is_a_command(button: str, command: Command, bus: Bus, watched: Watched) -> None:
    assert asked(bus, lambda client: call(client, button)) is None
    assert watched.commands == [command]


@pytest.mark.usefixtures("mpris")
def test_the_lock_screen_shows_exercise_program_and_time(bus: Bus) -> None:
    found = shown(bus)
    assert found["Metadata"] == {
        "mpris:trackid": "/org/voicecoach/exercise/2",
        "mpris:length": 300_000_000,
        "xesam:title": "Bird-dog",
        "xesam:artist": ["voicecoach"],
        "xesam:album": "Morning",
        "xesam:trackNumber": 2,
    }
    assert (found["PlaybackStatus"], found["Position"]) == ("Playing", 60_000_000)
    can = {name: value for name, value in found.items() if name.startswith("Can")}
    assert can.pop("CanSeek") is False
    assert can
    assert all(can.values())
    assert shown(bus, "org.mpris.MediaPlayer2")["Identity"] == "voicecoach"


@pytest.mark.usefixtures("mpris")
@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [("Seek", "x", (5_000_000,)), ("SetPosition", "ox", ("/org/voicecoach/exercise/2", 0)), ("OpenUri", "s", ("a",))],
)
def test_what_a_session_cannot_do_is_refused_in_a_sentence(
    member: str, signature: str, body: tuple[object, ...], bus: Bus, watched: Watched
) -> None:
    refusal = asked(bus, lambda client: call(client, member, signature, *body))
    assert refusal.startswith("org.freedesktop.DBus.Error.NotSupported: ")
    assert watched.commands == []


@pytest.mark.usefixtures("mpris")
def test_what_changes_is_told_to_who_listens(bus: Bus, watched: Watched) -> None:
    async def listen(client: MessageBus) -> list[tuple[str, Any]]:
        heard: list[tuple[str, Any]] = []

        def take(message: Message) -> None:
            if message.message_type is MessageType.SIGNAL and message.path == PATH:
                heard.append((message.member or "", unpack_variants(message.body)))

        client.add_message_handler(take)
        rule = f"type='signal',path='{PATH}'"
        await call(client, "AddMatch", "s", rule, to="org.freedesktop.DBus")
        await asyncio.sleep(0.6)
        assert heard == []
        watched.change(state=State.PAUSED)
        await asyncio.sleep(0.6)
        watched.change(state=State.PLAYING, exercise="Bridge", index=3, left_ms=100_000)
        await asyncio.sleep(0.6)
        return heard

    first, second, third = asked(bus, listen)
    assert first[0] == "PropertiesChanged"
    assert first[1][1]["PlaybackStatus"] == "Paused"
    members = {second[0]: second[1], third[0]: third[1]}
    changed = members["PropertiesChanged"][1]
    assert (changed["PlaybackStatus"], changed["Metadata"]["xesam:title"]) == ("Playing", "Bridge")
    assert members["Seeked"] == [200_000_000]


def test_the_player_leaves_the_bus_with_the_session(bus: Bus, mpris: ExitStack) -> None:
    mpris.close()
    names = asked(bus, lambda client: call(client, "ListNames", to="org.freedesktop.DBus"))
    assert NAME not in names


def test_a_bus_that_ends_leaves_the_session_alone_and_is_noted(bus: Bus, watched: Watched) -> None:
    notes = Remark()
    mpris = ExitStack()
    mpris.enter_context(listen_to_desktop(watched.obey, watched.status, notes))
    eventually(lambda: NAME in asked(bus, lambda client: call(client, "ListNames", to="org.freedesktop.DBus")))
    bus.stop()
    eventually(lambda: "voicecoach-mpris" not in threads())
    assert notes == ["Media buttons do not work here (the session bus is gone)."]
    mpris.close()


@pytest.mark.parametrize("leaves", [True, False])
def test_a_bus_that_never_answers_is_noted_and_holds_nobody_up(
    leaves: bool, runtime: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.remote.mpris_bus._PATIENCE_S", 60 if leaves else 0.5)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(runtime / "bus"))
        silent.listen(5)
        notes = Remark()
        mpris = ExitStack()
        mpris.enter_context(listen_to_desktop(watched.obey, watched.status, notes))
        if not leaves:
            eventually(lambda: notes)
        mpris.close()
        assert "voicecoach-mpris" not in threads()
    assert notes == ([] if leaves else ["Media buttons do not work here (the session bus does not answer)."])


def test_a_bus_is_found_where_desktops_keep_it(bus: Bus, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    mpris = ExitStack()
    mpris.enter_context(listen_to_desktop(watched.obey, watched.status, Remark()))
    eventually(lambda: NAME in asked(bus, lambda client: call(client, "ListNames", to="org.freedesktop.DBus")))
    mpris.close()


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "nonsense", "tcp:host=127.0.0.1,port=1"])
def test_without_a_bus_there_is_a_note_and_nothing_else(
    address: str, watched: Watched, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    notes = Remark()
    mpris = ExitStack()
    mpris.enter_context(listen_to_desktop(watched.obey, watched.status, notes))
    eventually(lambda: notes)
    mpris.close()
    assert len(notes) == 1
    assert notes[0].startswith("Media buttons")
    assert capfd.readouterr() == ("", "")


def test_the_time_of_a_session_stands_still_while_it_waits() -> None:
    from dataclasses import replace

    from voicecoach.remote.track import Progress

    progress = Progress()

    def shown_us(status: Status) -> tuple[int, int]:
        track, position_us = progress.look(status)
        return track.length_us, position_us

    early = replace(STATUS, left_ms=0, position_ms=2_000)
    assert shown_us(early) == (0, 2_000_000)
    assert shown_us(STATUS)[0] == 300_000_000
    waited = replace(STATUS, position_ms=200_000)
    assert shown_us(waited) == (300_000_000, 60_000_000)
    longer = replace(STATUS, left_ms=310_000)
    assert shown_us(longer) == (310_000_000, 0)
