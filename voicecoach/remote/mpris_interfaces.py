"""The two D-Bus interfaces of a media player: https://specifications.freedesktop.org/mpris-spec/latest/."""

from collections.abc import Callable
from typing import Annotated

from dbus_fast import ErrorType, PropertyAccess, Variant
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.errors import DBusError
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.player import Command
from voicecoach.remote import Obey
from voicecoach.remote.track import Track

Texts = Annotated[list[str], DBusSignature("as")]
_READ = PropertyAccess.READ
_NO_SEEK = "voicecoach keeps its own time: Next and Previous change the exercise"


class MprisRoot(ServiceInterface):
    """What the player as a program can do: nothing but play."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    @dbus_property(access=_READ)
    def CanQuit(self) -> DBusBool:  # noqa: D102, N802 - the names are those of the specification
        return False

    @dbus_property(access=_READ)
    def CanRaise(self) -> DBusBool:  # noqa: D102, N802
        return False

    @dbus_property(access=_READ)
    def HasTrackList(self) -> DBusBool:  # noqa: D102, N802
        return False

    @dbus_property(access=_READ)
    def Identity(self) -> DBusStr:  # noqa: D102, N802
        return "voicecoach"

    @dbus_property(access=_READ)
    def SupportedUriSchemes(self) -> Texts:  # noqa: D102, N802
        return []

    @dbus_property(access=_READ)
    def SupportedMimeTypes(self) -> Texts:  # noqa: D102, N802
        return []

    @dbus_method()
    def Raise(self) -> None:  # noqa: D102, N802
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
        self._obey = obey
        self._track = track
        self._position_us = position_us

    @dbus_method()
    def Play(self) -> None:  # noqa: D102, N802
        self._obey(Command.RESUME)

    @dbus_method()
    def Pause(self) -> None:  # noqa: D102, N802
        self._obey(Command.PAUSE)

    @dbus_method()
    def PlayPause(self) -> None:  # noqa: D102, N802
        self._obey(Command.TOGGLE)

    @dbus_method()
    def Next(self) -> None:  # noqa: D102, N802
        self._obey(Command.NEXT)

    @dbus_method()
    def Previous(self) -> None:  # noqa: D102, N802
        self._obey(Command.PREVIOUS)

    @dbus_method()
    def Stop(self) -> None:  # noqa: D102, N802
        self._obey(Command.STOP)

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

    @dbus_property(access=_READ)
    def PlaybackStatus(self) -> DBusStr:  # noqa: D102, N802
        return self._track().playback

    @dbus_property(access=_READ)
    def Metadata(self) -> DBusDict:  # noqa: D102, N802
        return metadata(self._track())

    @dbus_property(access=_READ)
    def Position(self) -> DBusInt64:  # noqa: D102, N802
        return self._position_us()

    @dbus_property(access=_READ)
    def Rate(self) -> DBusDouble:  # noqa: D102, N802
        return 1.0

    @dbus_property(access=_READ)
    def MinimumRate(self) -> DBusDouble:  # noqa: D102, N802
        return 1.0

    @dbus_property(access=_READ)
    def MaximumRate(self) -> DBusDouble:  # noqa: D102, N802
        return 1.0

    @dbus_property(access=_READ)
    def Volume(self) -> DBusDouble:  # noqa: D102, N802
        return 1.0

    @dbus_property(access=_READ)
    def CanGoNext(self) -> DBusBool:  # noqa: D102, N802
        return True

    @dbus_property(access=_READ)
    def CanGoPrevious(self) -> DBusBool:  # noqa: D102, N802
        return True

    @dbus_property(access=_READ)
    def CanPlay(self) -> DBusBool:  # noqa: D102, N802
        return True

    @dbus_property(access=_READ)
    def CanPause(self) -> DBusBool:  # noqa: D102, N802
        return True

    @dbus_property(access=_READ)
    def CanSeek(self) -> DBusBool:  # noqa: D102, N802
        return False

    @dbus_property(access=_READ)
    def CanControl(self) -> DBusBool:  # noqa: D102, N802
        return True


def metadata(track: Track) -> dict[str, Variant]:
    """Return what is shown of a track in the types that MPRIS asks for."""
    known = {
        "mpris:trackid": Variant("o", track.path),
        "xesam:title": Variant("s", track.title),
        "xesam:artist": Variant("as", ["voicecoach"]),
        "xesam:album": Variant("s", track.album),
        "xesam:trackNumber": Variant("i", track.number),
    }
    return {**known, "mpris:length": Variant("x", track.length_us)} if track.length_us else known
