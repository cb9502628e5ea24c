"""Media buttons and the lock screen on Linux: the session as a player on the desktop's bus (MPRIS)."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from voicecoach.paths import runtime_folder
from voicecoach.remote import Note, Obey, Status


class Mpris:
    """The player on the session bus, in a thread of its own; where there is no bus, there is no player.

    `note` is told why there is none.
    """

    def __init__(self, note: Note) -> None:
        self._note = note
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to appear on the bus; nothing is waited for."""
        where = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        with suppress(OSError):
            runtime = runtime_folder(os.environ)
            if not where and runtime and (runtime / "bus").is_socket():
                where = f"unix:path={runtime}/bus"
        if not where:
            self._note("Media buttons: this machine has no session bus.")
            return
        met = (where, obey, status)
        self._thread = threading.Thread(target=self._run, args=met, name="voicecoach-mpris", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave the bus."""
        self._leaving.set()
        if self._thread:
            self._thread.join(1.0)

    def _run(self, where: str, obey: Obey, status: Callable[[], Status]) -> None:
        try:
            # 0.1 s, for which no session waits: asyncio and the library of the bus.
            import asyncio

            from voicecoach.remote.mpris_bus import appear

            asyncio.run(appear(where, obey, status, self._leaving))
        except Exception as error:  # noqa: BLE001 - a comfort: whatever is wrong with a bus, the session goes on
            self._note(f"Media buttons do not work here ({error or type(error).__name__}).")
