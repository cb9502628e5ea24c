"""The remotes that a live session listens to, on this machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name

from voicecoach.errors import RemoteError, SessionRunningError
from voicecoach.remote import Note, Obey, Remote, Status
from voicecoach.remote.control import hold_playing_lock

_ALL = {
    "control": ("", "voicecoach.remote.control:listen_to_scripts"),
    "keys": ("", "voicecoach.remote.keys:listen_to_keys"),
    "mpris": ("linux", "voicecoach.remote.mpris:listen_to_desktop"),
    "now-playing": ("darwin", "voicecoach.remote.buttons:listen_to_buttons"),
    "transport-controls": ("win32", "voicecoach.remote.buttons:listen_to_buttons"),
}

REMOTES = {name: remote for name, (platform, remote) in _ALL.items() if platform in {"", sys.platform}}
"""The dotted names of this machine's remotes; a module is imported only when its row is used."""


@contextmanager
def listen_to_remotes(
    obey: Obey, status: Callable[[], Status], remark: Callable[[str], None], note: Note = lambda _: None
) -> Iterator[None]:
    """Listen to all remotes of this machine; one that cannot be had is remarked and left out.

    Raises SessionRunningError where another session is playing.
    """
    with ExitStack() as stack:
        stack.enter_context(hold_playing_lock())
        for name in REMOTES.values():
            remote: Remote = resolve_name(name)
            try:
                stack.enter_context(remote(obey, status, note))
            except SessionRunningError:
                raise
            except RemoteError as error:
                remark(str(error))
        yield
