"""The remotes that a live session listens to, on this machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name
from typing import NamedTuple

from voicecoach.errors import RemoteError, SessionRunningError
from voicecoach.remote import Note, Obey, Remote, Status
from voicecoach.remote.control import hold_playing_lock


class RemoteRow(NamedTuple):
    """The dotted name of a remote, the platform of `sys.platform` that alone has it, and what it is made of.

    One that `takes_note` is made with a `Note` first, then with the `words`.
    """

    remote: str
    platform: str = ""
    takes_note: bool = False
    words: tuple[str, ...] = ()

    def make(self, note: Note) -> Remote:
        """Return a new remote, which listens to nothing yet."""
        remote: Remote = resolve_name(self.remote)(*([note] if self.takes_note else []), *self.words)
        return remote


_ALL = {
    "control": RemoteRow("voicecoach.remote.control:ControlSocket"),
    "keys": RemoteRow("voicecoach.remote.keys:Keys"),
    "mpris": RemoteRow("voicecoach.remote.mpris:Mpris", "linux", takes_note=True),
    "now-playing": RemoteRow("voicecoach.remote.buttons:Buttons", "darwin", takes_note=True, words=("macos",)),
    "transport-controls": RemoteRow("voicecoach.remote.buttons:Buttons", "win32", takes_note=True, words=("windows",)),
}

REMOTES = {name: row for name, row in _ALL.items() if row.platform in {"", sys.platform}}
"""The remotes of this machine by name; a module is imported only when its row is used."""


@contextmanager
def listen_to_remotes(
    obey: Obey, status: Callable[[], Status], remark: Callable[[str], None], note: Note = lambda _: None
) -> Iterator[None]:
    """Listen to all remotes of this machine; one that cannot be had is remarked and left out.

    Raises SessionRunningError where another session is playing.
    """
    with ExitStack() as stack:
        stack.enter_context(hold_playing_lock())
        for row in REMOTES.values():
            remote = row.make(note)
            try:
                remote.start(obey, status)
            except SessionRunningError:
                raise
            except RemoteError as error:
                remark(str(error))
            else:
                stack.callback(remote.close)
        yield
