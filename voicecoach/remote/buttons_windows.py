"""The session among the media players of Windows, which its keys and the lock screen steer.

https://learn.microsoft.com/windows/uwp/audio-video-camera/system-media-transport-controls. A program without
a window has no controls of its own: those of a player that plays nothing are taken, and worked by hand.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from winrt.windows.media import (
    MediaPlaybackStatus,
    MediaPlaybackType,
    SystemMediaTransportControlsButton,
    SystemMediaTransportControlsTimelineProperties,
)
from winrt.windows.media.playback import MediaPlayer

from voicecoach.player.commands import Command
from voicecoach.remote.track import Track

BUTTONS = {
    "PLAY": Command.RESUME,
    "PAUSE": Command.PAUSE,
    "NEXT": Command.NEXT,
    "PREVIOUS": Command.PREVIOUS,
    "STOP": Command.STOP,
}
"""What each button means to a session. One that toggles arrives as the one or the other."""


class TransportControls:
    """The system's transport controls of a player that plays nothing."""

    def __init__(self, press: Callable[[Command], None]) -> None:
        self._press = press
        self._player = MediaPlayer()  # its controls end with it
        self._player.command_manager.is_enabled = False
        self._controls = self._player.system_media_transport_controls
        self._controls.is_play_enabled = self._controls.is_pause_enabled = True
        self._controls.is_next_enabled = self._controls.is_previous_enabled = True
        self._controls.is_stop_enabled = True
        self._controls.display_updater.type = MediaPlaybackType.MUSIC
        self._controls.add_button_pressed(self._pressed)
        self._controls.is_enabled = True

    def show(self, track: Track, position_us: int) -> None:
        """Show a track and how far it is."""
        self._controls.playback_status = MediaPlaybackStatus[track.playback.upper()]
        updater = self._controls.display_updater
        shown = updater.music_properties
        shown.title, shown.artist, shown.album_title = track.title, "voicecoach", track.album
        shown.track_number = track.number
        updater.update()
        if track.length_us:
            times = SystemMediaTransportControlsTimelineProperties()
            times.start_time = timedelta()
            times.end_time = timedelta(microseconds=track.length_us)
            # Where the time to seek to is the time that it is, there is no seeking.
            times.min_seek_time = times.max_seek_time = times.position = timedelta(microseconds=position_us)
            self._controls.update_timeline_properties(times)

    def turn(self, seconds: float) -> None:
        """Wait; what is pressed arrives in a thread of the system."""
        time.sleep(seconds)

    def _pressed(self, _: object, what: Any) -> None:  # noqa: ANN401 - the libraries publish no types
        command = BUTTONS.get(SystemMediaTransportControlsButton(what.button).name)
        if command:
            self._press(command)
