#!/usr/bin/env python3
"""Measure voicecoach beside what a person would use instead, in one run, and write docs/performance.md.

Every row is the median of some runs, all taken in turn, so that a busy minute of the machine meets every row.
Peers: espeak-ng on one SSML file, encoded by ffmpeg (`apt-get install espeak-ng ffmpeg`), and a script of
pyttsx3 and pydub of the kind that one writes first. A peer that is missing is named, and its row left out.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
SESSION = ("l5-s1-relief", "--fit", "30m")
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"

ESPEAK = ("espeak-ng", "-m", "-v", "en-us+f2", "-s", "130", "-f", "{ssml}", "-w", "{wav}")
FFMPEG = ("ffmpeg", "-v", "error", "-y", "-i", "{wav}", "-c:a", "libmp3lame", "-b:a", "64k", "{mp3}")

NAIVE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import ctypes, os, espeakng_loader
ctypes.CDLL(espeakng_loader.get_library_path())
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
import av, numpy as np, pyttsx3
from pydub import AudioSegment
script, folder, out = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
engine = pyttsx3.init()
engine.setProperty("rate", 130)
session = AudioSegment.silent(0, frame_rate=22050)
engine.save_to_file("one", f"{folder}/prime.wav"); engine.runAndWait()
for number, event in enumerate(script["events"]):
    path = f"{folder}/{number}.wav"
    engine.save_to_file(event["text"], path)
    engine.runAndWait()
    session += AudioSegment.silent(max(0, event["start_ms"] - len(session)), frame_rate=22050)
    session += AudioSegment.from_wav(path)
pcm = np.array(session.get_array_of_samples(), np.int16)
with av.open(out, "w", format="mp3") as file:
    stream = file.add_stream("libmp3lame", rate=22050)
    stream.codec_context.layout, stream.codec_context.format = "mono", "s16p"
    stream.codec_context.bit_rate = 64000
    for at in range(0, len(pcm), 220500):
        frame = av.AudioFrame.from_ndarray(pcm[None, at : at + 220500], format="s16p", layout="mono")
        frame.sample_rate, frame.pts = 22050, at
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
"""

CONTINUOUS = """
import os, sys
from voicecoach.cache import ClipCache, cache_folder
from voicecoach.cli.flags import pacing_from
from voicecoach.cli.sessions import session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import timed
from voicecoach.export.save import save
from voicecoach.mix import mix
from voicecoach.studio import open_studio
session = session_for("l5-s1-relief", pacing_from(fit="30m"), Terminal())
with open_studio(None, "en", ClipCache(cache_folder(os.environ))) as studio:
    timeline = timed(session.fitted(studio), studio)
    end_ms = timeline.duration_ms
    cuts = lambda: [*((e.start_ms, studio.clip(e.sound)) for e in timeline.events), (end_ms, None)]
    save(sys.argv[1], lambda gain: mix(cuts(), 22050, gain), 22050, end_ms, 60000, {}, (), print)
"""

LIMIT = """
import pathlib, sys
frames = [path.read_bytes() for path in pathlib.Path(sys.argv[1]).glob("??/*")]
pathlib.Path(sys.argv[2]).write_bytes(pathlib.Path(sys.argv[3]).read_bytes())
"""


def main() -> None:
    """Measure, print the table, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each row is measured")
    parser.add_argument("--fast", action="store_true", help="leave out the slow script of pyttsx3 and growth")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page goes; its plot beside it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.runs)
        rows = bench.rows(fast=given.fast)
        growth = [] if given.fast else bench.growth()
    text = page(rows, growth, bench.missing, given.runs)
    print(text)
    given.page.write_text(text, encoding="utf-8")
    if growth:
        plot(growth, given.page.with_suffix(".svg"))


class Bench:
    """Commands in a folder of their own, timed; memory is the peak of the largest process."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.missing: list[str] = []
        self._clips = folder / "clips"
        self._ours("export", *SESSION, "-o", "warm.mp3")
        script = self._ours("script", *SESSION, "--json")
        (folder / "script.json").write_text(script, encoding="utf-8")
        (folder / "session.ssml").write_text(ssml(json.loads(script)), encoding="utf-8")

    def rows(self, *, fast: bool) -> dict[str, list[tuple[float, float]]]:
        """Return (seconds, MiB) of every run, by what ran."""
        todo: dict[str, Callable[[], None]] = {
            "voicecoach, warm": lambda: self._export("a.mp3"),
            "voicecoach, another pace (--pace brisk --rate 130)": self._paced,
            "voicecoach, another pace and rate (--pace, new clips)": self._new_pace,
            "voicecoach, cold (an empty cache)": self._cold,
            "voicecoach, one continuous encode, warm": lambda: self._python(CONTINUOUS, "c.mp3"),
            "limit: an empty process that reads the frames and writes the file": self._limit,
            "voicecoach script --json, warm": lambda: self._none("script", *SESSION, "--json"),
            "voicecoach --help": lambda: self._none("--help"),
            "an empty Python": lambda: self._run([sys.executable, "-c", "pass"]),
        }
        if self._has("espeak-ng") and self._has("ffmpeg"):
            todo["espeak-ng (SSML) and ffmpeg"] = self._peer
        if not fast:
            todo["pyttsx3 and pydub, as one writes it first"] = self._naive
        return self._measured(todo)

    def growth(self) -> list[tuple[float, float, float]]:
        """Return (minutes of session, seconds, MiB) of warm exports."""
        found = []
        for sets in (1, 2, 4, 8, 16):
            program = self.folder / f"long-{sets}.yaml"
            program.write_text(long_program(sets), encoding="utf-8")
            arguments = ("export", str(program), "-o", "long.mp3")
            said = self._ours(*arguments)
            seconds, memory = self._timed(partial(self._none, *arguments))
            found.append((minutes(said), seconds, memory))
        return found

    def _measured(self, todo: dict[str, Callable[[], None]]) -> dict[str, list[tuple[float, float]]]:
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in todo}
        for _ in range(self.runs):
            for name, run in todo.items():
                found[name].append(self._timed(run))
        return found

    def _timed(self, run: Callable[[], None]) -> tuple[float, float]:
        began = time.perf_counter()
        self._peak_mib = 0.0
        run()
        return time.perf_counter() - began, self._peak_mib

    def _run(self, command: list[str], **env: str) -> None:
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "VOICECOACH_CACHE": str(self._clips), **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)[:200]} failed with {process.returncode}")
        self._peak_mib = max(self._peak_mib, usage.ru_maxrss / 1024)

    def _ours(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "voicecoach", *arguments]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "VOICECOACH_CACHE": str(self._clips)}
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=True)
        return done.stdout

    def _none(self, *arguments: str, **env: str) -> None:
        self._run([sys.executable, "-m", "voicecoach", *arguments], **env)

    def _python(self, code: str, *arguments: str) -> None:
        self._run([sys.executable, "-c", code, *arguments])

    def _export(self, name: str, *flags: str, **env: str) -> None:
        self._none("export", *SESSION, "-o", name, *flags, **env)

    def _paced(self) -> None:
        self._export("p.mp3", "--pace", "brisk", "--rate", "130")

    def _new_pace(self) -> None:
        # A pace that no run before had: its words are spoken at a rate of their own.
        self._paces = getattr(self, "_paces", 0) + 1
        self._export("n.mp3", "--pace", f"{0.9 + 0.01 * self._paces:.2f}")

    def _cold(self) -> None:
        empty = tempfile.mkdtemp(dir=self.folder)
        self._export("k.mp3", VOICECOACH_CACHE=empty)
        shutil.rmtree(empty)

    def _limit(self) -> None:
        self._python(LIMIT, str(self._clips), "l.mp3", "warm.mp3")

    def _peer(self) -> None:
        names = {"ssml": "session.ssml", "wav": "peer.wav", "mp3": "peer.mp3"}
        for command in (ESPEAK, FFMPEG):
            self._run([part.format(**names) for part in command])

    def _naive(self) -> None:
        with tempfile.TemporaryDirectory(dir=self.folder) as clips:
            self._python(NAIVE, "script.json", clips, "naive.mp3")

    def _has(self, program: str) -> bool:
        if shutil.which(program):
            return True
        self.missing.append(program)
        return False


def ssml(script: dict[str, list[dict[str, object]]]) -> str:
    """Return the words of a script as one SSML document, with pauses as long as its silences."""
    parts, at_ms = ["<speak>"], 0
    for event in script["events"]:
        start_ms, end_ms = int(str(event["start_ms"])), int(str(event["end_ms"]))
        parts.append(f'<break time="{max(start_ms - at_ms, 0)}ms"/>{escape(str(event["text"]))}')
        at_ms = end_ms
    return "\n".join([*parts, "</speak>"])


def long_program(sets: int) -> str:
    """Return a program whose length grows with `sets`."""
    each = [
        f"  - {{use: {name}, sets: {sets}}}"
        for name in ("bird-dog", "cat-cow", "glute-bridge", "childs-pose")
    ]
    return "\n".join(["title: Long", "exercises:", *each, ""])


def minutes(said: str) -> float:
    """Return the length that `export` told, in minutes."""
    clock = said.rpartition(": ")[2].partition(",")[0]
    seconds = 0.0
    for field in clock.split(":"):
        seconds = seconds * 60 + float(field)
    return seconds / 60


def page(
    rows: dict[str, list[tuple[float, float]]],
    growth: list[tuple[float, float, float]],
    missing: list[str],
    runs: int,
) -> str:
    """Return the page: the table, growth, the peers' commands, and the machine."""
    medians = {name: statistics.median(seconds for seconds, _ in each) for name, each in rows.items()}
    warm = medians["voicecoach, warm"]
    lines = [
        "# Performance",
        "",
        "Written by `scripts/bench.py`: seconds are medians, MiB are those of the largest process.",
        f"Session: `{' '.join(SESSION)}`; {runs} runs of each row, in turn, on {machine()}.",
        "",
        "| what | s | least to most | MiB | against warm |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, each in rows.items():
        seconds = [taken for taken, _ in each]
        span = f"{min(seconds):.2f} to {max(seconds):.2f}"
        memory = max(mib for _, mib in each)
        lines.append(
            f"| {name} | {medians[name]:.2f} | {span} | {memory:.0f} | {medians[name] / warm:.1f} x |"
        )
    if missing:
        lines += ["", f"Not measured, as it is not installed: {', '.join(missing)}."]
    if growth:
        lines += ["", "## Growth", "", "Warm exports of longer and longer sessions.", ""]
        lines += [
            f"![Time and memory by length]({PLOT.name})",
            "",
            "| minutes | s | MiB |",
            "| --- | --- | --- |",
        ]
        lines += [f"| {length:.0f} | {seconds:.2f} | {memory:.0f} |" for length, seconds, memory in growth]
    lines += ["", "## The peers' commands", "", f"    {' '.join(ESPEAK)}", f"    {' '.join(FFMPEG)}", ""]
    lines += ["The script of pyttsx3 and pydub is `NAIVE` in `scripts/bench.py`.", ""]
    return "\n".join(lines)


def machine() -> str:
    """Return what the figures were taken on."""
    python = platform.python_version()
    # Figures taken beside other work say so.
    load = f", load {os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {python}{load}"


def plot(growth: list[tuple[float, float, float]], path: Path) -> None:
    """Draw time and memory by length."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SystemExit("the plot needs matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(7, 3.2), layout="constrained")
    lengths = [row[0] for row in growth]
    for place, (column, label) in enumerate(((1, "seconds"), (2, "MiB, largest process")), 1):
        axes = figure.add_subplot(1, 2, place)
        axes.plot(lengths, [row[column] for row in growth], marker="o")
        axes.set(xlabel="minutes of session", ylabel=label, ylim=(0, None))
        axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
