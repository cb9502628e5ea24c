"""Media buttons and the lock screen on Linux: the session as a player on the desktop's bus (MPRIS)."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from voicecoach.paths import runtime_folder
from voicecoach.remote import Obey, Status
from voicecoach.remote.track import PositionClock, Progress

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

    from voicecoach.remote.mpris_interfaces import MprisInterface

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"

_LOOK_S = 0.25
_PATIENCE_S = 5.0


class Mpris:
    """The player on the session bus, in a thread of its own; where there is no bus, there is no player.

    `note` is told why there is none.
    """

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to appear on the bus; nothing is waited for."""
        where = _bus_address()
        if not where:
            self._note("Media buttons: this machine has no session bus.")
            return
        self._thread = threading.Thread(
            target=self._run, args=(where, obey, status), name="voicecoach-mpris", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Leave the bus."""
        self._leaving.set()
        if self._thread:
            self._thread.join(1.0)

    def _run(self, where: str, obey: Obey, status: Callable[[], Status]) -> None:
        try:
            asyncio.run(self._appear(where, obey, status))
        except Exception as error:  # noqa: BLE001 - a comfort: whatever is wrong with a bus, the session goes on
            self._note(f"Media buttons do not work here ({error or type(error).__name__}).")

    async def _appear(self, where: str, obey: Obey, status: Callable[[], Status]) -> None:
        from voicecoach.remote.mpris_interfaces import MprisInterface

        progress = Progress()
        player = MprisInterface(
            obey, lambda: progress.track(status()), lambda: progress.position_us(status())
        )
        bus = await self._in_time(_joined(where, player))
        if bus is None:
            return
        try:
            await self._follow(bus, player, progress, status)
        finally:
            bus.disconnect()
        if not self._leaving.is_set():
            raise ConnectionError("the session bus is gone")

    async def _in_time(self, joining: "Coroutine[Any, Any, MessageBus]") -> "MessageBus | None":
        """Return the bus once it is joined, None where the session leaves before; raises TimeoutError."""
        task, until_s = asyncio.ensure_future(joining), time.monotonic() + _PATIENCE_S
        while not (await asyncio.wait({task}, timeout=_LOOK_S))[0]:
            if self._leaving.is_set():
                return None
            if time.monotonic() > until_s:
                raise TimeoutError("the session bus does not answer")
        return task.result()

    async def _follow(
        self, bus: "MessageBus", player: "MprisInterface", progress: Progress, status: Callable[[], Status]
    ) -> None:
        """Tell the bus what changes, until the session leaves or the bus does."""
        from voicecoach.remote.mpris_interfaces import compose_metadata

        shown, counted = None, PositionClock()
        while not self._leaving.is_set() and bus.connected:
            now = status()
            track, position_us = progress.track(now), progress.position_us(now)
            if track != shown and shown:
                changed = {"PlaybackStatus": track.playback, "Metadata": compose_metadata(track)}
                player.emit_properties_changed(changed)
            if counted.jumped(position_us, time.monotonic(), plays=track.playback == "Playing"):
                player.Seeked(position_us)
            shown = track
            await asyncio.sleep(_LOOK_S)


async def _joined(where: str, player: "MprisInterface") -> "MessageBus":
    from dbus_fast.aio import MessageBus

    from voicecoach.remote.mpris_interfaces import MprisRoot

    bus = await MessageBus(bus_address=where).connect()
    bus.export(PATH, MprisRoot())
    bus.export(PATH, player)
    await bus.request_name(NAME)
    return bus


def _bus_address() -> str:
    """Return where the session bus of the desktop listens, "" where there is none."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    with suppress(OSError):
        runtime = runtime_folder(os.environ)
        if runtime and (runtime / "bus").is_socket():
            return f"unix:path={runtime}/bus"
    return ""
