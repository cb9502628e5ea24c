"""The remotes that a live session listens to, on this machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach.errors import RemoteError
from voicecoach.remote import Obey, Remote, Status


def _keys() -> Remote:
    from voicecoach.remote.keys import Keys

    return Keys()


def _control() -> Remote:
    from voicecoach.remote.control import ControlSocket

    return ControlSocket()


FACTORIES: dict[str, Callable[[], Remote]] = {"control": _control, "keys": _keys}
"""What makes each remote. The first one refuses a second session; the others are a comfort."""

NEEDED = {"control"}


@contextmanager
def listening(obey: Obey, status: Callable[[], Status], remark: Callable[[str], None]) -> Iterator[None]:
    """Listen to all remotes of this machine; a comfort that cannot be had is remarked and left out."""
    started: list[Remote] = []
    try:
        for name, factory in FACTORIES.items():
            remote = factory()
            try:
                remote.start(obey, status)
            except RemoteError as error:
                if name in NEEDED:
                    raise
                remark(str(error))
            else:
                started.append(remote)
        yield
    finally:
        for remote in reversed(started):
            remote.close()
