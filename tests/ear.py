"""A PulseAudio server of one's own for tests, and recordings of what it plays."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]

RATE_HZ = 22_050
TOOLS = {"pulseaudio": "pulseaudio", "parec": "pulseaudio-utils"}
"""Program -> the Debian package that holds it."""

_PATIENCE_S = 60.0
_CLIENT = "autospawn = no\nenable-shm = no\n"


def missing_tools() -> str:
    """Say which programs this machine lacks and how to get them; "" when it has all."""
    packages = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    return f"no sound server to listen to: apt-get install {' '.join(packages)}" if packages else ""


@dataclass
class Recording:
    """What reached the null sink, as raw samples in a file that grows."""

    path: Path

    @property
    def pcm(self) -> Pcm:
        """Everything recorded so far, shape (n,), mono int16 at `RATE_HZ`."""
        whole = self.path.stat().st_size // 2
        return np.fromfile(self.path, dtype="<i2", count=whole).astype(np.int16)


@dataclass
class Ear:
    """A PulseAudio server with the null sink "ear"; nothing of a user's own server or settings is shared."""

    folder: Path
    _server: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def env(self) -> dict[str, str]:
        """The whole environment for a child that shall play into this ear."""
        settings = self.folder / "client.conf"
        settings.write_text(_CLIENT, encoding="ascii")
        no_alsa = self.folder / "asound.conf"
        no_alsa.touch()
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "ALSA_"))},
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_CLIENTCONFIG": str(settings),
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_STATE_PATH": str(self.folder),
            "ALSA_CONFIG_PATH": str(no_alsa),
        }

    def start(self) -> None:
        """Start the server, and return once it answers."""
        self.stop()
        (self.folder / "native").unlink(missing_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(self._command(), env=self.env, stdout=log, stderr=log)
        self._wait_for(self._answers, "the sound server does not answer")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server, if it runs; with SIGKILL it dies as in a crash."""
        if self._server:
            self._server.send_signal(how)
            self._server.wait(_PATIENCE_S)
            self._server = None

    @contextmanager
    def recording(self) -> Iterator[Recording]:
        """Record the sink while the block runs, from before its first line on, and half a second longer."""
        taken = Recording(self.folder / f"{time.monotonic_ns()}.raw")
        command = ["parec", "--raw", "-d", "ear.monitor", "--format=s16le", f"--rate={RATE_HZ}"]
        command += ["--channels=1", "--latency-msec=20"]
        with taken.path.open("wb") as out, (self.folder / "server.log").open("ab") as log:
            recorder = subprocess.Popen(command, env=self.env, stdout=out, stderr=log)
        try:
            self._wait_for(lambda: taken.path.stat().st_size > 0, "nothing can be recorded")
            yield taken
            time.sleep(0.5)
        finally:
            recorder.terminate()
            recorder.wait(_PATIENCE_S)

    def _command(self) -> list[str]:
        socket = f"module-native-protocol-unix socket={self.folder}/native auth-anonymous=1"
        sink = f"module-null-sink sink_name=ear format=s16le channels=1 rate={RATE_HZ}"
        flags = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        return ["pulseaudio", *flags, "--realtime=no", "--high-priority=no", "-L", socket, "-L", sink]

    def _answers(self) -> bool:
        asked = ["pactl", "info"]
        return subprocess.run(asked, env=self.env, capture_output=True, check=False).returncode == 0

    def _wait_for(self, ready: Callable[[], bool], complaint: str) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not ready():
            if time.monotonic() > until:
                log = (self.folder / "server.log").read_text(errors="replace")
                raise AssertionError(f"{complaint}:\n{log}")
            time.sleep(0.02)


@contextmanager
def open_ear() -> Iterator[Ear]:
    """Give a started ear in a folder of its own; a socket's path must be short, hence not pytest's folder."""
    folder = Path(tempfile.mkdtemp(prefix="ear"))
    ear = Ear(folder)
    try:
        ear.start()
        yield ear
    finally:
        ear.stop(signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
