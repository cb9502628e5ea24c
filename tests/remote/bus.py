"""A D-Bus session bus of the test's own."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "no D-Bus daemon to talk to: apt-get install dbus"

_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Bus:
    """The running daemon, and where it listens."""

    def __init__(self, folder: Path) -> None:
        config = folder / "bus.conf"
        config.write_text(_CONFIG.format(path=folder / "bus"), encoding="ascii")
        self.address = f"unix:path={folder / 'bus'}"
        self._daemon: subprocess.Popen[bytes] = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdout is not None
        assert self._daemon.stdout.readline().startswith(b"unix:")

    def stop(self) -> None:
        """End the daemon, as at the end of a desktop session."""
        self._daemon.kill()
        self._daemon.wait()


@contextmanager
def open_bus(folder: Path) -> Iterator[Bus]:
    """Give a session bus that listens in a folder."""
    bus = Bus(folder)
    try:
        yield bus
    finally:
        bus.stop()


def is_missing() -> bool:
    """Return whether this machine has no daemon."""
    return shutil.which("dbus-daemon") is None
