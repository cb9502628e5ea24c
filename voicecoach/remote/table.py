"""The remotes that a live session listens to, on this machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from voicecoach.errors import RemoteError, SessionRunningError
from voicecoach.remote import Obey, Remote, Status

Note = Callable[[str], None]


def _keys(_: Note) -> Remote:
    from voicecoach.remote.keys import Keys

    return Keys()


def _control(_: Note) -> Remote:
    from voicecoach.remote.control import ControlSocket

    return ControlSocket()


def _mpris(note: Note) -> Remote:
    from voicecoach.remote.mpris import Mpris

    return Mpris(note)


def _now_playing(note: Note) -> Remote:
    from voicecoach.remote.buttons import Buttons

    return Buttons("macos", note)


def _transport_controls(note: Note) -> Remote:
    from voicecoach.remote.buttons import Buttons

    return Buttons("windows", note)


_MEDIA_BUTTONS: dict[str, dict[str, Callable[[Note], Remote]]] = {
    "linux": {"mpris": _mpris},
    "darwin": {"now-playing": _now_playing},
    "win32": {"transport-controls": _transport_controls},
}

FACTORIES: dict[str, Callable[[Note], Remote]] = {
    "control": _control,
    "keys": _keys,
    **_MEDIA_BUTTONS.get(sys.platform, {}),
}
"""What makes each remote, given what to tell those who want to know more than others."""


@contextmanager
def listen_to_remotes(
    obey: Obey, status: Callable[[], Status], remark: Callable[[str], None], note: Note = lambda _: None
) -> Iterator[None]:
    """Listen to all remotes of this machine; one that cannot be had is remarked and left out.

    Raises SessionRunningError where another session is playing.
    """
    from voicecoach.remote.control import session_running_error
    from voicecoach.remote.session_place import PlaceTakenError, hold_playing_lock

    with ExitStack() as stack:
        try:
            stack.enter_context(hold_playing_lock())
        except PlaceTakenError:
            raise session_running_error() from None
        for factory in FACTORIES.values():
            remote = factory(note)
            try:
                remote.start(obey, status)
            except SessionRunningError:
                raise
            except RemoteError as error:
                remark(str(error))
            else:
                stack.callback(remote.close)
        yield
