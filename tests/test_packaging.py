"""What is published works by itself: each archive, in an environment outside the checkout, without ffmpeg."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import voicecoach

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "voicecoach"
DIST = os.environ.get("VOICECOACH_DIST", "")
"""A folder with archives that were built already."""

BIN = "Scripts" if sys.platform == "win32" else "bin"
LIMIT_S = 600
"""Only a program that hangs takes as long."""

STRAY = ("Warning", "Traceback", "ffmpeg", "Audio saved", "ALSA", "rror:")

_PROGRAM = """\
title: Two breaths
exercises:
  - name: Quiet breathing
    steps: [Breathe in through your nose.]
    phases: [{cue: In, seconds: 2, breath: in}, {cue: Out, seconds: 2, breath: out}]
    reps: 2
"""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the wheel and the source archive, built here unless a folder of them was given."""
    folder = Path(DIST) if DIST else tmp_path_factory.mktemp("dist")
    if not DIST:
        build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        subprocess.run(build, check=True, capture_output=True, timeout=LIMIT_S)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


@pytest.fixture(scope="module")
def environment(archives: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the commands of a fresh environment with the wheel and all it depends on.

    What it depends on is installed there for archives of a release; else it is lent by the environment of
    the tests, whose own copy of the package is not: a folder on the path lends what lies in it, not what its
    files name.
    """
    folder = tmp_path_factory.mktemp("environment")
    if DIST:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=LIMIT_S)
        _pip(folder / BIN, str(archives["wheel"]))
        return folder / BIN
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=LIMIT_S)
    own = subprocess.run(
        [str(folder / BIN / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True, timeout=LIMIT_S,
    )  # fmt: skip
    (Path(own.stdout.strip()) / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / BIN


@pytest.fixture(scope="module", params=["wheel", "sdist"])
def commands(request: pytest.FixtureRequest, archives: dict[str, Path], environment: Path) -> Path:
    """Return the commands of an environment where one of the archives was the last to be installed."""
    offline = () if DIST else ("--no-build-isolation", "--no-index")
    _pip(environment, "--force-reinstall", "--no-deps", *offline, str(archives[request.param]))
    return environment


def _pip(commands: Path, *what: str) -> None:
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", *what]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    assert done.returncode == 0, done.stderr


def _run(command: list[str], cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert not [word for word in STRAY if word in said], said
    return done


def _shipped() -> Iterator[str]:
    kept = (path for path in SOURCES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (path.relative_to(ROOT).as_posix() for path in kept)


def test_the_wheel_holds_every_file_of_the_package_and_no_other(archives: dict[str, Path]) -> None:
    with zipfile.ZipFile(archives["wheel"]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == set(_shipped())


def test_the_source_archive_holds_the_package_its_tests_and_its_licence(archives: dict[str, Path]) -> None:
    with tarfile.open(archives["sdist"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {*_shipped(), "LICENSE", "README.md", "scripts/run", "tests/conftest.py"} <= names


@pytest.mark.parametrize("kind", [".yaml", ".toml", ".json", "py.typed"])
def test_the_package_has_its_records_beside_its_code(kind: str) -> None:
    assert [name for name in _shipped() if name.endswith(kind)]


def test_the_version_is_the_same_wherever_it_stands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == voicecoach.__version__


def test_an_installed_copy_says_its_version(commands: Path, no_tools_path: dict[str, str], tmp_path: Path) -> None:
    done = _run([str(commands / "voicecoach"), "--version"], tmp_path, no_tools_path)
    assert (voicecoach.__version__ in done.stdout, done.stderr) == (True, "")


def test_an_installed_copy_lists_its_library(commands: Path, no_tools_path: dict[str, str], tmp_path: Path) -> None:
    done = _run([str(commands / "voicecoach"), "list"], tmp_path, no_tools_path)
    assert ("l5-s1-relief" in done.stdout, done.stderr) == (True, "")


def test_an_installed_copy_runs_as_a_module(commands: Path, no_tools_path: dict[str, str], tmp_path: Path) -> None:
    done = _run([str(commands / "python"), "-m", "voicecoach", "--help"], tmp_path, no_tools_path)
    assert ("export" in done.stdout, done.stderr) == (True, "")


def test_an_installed_copy_writes_a_session_without_any_other_program(
    commands: Path, no_tools_path: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "two.yaml").write_text(_PROGRAM, encoding="ascii")
    _run([str(commands / "voicecoach"), "export", "two.yaml", "-o", "two.mp3"], tmp_path, no_tools_path)
    assert (tmp_path / "two.mp3").stat().st_size > 10_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["no-tools", "two.mp3", "two.yaml"]
