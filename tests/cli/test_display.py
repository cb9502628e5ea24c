"""What a person sees while a session plays: read off the screen of a terminal, whatever its width."""

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import LIMIT_S, SHORT, command, environment, in_front

if sys.platform == "win32":
    pytest.skip("only on systems with pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import termios

import pyte

ROWS = 14
QUICK = ("--detail", "minimal", "--pace", "2", "--rate", "200", "--from", "2", "--lead-in", "3s")


class Terminal:
    """A terminal of some width with a program in it, and what its screen shows."""

    def __init__(self, child: "subprocess.Popen[bytes]", end: int, columns: int, rows: int = ROWS) -> None:
        self.child, self.end, self.rows = child, end, rows
        self.screen = pyte.HistoryScreen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._say_size(columns)

    def resize(self, columns: int) -> None:
        """Make it wider or narrower while the program runs."""
        self.screen.resize(self.rows, columns)
        self._say_size(columns)
        self.child.send_signal(signal.SIGWINCH)

    @property
    def lines(self) -> list[str]:
        """The screen's lines with something on them."""
        return [line.rstrip() for line in self.screen.display if line.strip()]

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self.end, key.encode())

    def until(self, pattern: str) -> re.Match[str]:
        """Wait until the screen shows what `pattern` finds."""
        until = time.monotonic() + LIMIT_S
        while time.monotonic() < until:
            self.read(0.1)
            if found := re.search(pattern, "\n".join(self.lines)):
                return found
        raise AssertionError(f"no {pattern} on the screen:\n" + "\n".join(self.lines))

    def read(self, seconds: float) -> bool:
        """Take what the program draws within that time; False where it has ended."""
        try:
            if select.select([self.end], [], [], seconds)[0]:
                some = os.read(self.end, 65_536)
                self.raw += some
                self._stream.feed(some)
                return bool(some)
        except OSError:  # how Linux tells that nobody draws any more
            return False
        return True

    def ended(self) -> int:
        """Read on to the end of the program, and return its exit code."""
        until = time.monotonic() + LIMIT_S
        while self.read(5):
            assert time.monotonic() < until, "\n".join(self.lines)
        return self.child.wait(LIMIT_S)

    def _say_size(self, columns: int) -> None:
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, columns, 0, 0))


@contextmanager
def playing(
    folder: Path, clips: Path, columns: int, *flags: str, rows: int = ROWS, **changed: str
) -> Iterator[Terminal]:
    """Play the second exercise of a session, with nothing to hear, in a terminal of that width."""
    (folder / "short.yaml").write_text(SHORT, encoding="ascii")
    words = command("play", "short.yaml", "--output", "null", *QUICK, *flags)
    surroundings = {"TERM": "xterm-256color", "VOICECOACH_CACHE": str(clips), **changed}
    end, inner = pty.openpty()
    with subprocess.Popen(
        in_front(*words), stdin=inner, stdout=inner, stderr=inner,
        cwd=folder, env=environment(**surroundings), start_new_session=True,
    ) as child:  # fmt: skip
        os.close(inner)
        try:
            yield Terminal(child, end, columns, rows)
        finally:
            child.kill()
            os.close(end)


def below(seconds: int) -> str:
    """Return a pattern of the seconds that are left a second later, or later still on a busy machine."""
    return f"(?:{'|'.join(str(each) for each in range(seconds - 1))})"


def test_the_screen_shows_what_is_done_how_long_and_what_is_left_at_any_width(tmp_path: Path, made_clips: Path) -> None:
    with playing(tmp_path, made_clips, 100) as terminal:
        terminal.until(r"Listen +[━╸╺]+ +\d+ s")
        assert re.fullmatch(r"A short one +\d:\d\d left", terminal.lines[0])
        terminal.press("n")
        terminal.until(r"Get into position +[━╸╺]+ +\d+ s")
        assert terminal.lines[1].startswith("Quiet hold, set 1")
        terminal.resize(40)
        first = int(terminal.until(r"Get into position +[━╸╺]+ +(\d+) s\n(?:space|Ctrl-C)")[1])
        terminal.until(rf"Get into position +[━╸╺]+ +{below(first)} s")
        left = int(terminal.until(r"Hold +[━╸╺]+ +(\d+) s\n(?:space|Ctrl-C)")[1])
        terminal.until(rf"Hold +[━╸╺]+ +{below(left)} s")
        assert max(map(len, terminal.lines)) <= 40
        assert len([line for line in terminal.lines if line.startswith("A short one")]) <= 2


@pytest.mark.parametrize("columns", [80, 40])
def test_ctrl_c_clears_the_screen_says_where_and_gives_the_cursor_back(
    tmp_path: Path, made_clips: Path, columns: int
) -> None:
    with playing(tmp_path, made_clips, columns) as terminal:
        terminal.until(r"\d left")
        terminal.press("\x03")
        assert terminal.ended() == 130
        assert re.fullmatch(r"Stopped at \d:\d\d\.\d.*\.", " ".join(terminal.lines))
        assert not terminal.screen.cursor.hidden


@pytest.mark.parametrize("columns", [20, 12])
def test_a_narrow_terminal_keeps_the_countdown(tmp_path: Path, made_clips: Path, columns: int) -> None:
    with playing(tmp_path, made_clips, columns) as terminal:
        terminal.until(r"\d left")  # a key pressed before anybody listens is echoed
        terminal.press("n")
        first = int(terminal.until(r"(?m)^Get.* (\d+) s$")[1])
        terminal.until(rf"(?m)^Get.* {first - 2} s$")
        assert terminal.lines[0].endswith("left")


@pytest.mark.parametrize("rows", [4, 2])
def test_few_rows_leave_no_stale_lines(tmp_path: Path, made_clips: Path, rows: int) -> None:
    with playing(tmp_path, made_clips, 60, rows=rows) as terminal:
        terminal.until(r"\d s$")
        terminal.press("n")
        first = int(terminal.until(r"Get into position +[━╸╺]+ +(\d+) s")[1])
        terminal.until(rf"Get into position +[━╸╺]+ +{first - 2} s")
        shown = "\n".join(terminal.lines)
        assert len(re.findall(r"\d s$", shown, re.MULTILINE)) == 1
        terminal.press("\x03")
        assert terminal.ended() == 130
        assert " ".join(terminal.lines).startswith("Stopped at ")
        scrolled = ["".join(line[x].data for x in sorted(line)) for line in terminal.screen.history.top]
        assert not any("left" in line or "Get into" in line for line in scrolled)


PLAIN = {"--plain": (("--plain",), {}), "NO_COLOR": ((), {"NO_COLOR": "1"}), "TERM=dumb": ((), {"TERM": "dumb"})}


@pytest.mark.parametrize("which", PLAIN)
def test_who_wants_no_drawing_gets_lines(tmp_path: Path, made_clips: Path, which: str) -> None:
    flags, changed = PLAIN[which]
    with playing(tmp_path, made_clips, 80, *flags, rows=ROWS, **changed) as terminal:
        terminal.until(r"A short one\. Ctrl-C stops\.")
        terminal.press("n")
        terminal.until(r"\d:\d\d\.\d Quiet hold")
        assert b"\x1b" not in terminal.raw.replace(b"\x1b[?2004", b"")
