"""The ground every test stands on: nothing of a user's is read or written, and no skip is hidden."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest

import tests.sampling  # noqa: F401 - the profile has to be known before it is asked for
from tests.disk import mounted
from tests.ear import Ear, missing_tools, open_ear

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
Run = Callable[..., subprocess.CompletedProcess[str]]

_XDG = ("CONFIG", "DATA", "CACHE", "STATE")
_FORGOTTEN = ("COLUMNS", "LINES", "VOICECOACH_", "PULSE_", "ALSA_", "ESPEAK_", "DBUS_", "NO_COLOR", "FORCE_COLOR")
_ELSEWHERE = "only on "
"""A skip whose reason starts so belongs to another platform; any other is a missing tool."""


_LONG = (
    "plot/test_plot", "e2e/test_export", "verify/test_verify", "verify/test_tones", "cli/test_resume", "test_readme",
    "cli/test_display", "export/test_mp3_layout", "cli/test_import", "articles/test_work", "articles/test_reading",
    "cli/test_history_command", "e2e/test_terminal", "articles/test_dose_laws", "engines/test_voice_profile",
    "test_start_up", "cli/test_quiet", "export/test_formats", "verify/test_hostile_files", "live/test_long",
    "engines/test_worker_process", "cli/test_saving_workers", "cli/test_stopping", "timeline/test_laws",
)  # fmt: skip
"""Files of a quarter of a minute and more, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files, so that no worker is alone with one of them in the end."""
    place = {f"{Path(__file__).parent}/{name}.py": number for number, name in enumerate(_LONG)}
    items.sort(key=lambda item: place.get(str(item.path), len(_LONG)))


@pytest.fixture(autouse=True)
def _untraced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let coverage leave alone the processes of a test of real time, or of what a process loads."""
    if {"audio", "untraced"} & {mark.name for mark in request.node.iter_markers()}:
        monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the paths of homes: pytest's own numbering looks through all there are for each new one."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(scope="session")
def made_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip cache that tests share, as nothing of what they claim depends on it."""
    return tmp_path_factory.mktemp("made-clips")


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], made_clips: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home and settings of its own; its clip cache is the shared one, or `clip_cache`."""
    home = next(_homes)
    for name in [name for name in os.environ if name.startswith(_FORGOTTEN)]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for kind in _XDG:
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("VOICECOACH_CACHE", str(made_clips))
    return home


@pytest.fixture
def home() -> Path:
    """Return the test's own home folder."""
    return Path(os.environ["HOME"])


@pytest.fixture
def clip_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a clip cache of its own, and return its path, at which there is nothing yet."""
    own = home / "clips"
    monkeypatch.setenv("VOICECOACH_CACHE", str(own))
    return own


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Give a sound server of the test's own: `ear.env` for a child, `ear.recording()`, `stop`, `start`."""
    if missing := missing_tools():
        pytest.skip(missing)
    with open_ear() as opened:
        yield opened


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 64 KiB, where this user may mount one."""
    disk = tmp_path / "disk"
    with mounted(disk) as why_not:
        if why_not:
            pytest.skip(why_not)
        yield disk


@pytest.fixture
def no_tools_path(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose PATH holds no program at all: no ffmpeg, no espeak, no player."""
    empty = tmp_path / "no-tools"
    empty.mkdir()
    return {**os.environ, "PATH": str(empty)}


@pytest.fixture
def run_unprivileged() -> Run:
    """Return `subprocess.run` for text, with output captured, to which file permissions apply.

    Root without its capabilities is refused like anyone else, and can still reach an interpreter in its home.
    """
    drop = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if _is_root() else []
    if drop and shutil.which("setpriv") is None:
        pytest.skip("root passes every permission here: apt-get install util-linux")

    def run(
        args: list[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [*drop, *args]
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)

    return run


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let no test be skipped under CI."""
    return _told((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let no file of tests be skipped under CI."""
    return _told((yield))


def _told(report: Report) -> Report:
    """Turn the skip for a missing tool into a failure where CI is set: there, everything must run."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        why = _reason(report)
        if not why.startswith(_ELSEWHERE):
            report.outcome = "failed"
            report.longrepr = f"skipped, but nothing may be under CI: {why}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return why.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not tested, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("NOT TESTED ON THIS MACHINE", sep="!", red=True, bold=True)
    for report in skipped:
        terminalreporter.write_line(f"{report.nodeid}: {_reason(report)}")
