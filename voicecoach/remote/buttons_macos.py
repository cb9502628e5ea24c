"""The session as what is playing now on macOS: https://developer.apple.com/documentation/mediaplayer.

Only to be used in the main thread of its process, whose run loop the system delivers to.
"""

from collections.abc import Callable
from typing import Any

import AppKit
import Foundation
import MediaPlayer

from voicecoach.player.commands import Command
from voicecoach.remote.track import Track

BUTTONS = {
    "playCommand": Command.RESUME,
    "pauseCommand": Command.PAUSE,
    "togglePlayPauseCommand": Command.TOGGLE,
    "nextTrackCommand": Command.NEXT,
    "previousTrackCommand": Command.PREVIOUS,
    "stopCommand": Command.STOP,
}
"""What each command of the system's command centre means to a session."""

REFUSED = ("changePlaybackPositionCommand", "skipForwardCommand", "skipBackwardCommand")
"""Seeking: a hold that starts in its middle is no hold."""


def now_playing_info(track: Track, position_us: int) -> dict[str, object]:
    """Return what is shown of a track, by the names of the system's constants; times are in seconds."""
    shown: dict[str, object] = {
        "MPMediaItemPropertyTitle": track.title,
        "MPMediaItemPropertyArtist": "voicecoach",
        "MPMediaItemPropertyAlbumTitle": track.album,
        "MPMediaItemPropertyAlbumTrackNumber": track.number,
        "MPNowPlayingInfoPropertyElapsedPlaybackTime": position_us / 1e6,
        "MPNowPlayingInfoPropertyPlaybackRate": float(track.playback == "Playing"),
    }
    if track.length_us:
        shown["MPMediaItemPropertyPlaybackDuration"] = track.length_us / 1e6
    return shown


class NowPlaying:
    """The system's centre of what is playing, and that of its commands."""

    def __init__(self, press: Callable[[Command], None]) -> None:
        # Without an application no command arrives; an accessory has no icon in the Dock.
        application = AppKit.NSApplication.sharedApplication()
        application.setActivationPolicy_(AppKit.NSApplicationActivationPolicyAccessory)
        self._shown = MediaPlayer.MPNowPlayingInfoCenter.defaultCenter()
        commands = MediaPlayer.MPRemoteCommandCenter.sharedCommandCenter()
        for name, command in BUTTONS.items():
            button = getattr(commands, name)()
            button.setEnabled_(True)
            button.addTargetWithHandler_(self._handler(press, command))
        for name in REFUSED:
            getattr(commands, name)().setEnabled_(False)

    def show(self, track: Track, position_us: int) -> None:
        """Show a track; the system counts on by itself as long as it plays."""
        named = {getattr(MediaPlayer, name): value for name, value in now_playing_info(track, position_us).items()}
        self._shown.setNowPlayingInfo_(named)
        # Buttons are for who says that it plays, or did.
        self._shown.setPlaybackState_(getattr(MediaPlayer, f"MPNowPlayingPlaybackState{track.playback}"))

    def turn(self, seconds: float) -> None:
        """Run the main thread's loop for so long."""
        until = Foundation.NSDate.dateWithTimeIntervalSinceNow_(seconds)
        Foundation.NSRunLoop.mainRunLoop().runUntilDate_(until)

    def _handler(self, press: Callable[[Command], None], command: Command) -> Callable[[Any], int]:
        def pressed(_: Any) -> int:  # noqa: ANN401 - the libraries publish no types
            press(command)
            return int(MediaPlayer.MPRemoteCommandHandlerStatusSuccess)

        return pressed
