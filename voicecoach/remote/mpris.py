"""Media buttons and the lock screen on Linux: the session as a player on the desktop's bus (MPRIS)."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event

from voicecoach.paths import runtime_folder
from voicecoach.remote import Note, Obey, Status, beside


@contextmanager
def listen_to_desktop(obey: Obey, status: Callable[[], Status], note: Note) -> Iterator[None]:
    """Be a player on the session bus, which nothing waits for; where there is none, `note` is told why."""
    where = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    with suppress(OSError):
        runtime = runtime_folder(os.environ)
        if not where and runtime and (runtime / "bus").is_socket():
            where = f"unix:path={runtime}/bus"
    if not where:
        note("Media buttons: this machine has no session bus.")
        yield
        return
    leaving = Event()

    def run() -> None:
        try:
            # 0.1 s, for which no session waits: asyncio and the library of the bus.
            import asyncio

            from voicecoach.remote.mpris_bus import appear

            asyncio.run(appear(where, obey, status, leaving))
        except Exception as error:  # noqa: BLE001 - a comfort: whatever is wrong with a bus, the session goes on
            note(f"Media buttons do not work here ({error or type(error).__name__}).")

    with beside(run, "mpris", leaving.set):
        yield
