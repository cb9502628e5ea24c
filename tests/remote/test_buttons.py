"""Media buttons of macOS and Windows: the process that both live in is real, the two systems are fakes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.bounds import HANG_S
from tests.remote.watched import STATUS, Watched, eventually, threads
from voicecoach.player.commands import Command, State
from voicecoach.processes.child import child_command
from voicecoach.processes.supervisor import Supervisor
from voicecoach.remote.buttons import listen_to_buttons
from voicecoach.remote.track import Progress, Track

TRACK = Track(playback="Playing", title="Bird-dog", album="Morning", number=2, length_us=300_000_000)


class Noted(list[str]):
    """What was noted."""

    def __call__(self, text: str) -> None:
        self.append(text)


class Pressing:
    """Buttons in a process of their own, whose system is `tests.remote.system_player` on a folder."""

    def __init__(self, folder: Path, how: str = "") -> None:
        self.watched = Watched()
        self.notes = Noted()
        self.shown = folder / "shown"
        self.pressed = folder / "pressed"
        command = child_command("tests.remote.system_player:run_folder", str(folder), how)
        self.supervisor = Supervisor(command, 20)
        watched, self.buttons = self.watched, ExitStack()
        self.buttons.enter_context(listen_to_buttons(watched.obey, watched.status, self.notes, self.supervisor))

    def process(self) -> "subprocess.Popen[bytes]":
        """Return the process that it lives in."""
        child = self.supervisor._child
        assert child is not None
        return child.process

    def last(self) -> dict[str, Any]:
        """Return what is shown now."""
        found: dict[str, Any] = json.loads(self.shown.read_text()) if self.shown.exists() else {}
        return found

    def press(self, button: str) -> None:
        """Press a button, as a person does once there is something to be seen."""
        beside = self.pressed.with_suffix(".new")
        beside.write_text(button, encoding="ascii")
        beside.replace(self.pressed)


@pytest.fixture
def pressing(tmp_path: Path) -> Iterator[Pressing]:
    pressing = Pressing(tmp_path)
    eventually(pressing.last)
    yield pressing
    pressing.buttons.close()
    assert pressing.notes == []
    assert "voicecoach-buttons" not in threads()


@pytest.mark.parametrize("button", ["resume", "pause", "toggle", "next", "previous", "stop"])
def test_what_is_pressed_in_the_process_is_obeyed(button: str, pressing: Pressing) -> None:
    pressing.press(button)
    eventually(lambda: pressing.watched.commands)
    assert pressing.watched.commands == [Command(button)]


def test_the_process_is_told_what_to_show_and_what_changes(pressing: Pressing) -> None:
    assert (pressing.last()["title"], pressing.last()["playback"]) == ("Bird-dog", "Playing")
    assert (pressing.last()["length_us"], pressing.last()["position_us"]) == (300_000_000, 60_000_000)
    pressing.watched.change(state=State.PAUSED, exercise="Bridge", index=3)
    eventually(lambda: pressing.last()["title"] == "Bridge")
    assert (pressing.last()["playback"], pressing.last()["number"]) == ("Paused", 3)


def test_the_process_ends_with_the_session(tmp_path: Path) -> None:
    pressing = Pressing(tmp_path)
    eventually(pressing.last)
    process = pressing.process()
    pressing.buttons.close()
    assert process.poll() == 0
    assert pressing.notes == []


WAYS = {
    "fails": "Media buttons do not work here (no such system).",
    "crashes": "Media buttons do not work here (exit code 7).",
    "fails later": "Media buttons do not work here (KeyError).",
}


@pytest.mark.parametrize("how", WAYS)
def test_a_process_that_fails_is_noted_once_and_the_session_goes_on(how: str, tmp_path: Path) -> None:
    pressing = Pressing(tmp_path, how)
    eventually(lambda: pressing.notes)
    pressing.buttons.close()
    assert pressing.notes == [WAYS[how]]


def test_a_process_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    pressing = Pressing(tmp_path, "hangs")
    eventually(lambda: pressing.supervisor.pid)
    process = pressing.process()
    began = time.monotonic()
    pressing.buttons.close()
    assert time.monotonic() - began < HANG_S
    assert process.poll() is not None


def test_a_python_that_is_missing_is_noted() -> None:
    notes = Noted()
    supervisor = Supervisor(("/nowhere/at/all",), 20)
    with listen_to_buttons(lambda _: None, lambda: STATUS, notes, supervisor):
        eventually(lambda: notes)
    assert notes == ["Media buttons do not work here (No such file or directory)."]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="only where the libraries are missing")
@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_where_the_extra_is_missing_the_note_names_it_and_no_process_is_started(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = Noted()
    monkeypatch.setattr("sys.platform", system)
    with listen_to_buttons(lambda _: None, lambda: STATUS, notes):
        assert "voicecoach-buttons" not in threads()
    assert notes == ['Media buttons are not installed (pip install "voicecoach[buttons]").']


def test_a_child_ends_when_its_program_is_gone(tmp_path: Path) -> None:
    command = child_command("tests.remote.system_player:run_folder", str(tmp_path), "")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        child.stdin.close()
        assert child.wait(10) == 0


POSITIONS = {
    "plays on": ([(0, 0.0), (1_000_000, 1.0), (2_100_000, 2.0)], True, 0),
    "starts late": ([(60_000_000, 500.0), (61_000_000, 501.0)], True, 1),
    "stands": ([(0, 0.0), (0, 30.0), (0, 60.0)], False, 0),
    "goes back": ([(0, 0.0), (9_000_000, 9.0), (1_000_000, 9.2)], True, 1),
    "skips": ([(0, 0.0), (9_000_000, 1.0)], True, 1),
}


@pytest.mark.parametrize(("looks", "plays", "jumps"), POSITIONS.values(), ids=POSITIONS)
def test_a_position_jumps_where_counting_on_does_not_lead(
    looks: list[tuple[int, float]], plays: bool, jumps: int
) -> None:
    counted = Progress()
    assert sum(counted.jumped(us, now_s, plays=plays) for us, now_s in looks) == jumps


class Constants(SimpleNamespace):
    """A library that has a constant of every name, besides those that it is given."""

    def __init__(self, constant: Callable[[str], object], **given: object) -> None:
        super().__init__(**given)
        self._constant = constant

    def __getattr__(self, name: str) -> object:
        return self._constant(name)


class Apple:
    """As much of macOS as is asked for: two centres, an application and a run loop, by their own names."""

    def __init__(self) -> None:
        self.policy = self.shown = self.state = self.ran_s = None
        self.player: Any = None
        self.enabled: dict[str, bool] = {}
        self.handlers: dict[str, Any] = {}
        apple = self

        def command(name: str) -> SimpleNamespace:
            return SimpleNamespace(
                setEnabled_=lambda on: apple.enabled.__setitem__(name, on),
                addTargetWithHandler_=lambda handler: apple.handlers.__setitem__(name, handler),
            )

        centre = Constants(lambda name: lambda: command(name))
        shown = SimpleNamespace(
            setNowPlayingInfo_=lambda info: setattr(apple, "shown", info),
            setPlaybackState_=lambda state: setattr(apple, "state", state),
        )
        loop = SimpleNamespace(runUntilDate_=lambda date: setattr(apple, "ran_s", date))
        application = SimpleNamespace(setActivationPolicy_=lambda policy: setattr(apple, "policy", policy))
        self.modules = {
            "AppKit": SimpleNamespace(
                NSApplication=SimpleNamespace(sharedApplication=lambda: application),
                NSApplicationActivationPolicyAccessory=1,
            ),
            "Foundation": SimpleNamespace(
                NSDate=SimpleNamespace(dateWithTimeIntervalSinceNow_=lambda seconds: seconds),
                NSRunLoop=SimpleNamespace(mainRunLoop=lambda: loop),
            ),
            "MediaPlayer": Constants(
                lambda name: f"key of {name}",
                MPNowPlayingInfoCenter=SimpleNamespace(defaultCenter=lambda: shown),
                MPRemoteCommandCenter=SimpleNamespace(sharedCommandCenter=lambda: centre),
                MPRemoteCommandHandlerStatusSuccess=0,
                MPNowPlayingPlaybackStatePlaying=1,
                MPNowPlayingPlaybackStatePaused=2,
                MPNowPlayingPlaybackStateStopped=3,
            ),
        }


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the module of a system anew, over the stand-ins of its libraries, for one test."""
    monkeypatch.delitem(sys.modules, name, raising=False)
    loaded = import_module(name)
    monkeypatch.setitem(sys.modules, name, loaded)
    return loaded


@pytest.fixture
def apple(monkeypatch: pytest.MonkeyPatch) -> Apple:
    apple = Apple()
    for name, module in apple.modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    apple.player = load("voicecoach.remote.buttons_macos", monkeypatch)
    return apple


def test_each_command_of_macos_is_one_of_the_session_and_seeking_is_refused(apple: Apple) -> None:
    pressed: list[Command] = []
    apple.player.NowPlaying(pressed.append)
    assert {name for name, on in apple.enabled.items() if on} == set(apple.player.BUTTONS)
    assert {name for name, on in apple.enabled.items() if not on} == set(apple.player.REFUSED)
    for name, command in apple.player.BUTTONS.items():
        assert apple.handlers[name](object()) == 0
        assert pressed.pop() is command
    assert apple.policy == 1


@pytest.mark.parametrize(("playback", "state"), [("Playing", 1), ("Paused", 2), ("Stopped", 3)])
def test_macos_is_shown_exercise_program_state_and_time(playback: str, state: int, apple: Apple) -> None:
    player = apple.player.NowPlaying(lambda _: None)
    track = Track(playback=playback, title="Bridge", album="Morning", number=3, length_us=90_000_000)
    player.show(track, 30_500_000)
    assert apple.state == state
    assert apple.shown == {
        "key of MPMediaItemPropertyTitle": "Bridge",
        "key of MPMediaItemPropertyArtist": "voicecoach",
        "key of MPMediaItemPropertyAlbumTitle": "Morning",
        "key of MPMediaItemPropertyAlbumTrackNumber": 3,
        "key of MPMediaItemPropertyPlaybackDuration": 90.0,
        "key of MPNowPlayingInfoPropertyElapsedPlaybackTime": 30.5,
        "key of MPNowPlayingInfoPropertyPlaybackRate": float(playback == "Playing"),
    }
    player.turn(0.05)
    assert apple.ran_s == 0.05


def test_a_length_that_is_not_known_yet_is_not_shown(apple: Apple) -> None:
    early = Track(playback="Playing", title="Bridge", album="Morning", number=3, length_us=0)
    assert "MPMediaItemPropertyPlaybackDuration" not in apple.player.now_playing_info(early, 0)


class Windows:
    """As much of Windows as is asked for: the controls of a player, by the names of its projection."""

    def __init__(self) -> None:
        import enum

        self.handler: Any = None
        self.player: Any = None
        self.timeline: Any = None
        self.updates = 0
        self.controls = SimpleNamespace(
            is_enabled=False,
            display_updater=SimpleNamespace(music_properties=SimpleNamespace(), update=self._update),
            add_button_pressed=lambda handler: setattr(self, "handler", handler),
            update_timeline_properties=lambda times: setattr(self, "timeline", times),
        )
        self.commands = SimpleNamespace(is_enabled=True)
        media, playback = ModuleType("winrt.windows.media"), ModuleType("winrt.windows.media.playback")
        buttons = "PLAY PAUSE STOP RECORD FAST_FORWARD REWIND NEXT PREVIOUS"
        vars(media).update(
            MediaPlaybackStatus=enum.IntEnum("MediaPlaybackStatus", "CLOSED CHANGING STOPPED PLAYING PAUSED", start=0),
            MediaPlaybackType=enum.IntEnum("MediaPlaybackType", "UNKNOWN MUSIC", start=0),
            SystemMediaTransportControlsButton=enum.IntEnum("Button", buttons, start=0),
            SystemMediaTransportControlsTimelineProperties=SimpleNamespace,
        )
        vars(playback).update(
            MediaPlayer=lambda: SimpleNamespace(
                command_manager=self.commands, system_media_transport_controls=self.controls
            )
        )
        packages = {name: ModuleType(name) for name in ("winrt", "winrt.windows")}
        self.modules = {**packages, media.__name__: media, playback.__name__: playback}

    def _update(self) -> None:
        self.updates += 1

    def press(self, number: int) -> None:
        """Press a button, as the system tells it."""
        self.handler(self.controls, SimpleNamespace(button=number))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    windows = Windows()
    for name, module in windows.modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    windows.player = load("voicecoach.remote.buttons_windows", monkeypatch)
    return windows


def test_each_button_of_windows_is_a_command_and_others_do_nothing(windows: Windows) -> None:
    pressed: list[Command] = []
    windows.player.TransportControls(pressed.append)
    for number in range(8):
        windows.press(number)
    assert pressed == [Command.RESUME, Command.PAUSE, Command.STOP, Command.NEXT, Command.PREVIOUS]
    assert windows.commands.is_enabled is False
    enabled = {name for name, on in vars(windows.controls).items() if name.startswith("is_") and on}
    assert enabled == {f"is_{each}_enabled" for each in ("play", "pause", "stop", "next", "previous")} | {"is_enabled"}


@pytest.mark.parametrize(("playback", "status"), [("Playing", 3), ("Paused", 4), ("Stopped", 2)])
def test_windows_is_shown_exercise_program_state_and_time(playback: str, status: int, windows: Windows) -> None:
    player = windows.player.TransportControls(lambda _: None)
    player.show(Track(playback=playback, title="Bridge", album="Morning", number=3, length_us=0), 0)
    assert windows.timeline is None
    player.show(Track(playback=playback, title="Bridge", album="Morning", number=3, length_us=90_000_000), 30_500_000)
    assert windows.controls.playback_status == status
    assert vars(windows.controls.display_updater.music_properties) == {
        "title": "Bridge", "artist": "voicecoach", "album_title": "Morning", "track_number": 3,
    }  # fmt: skip
    assert windows.updates == 2
    seconds = {name: value.total_seconds() for name, value in vars(windows.timeline).items()}
    assert seconds == {
        "start_time": 0, "end_time": 90, "position": 30.5, "min_seek_time": 30.5, "max_seek_time": 30.5,
    }  # fmt: skip
    player.turn(0)
