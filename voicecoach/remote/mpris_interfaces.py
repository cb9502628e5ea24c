"""The two D-Bus interfaces of a media player: https://specifications.freedesktop.org/mpris-spec/latest/."""

from collections.abc import Callable
from typing import Annotated, Any

from dbus_fast import ErrorType, PropertyAccess, Variant
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.errors import DBusError
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.player.commands import Command
from voicecoach.remote import Obey
from voicecoach.remote.track import Track

_Texts = Annotated[list[str], DBusSignature("as")]
_NO_SEEK = "voicecoach keeps its own time: Next and Previous change the exercise"


def _constant(name: str, kind: object, value: object) -> property:
    """Return a property of a D-Bus type that is always the same."""
    return _reading(name, kind, lambda _: value)


def _reading(name: str, kind: object, read: Callable[[Any], object]) -> property:
    """Return a property of a D-Bus type that can be read, and not written."""

    def getter(self: ServiceInterface) -> object:
        return read(self)

    # What the library reads of a method that is written out.
    getter.__name__, getter.__annotations__ = name, {"return": kind}
    return dbus_property(access=PropertyAccess.READ)(getter)


def _pressing(name: str, command: Command) -> Callable[..., None]:
    """Return a method that gives the session a command."""

    def pressed(self: "MprisInterface") -> None:
        self.obey(command)

    return dbus_method(name)(pressed)


class MprisRoot(ServiceInterface):
    """What the player as a program can do: nothing but play."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    CanQuit = _constant("CanQuit", DBusBool, value=False)
    CanRaise = _constant("CanRaise", DBusBool, value=False)
    HasTrackList = _constant("HasTrackList", DBusBool, value=False)
    Identity = _constant("Identity", DBusStr, "voicecoach")
    SupportedUriSchemes = _constant("SupportedUriSchemes", _Texts, [])
    SupportedMimeTypes = _constant("SupportedMimeTypes", _Texts, [])

    @dbus_method()
    def Raise(self) -> None:  # noqa: D102, N802 - the names are those of the specification
        return

    @dbus_method()
    def Quit(self) -> None:  # noqa: D102, N802
        return


class MprisInterface(ServiceInterface):
    """The session as media buttons and lock screens know it.

    `track` and `position_us` tell what is shown at a moment.
    """

    def __init__(self, obey: Obey, track: Callable[[], Track], position_us: Callable[[], int]) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self.obey = obey
        self.track = track
        self.position_us = position_us

    Play = _pressing("Play", Command.RESUME)
    Pause = _pressing("Pause", Command.PAUSE)
    PlayPause = _pressing("PlayPause", Command.TOGGLE)
    Next = _pressing("Next", Command.NEXT)
    Previous = _pressing("Previous", Command.PREVIOUS)
    Stop = _pressing("Stop", Command.STOP)

    PlaybackStatus = _reading("PlaybackStatus", DBusStr, lambda self: self.track().playback)
    Metadata = _reading("Metadata", DBusDict, lambda self: compose_metadata(self.track()))
    Position = _reading("Position", DBusInt64, lambda self: self.position_us())
    Rate = _constant("Rate", DBusDouble, 1.0)
    MinimumRate = _constant("MinimumRate", DBusDouble, 1.0)
    MaximumRate = _constant("MaximumRate", DBusDouble, 1.0)
    Volume = _constant("Volume", DBusDouble, 1.0)
    CanGoNext = _constant("CanGoNext", DBusBool, value=True)
    CanGoPrevious = _constant("CanGoPrevious", DBusBool, value=True)
    CanPlay = _constant("CanPlay", DBusBool, value=True)
    CanPause = _constant("CanPause", DBusBool, value=True)
    CanSeek = _constant("CanSeek", DBusBool, value=False)
    CanControl = _constant("CanControl", DBusBool, value=True)

    @dbus_method()
    def Seek(self, Offset: DBusInt64) -> None:  # noqa: ARG002, D102, N802, N803
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


def compose_metadata(track: Track) -> dict[str, Variant]:
    """Return what is shown of a track in the types that MPRIS asks for."""
    known = {
        "mpris:trackid": Variant("o", track.path),
        "xesam:title": Variant("s", track.title),
        "xesam:artist": Variant("as", ["voicecoach"]),
        "xesam:album": Variant("s", track.album),
        "xesam:trackNumber": Variant("i", track.number),
    }
    return {**known, "mpris:length": Variant("x", track.length_us)} if track.length_us else known
