"""A session on the desktop's bus: joined, followed, and left.

Its two interfaces are those of https://specifications.freedesktop.org/mpris-spec/latest/.
"""

import asyncio
import time
from collections.abc import Callable
from threading import Event
from typing import Annotated

from dbus_fast import ErrorType, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.errors import DBusError
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.player.commands import Command
from voicecoach.remote import Obey, Status
from voicecoach.remote.track import Progress, Track

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"

_LOOK_S = 0.25
_PATIENCE_S = 5.0

_Texts = Annotated[list[str], DBusSignature("as")]
_NO_SEEK = "voicecoach keeps its own time: Next and Previous change the exercise"


def _reading(name: str, kind: object, read: Callable[..., object]) -> property:
    """Return a property of a D-Bus type that can be read, and not written."""

    def getter(self: ServiceInterface) -> object:
        return read(self)

    # What the library reads of a method that is written out.
    getter.__name__, getter.__annotations__ = name, {"return": kind}
    return dbus_property(access=PropertyAccess.READ)(getter)


def _pressing(name: str, command: Command | None) -> Callable[..., None]:
    """Return a method that gives the session a command, or does nothing."""

    def pressed(self: "MprisInterface") -> None:
        if command:
            self.obey(command)

    return dbus_method(name)(pressed)


class MprisRoot(ServiceInterface):
    """What the player as a program can do: nothing but play."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    Raise = _pressing("Raise", None)
    Quit = _pressing("Quit", None)


class MprisInterface(ServiceInterface):
    """The session as media buttons and lock screens know it; `look` tells what is shown, and the position."""

    def __init__(self, obey: Obey, look: Callable[[], tuple[Track, int]]) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self.obey, self.look = obey, look

    Play = _pressing("Play", Command.RESUME)
    Pause = _pressing("Pause", Command.PAUSE)
    PlayPause = _pressing("PlayPause", Command.TOGGLE)
    Next = _pressing("Next", Command.NEXT)
    Previous = _pressing("Previous", Command.PREVIOUS)
    Stop = _pressing("Stop", Command.STOP)

    PlaybackStatus = _reading("PlaybackStatus", DBusStr, lambda self: self.look()[0].playback)
    Metadata = _reading("Metadata", DBusDict, lambda self: compose_metadata(self.look()[0]))
    Position = _reading("Position", DBusInt64, lambda self: self.look()[1])

    @dbus_method()
    def Seek(self, Offset: DBusInt64) -> None:  # noqa: ARG002, D102, N802, N803 - the specification's names
        raise DBusError(ErrorType.NOT_SUPPORTED, _NO_SEEK)

    @dbus_method()
    def SetPosition(self, TrackId: DBusObjectPath, Position: DBusInt64) -> None:  # noqa: ARG002, D102, N802, N803
        raise DBusError(ErrorType.NOT_SUPPORTED, _NO_SEEK)

    @dbus_method()
    def OpenUri(self, Uri: DBusStr) -> None:  # noqa: ARG002, D102, N802, N803
        raise DBusError(ErrorType.NOT_SUPPORTED, "start another session with `voicecoach play SESSION`")

    @dbus_signal()
    def Seeked(self, position_us: int) -> DBusInt64:  # noqa: D102, N802
        return position_us


# What is always the same.
for _interface, _kind, _value, _names in (
    (MprisRoot, DBusBool, False, ("CanQuit", "CanRaise", "HasTrackList")),
    (MprisRoot, DBusStr, "voicecoach", ("Identity",)),
    (MprisRoot, _Texts, [], ("SupportedUriSchemes", "SupportedMimeTypes")),
    (MprisInterface, DBusDouble, 1.0, ("Rate", "MinimumRate", "MaximumRate", "Volume")),
    (MprisInterface, DBusBool, True, ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanControl")),
    (MprisInterface, DBusBool, False, ("CanSeek",)),
):
    for _name in _names:
        setattr(_interface, _name, _reading(_name, _kind, lambda _, value=_value: value))


def compose_metadata(track: Track) -> dict[str, Variant]:
    """Return what is shown of a track in the types that MPRIS asks for."""
    known = {
        "mpris:trackid": Variant("o", f"/org/voicecoach/exercise/{track.number}"),
        "xesam:title": Variant("s", track.title),
        "xesam:artist": Variant("as", ["voicecoach"]),
        "xesam:album": Variant("s", track.album),
        "xesam:trackNumber": Variant("i", track.number),
    }
    return {**known, "mpris:length": Variant("x", track.length_us)} if track.length_us else known


async def appear(where: str, obey: Obey, status: Callable[[], Status], leaving: Event) -> None:
    """Be a player on the bus of that address until the session is `leaving`; raises what goes wrong there."""
    progress, shown = Progress(), None
    player = MprisInterface(obey, lambda: progress.look(status()))
    bus = await _join_in_time(where, player, leaving)
    if bus is None:
        return
    try:
        while not leaving.is_set() and bus.connected:
            track, position_us = player.look()
            if shown not in {None, track}:
                player.emit_properties_changed({"PlaybackStatus": track.playback, "Metadata": compose_metadata(track)})
            if progress.jumped(position_us, time.monotonic(), plays=track.playback == "Playing"):
                player.Seeked(position_us)
            shown = track
            await asyncio.sleep(_LOOK_S)
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
