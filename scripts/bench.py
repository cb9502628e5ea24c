#!/usr/bin/env python3
"""Measure voicecoach beside what a person would use instead, in one run, and write docs/performance.md.

Every row is the median of some runs, all taken in turn, so that a busy minute of the machine meets every row.
Peers: (a) espeak-ng on one SSML file, encoded by ffmpeg (`apt-get install espeak-ng ffmpeg`); (b) a script of
pyttsx3 and pydub of the kind that one writes first, which runs once, as it takes two minutes; (c) our own
clips, mixed and encoded as one stream. A peer that is missing is named, and its row left out. Parts: rows,
naive (with rows), stages, growth, batch, first.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.bench_code import ESPEAK, FFMPEG  # noqa: E402 - after the path to it
from scripts.bench_runs import CONTINUOUS_PEER, LENGTHS, NAIVE_PEER, PEER, SESSION, Bench, Grown, Taken  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
PARTS = ("rows", "naive", "stages", "growth", "batch", "first")
PROGRAMS = 1000


def main() -> None:
    """Measure, print the page, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="how often each row is measured")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be given again")
    parser.add_argument("--quick", action="store_true", help="one run of each row, short growth, small batch")
    parser.add_argument("--page", type=Path, help=f"where the page goes; {PAGE.name}, where all parts are run")
    given = parser.parse_args()
    parts = tuple(given.only or PARTS)
    runs = 1 if given.quick else given.runs
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.prepare()
        sections = [_head(runs)]
        if "rows" in parts or "naive" in parts:
            sections.append(table(bench.measured(bench.rows(naive="naive" in parts), runs)))
        if "stages" in parts:
            sections.append(stages(bench.stages()))
        if "first" in parts:
            sections.append(first_sound(bench.first_sound(runs)))
        grown = bench.growth(LENGTHS[:3] if given.quick else LENGTHS) if "growth" in parts else []
        if grown:
            sections.append(growth(grown))
        if "batch" in parts:
            sections.append(batch(bench.batch(PROGRAMS // 10 if given.quick else PROGRAMS)))
        if bench.missing:
            sections.append([f"Not measured, as it is not installed: {', '.join(bench.missing)}."])
    text = "\n\n".join("\n".join(lines) for lines in [*sections, _foot()]) + "\n"
    print(text)
    page = given.page or (PAGE if parts == PARTS and not given.quick else None)
    if page:
        page.write_text(text, encoding="utf-8")
        if grown:
            plot(grown, page.with_suffix(".svg"))


def table(rows: dict[str, list[Taken]]) -> list[str]:
    """Return the table of all rows, each beside the peers."""
    medians = {name: statistics.median(each.seconds for each in taken) for name, taken in rows.items()}
    lines = [
        "| what | s | least to most | MiB | (a) takes | (b) takes | (c) takes |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, taken in rows.items():
        seconds = [each.seconds for each in taken]
        peers = " | ".join(
            f"{medians[peer] / medians[name]:.1f} x" if peer in medians else "-"
            for peer in (PEER, NAIVE_PEER, CONTINUOUS_PEER)
        )
        span = f"{min(seconds):.2f} to {max(seconds):.2f}"
        lines.append(f"| {name} | {medians[name]:.2f} | {span} | {max(each.mib for each in taken):.0f} | {peers} |")
    return lines


def stages(found: dict[str, dict[str, list[float]]]) -> list[str]:
    """Return where the time of an export goes."""
    lines = [
        "## Where the time goes",
        "",
        "Wall seconds, and in brackets the program's own processor seconds.",
        "",
        "| stage | cold | warm |",
        "| --- | --- | --- |",
    ]
    for stage in found["cold"]:
        cells = [f"{each[stage][0]:.2f} ({each[stage][1]:.2f})" if stage in each else "-" for each in found.values()]
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return lines


def first_sound(found: dict[str, list[tuple[float, float]]]) -> list[str]:
    """Return when `play` is first heard at a recorded null sink of PulseAudio."""
    lines = [
        "## First sound",
        "",
        "From the start of the command, as recorded at a null sink of PulseAudio.",
        "A session begins with 1.5 s of near-silence.",
        "",
        "| what | first sample, s | most | first word, s |",
        "| --- | --- | --- | --- |",
    ]
    for name, taken in found.items():
        samples = [first for first, _ in taken]
        words = statistics.median(word for _, word in taken)
        lines.append(f"| {name} | {statistics.median(samples):.2f} | {max(samples):.2f} | {words:.2f} |")
    return lines


def growth(grown: list[Grown]) -> list[str]:
    """Return time and memory by length."""
    lines = [
        "## Growth",
        "",
        "Longer and longer sessions, their sounds known: exported, and played as fast as their sound comes.",
        "",
        "![Time and memory by length](performance.svg)",
        "",
        "| minutes | export, s | MiB | played, s | MiB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for length, exported, played in grown:
        lines.append(
            f"| {length:.0f} | {exported.seconds:.2f} | {exported.mib:.0f} | {played.seconds:.2f} | {played.mib:.0f} |"
        )
    short, long = (min(grown, key=lambda each: abs(each.minutes - length)) for length in (20, 180))
    ratio = long.exported.mib / short.exported.mib
    return [
        *lines,
        "",
        f"Exporting {long.minutes:.0f} minutes takes {ratio:.2f} times the memory of {short.minutes:.0f}.",
    ]


def batch(taken: list[float]) -> list[str]:
    """Return the time of each hundred of programs."""
    told = ", ".join(f"{seconds:.1f}" for seconds in taken)
    return [
        "## Many programs",
        "",
        "Programs of some minutes over one cache that is empty at first, in one command for each hundred.",
        f"Seconds for each hundred: {told}.",
    ]


def plot(grown: list[Grown], path: Path) -> None:
    """Draw time and memory by length."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SystemExit("the plot needs matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(7, 3.2), layout="constrained")
    lengths = [each.minutes for each in grown]
    for place, (column, label) in enumerate((("seconds", "seconds"), ("mib", "MiB, largest process")), 1):
        axes = figure.add_subplot(1, 2, place)
        for what in ("exported", "played"):
            axes.plot(lengths, [getattr(getattr(each, what), column) for each in grown], marker="o", label=what)
        axes.set(xlabel="minutes of session", ylabel=label, ylim=(0, None))
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, metadata={"Date": None})


def _head(runs: int) -> list[str]:
    return [
        "# Performance",
        "",
        "Written by `scripts/bench.py`: seconds are medians, MiB are those of the largest process.",
        f"Session: `{' '.join(SESSION)}`; {runs} runs of each row, in turn, on {machine()}.",
    ]


def _foot() -> list[str]:
    return [
        "## The peers' commands",
        "",
        f"    {' '.join(ESPEAK)}",
        f"    {' '.join(FFMPEG)}",
        "",
        "The script of pyttsx3 and pydub is `NAIVE` in `scripts/bench_code.py`; it runs once.",
    ]


def machine() -> str:
    """Return what the figures were taken on."""
    python = platform.python_version()
    # Figures taken beside other work say so.
    load = f", load {os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {python}{load}"


if __name__ == "__main__":
    main()
