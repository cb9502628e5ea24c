"""A session on the desktop's bus: joined, followed, and left."""

import asyncio
import time
from collections.abc import Callable
from threading import Event

from dbus_fast.aio import MessageBus

from voicecoach.remote import Obey, Status
from voicecoach.remote.mpris_interfaces import MprisInterface, MprisRoot, compose_metadata
from voicecoach.remote.track import PositionClock, Progress

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"

_LOOK_S = 0.25
_PATIENCE_S = 5.0


def appear(where: str, obey: Obey, status: Callable[[], Status], leaving: Event) -> None:
    """Be a player on the bus of that address until the session is `leaving`; raises what goes wrong there."""
    asyncio.run(_appear(where, obey, status, leaving))


async def _appear(where: str, obey: Obey, status: Callable[[], Status], leaving: Event) -> None:
    progress = Progress()
    player = MprisInterface(obey, lambda: progress.track(status()), lambda: progress.position_us(status()))
    bus = await _join_in_time(where, player, leaving)
    if bus is None:
        return
    try:
        await _follow(bus, player, progress, status, leaving)
    finally:
        bus.disconnect()
    if not leaving.is_set():
        raise ConnectionError("the session bus is gone")


async def _join_in_time(where: str, player: MprisInterface, leaving: Event) -> MessageBus | None:
    """Return the bus once it is joined, None where the session leaves before; raises TimeoutError."""
    task, until_s = asyncio.ensure_future(_join(where, player)), time.monotonic() + _PATIENCE_S
    while not (await asyncio.wait({task}, timeout=_LOOK_S))[0]:
        if leaving.is_set():
            return None
        if time.monotonic() > until_s:
            raise TimeoutError("the session bus does not answer")
    return task.result()


async def _join(where: str, player: MprisInterface) -> MessageBus:
    bus = await MessageBus(bus_address=where).connect()
    bus.export(PATH, MprisRoot())
    bus.export(PATH, player)
    await bus.request_name(NAME)
    return bus


async def _follow(
    bus: MessageBus, player: MprisInterface, progress: Progress, status: Callable[[], Status], leaving: Event
) -> None:
    """Tell the bus what changes, until the session leaves or the bus does."""
    shown, clock = None, PositionClock()
    while not leaving.is_set() and bus.connected:
        now = status()
        track, position_us = progress.track(now), progress.position_us(now)
        if track != shown and shown:
            changed = {"PlaybackStatus": track.playback, "Metadata": compose_metadata(track)}
            player.emit_properties_changed(changed)
        if clock.jumped(position_us, time.monotonic(), plays=track.playback == "Playing"):
            player.Seeked(position_us)
        shown = track
        await asyncio.sleep(_LOOK_S)
