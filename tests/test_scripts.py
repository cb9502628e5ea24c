"""What the scripts do on a machine that was just unpacked: machines are folders of stand-in commands."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from tests.cli.running import LIMIT_S
from voicecoach.cli.app import app
from voicecoach.cli.settings.flags import preset_flags

ROOT = Path(__file__).parents[1]
SCRIPTS = (
    "scripts/run", "scripts/test", "scripts/release-check", "scripts/test-versions", "scripts/setup.sh"
)  # fmt: skip
RUNNABLE = (*SCRIPTS[:4], ".ci/run")

_SHELL = ("sh", "basename", "dirname", "env", "mktemp")
_FILES = ("cat", "chmod", "cksum", "cp", "grep", "head", "mkdir", "rm", "tail", "touch")

_PYTHON = r"""#!/bin/sh
echo "python $*" >>"$MACHINE/calls"
case "$*" in
*print*) echo "$VERSION" ;;
*"import ensurepip"*) [ -e "$MACHINE/has-venv" ] ;;
"-m venv"*)
    mkdir -p "$4/bin"
    cp "$0" "$4/bin/python"
    echo "#!$4/bin/python" >"$4/bin/pip"
    ;;
"-m pip"*)
    [ ! -e "$MACHINE/offline" ] || { echo "ERROR: No matching distribution"; exit 1; }
    for each in voicecoach ruff mypy; do
        command="${0%/*}/$each"
        printf '#!/bin/sh\necho "%s $*" >>"$MACHINE/calls"\n[ ! -e "$MACHINE/${1:-types}-fails" ]\n' \
            $each >"$command"
        chmod +x "$command"
    done
    ;;
"-m pytest"*) [ ! -e "$MACHINE/pytest-fails" ] ;;
esac
"""
_APT = '#!/bin/sh\necho "apt-get $*" >>"$MACHINE/calls"\ntouch "$MACHINE/has-venv"\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with a POSIX shell")


@dataclass
class Machine:
    """A PATH of stand-ins, a checkout with the real scripts, and what was called."""

    folder: Path
    place: str = "check out"

    def __post_init__(self) -> None:
        self.bin.mkdir(parents=True)
        for command in (*_SHELL, *_FILES):
            (self.bin / command).symlink_to(str(shutil.which(command)))
        (self.checkout / "scripts").mkdir(parents=True)
        for script in SCRIPTS:
            shutil.copy(ROOT / script, self.checkout / script)
        (self.checkout / "pyproject.toml").write_text("[project]\n", encoding="ascii")
        self.has("id", "#!/bin/sh\necho 1000\n")
        self.set("has-venv")

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def checkout(self) -> Path:
        return self.folder / self.place

    @property
    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text(encoding="utf-8").splitlines()

    def has(self, command: str, text: str) -> None:
        (self.bin / command).write_text(text, encoding="ascii")
        (self.bin / command).chmod(0o755)

    def set(self, fact: str) -> None:
        (self.folder / fact).touch()

    def unset(self, fact: str) -> None:
        (self.folder / fact).unlink()

    def run(self, script: str, *args: str, version: str = "3.11 1") -> subprocess.CompletedProcess[str]:
        (self.folder / "calls").write_text("", encoding="ascii")
        places = {name: str(self.folder) for name in ("MACHINE", "TMPDIR")}
        env = {"PATH": str(self.bin), "VERSION": version, **places}
        command = ["sh", str(self.checkout / "scripts" / script), *args]
        return subprocess.run(
            command, env=env, cwd=self.folder, capture_output=True, text=True, check=False, timeout=LIMIT_S
        )

    def called(self, what: str) -> list[str]:
        return [call for call in self.calls if call.startswith(what)]


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


@pytest.fixture
def machine(bare: Machine) -> Machine:
    bare.has("python3", _PYTHON)
    return bare


@pytest.mark.parametrize("script", RUNNABLE)
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_read_by_a_plain_shell(script: str) -> None:
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0


def test_without_python_one_sentence_says_what_to_install(bare: Machine) -> None:
    done = bare.run("run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no Python was found; install Python 3.11 or newer" in done.stderr


def test_a_python_that_is_too_old_is_named(machine: Machine) -> None:
    done = machine.run("run", version="3.9 0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Python 3.9 was found, and 3.11 or newer is needed" in done.stderr


def test_a_command_that_is_no_python_is_passed_over_for_the_next(bare: Machine) -> None:
    bare.has("python3", "#!/bin/sh\necho 'not installed' >&2\nexit 127\n")
    bare.has("python3.12", _PYTHON)
    done = bare.run("run", version="3.12 1")
    assert (done.returncode, "not installed" in done.stderr) == (0, False)


def test_an_ordinary_user_without_the_venv_module_is_told_the_exact_line(machine: Machine) -> None:
    machine.unset("has-venv")
    machine.has("apt-get", _APT)
    done = machine.run("run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "apt-get update && apt-get install -y python3-venv python3.11-venv" in done.stderr
    assert not machine.called("apt-get")


def test_root_has_the_venv_module_installed(machine: Machine) -> None:
    machine.unset("has-venv")
    machine.has("apt-get", _APT)
    machine.has("id", "#!/bin/sh\necho 0\n")
    assert machine.run("run").returncode == 0
    assert machine.called("apt-get")[-1].endswith("install python3-venv python3.11-venv")


def test_offline_one_sentence_says_so_and_the_next_run_tries_again(machine: Machine) -> None:
    machine.set("offline")
    done = machine.run("run")
    assert done.returncode == 1
    assert "pip could not install the libraries (ERROR: No matching distribution)" in done.stderr
    machine.unset("offline")
    assert machine.run("run").returncode == 0
    assert machine.called("python -m pip")


def test_the_second_run_installs_nothing_and_says_nothing_of_it(machine: Machine) -> None:
    machine.run("run")
    done = machine.run("run")
    assert not machine.called("python -m")
    assert done.stderr == ""


def test_a_changed_project_file_is_installed_anew_in_the_same_environment(machine: Machine) -> None:
    machine.run("run")
    (machine.checkout / "pyproject.toml").write_text("[project]\nname = 'new'\n", encoding="ascii")
    machine.run("run")
    assert [len(machine.called(f"python -m {each}")) for each in ("venv", "pip")] == [0, 1]


def test_an_environment_whose_python_went_away_is_made_anew(machine: Machine) -> None:
    machine.run("run")
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    assert machine.run("run").returncode == 0
    assert machine.called("python -m venv")


def test_a_checkout_that_moved_gets_an_environment_for_its_new_place(machine: Machine) -> None:
    machine.run("run")
    machine.checkout.rename(machine.folder / "elsewhere")
    machine.place = "elsewhere"
    assert machine.run("run").returncode == 0
    assert machine.called("python -m venv")


@pytest.mark.parametrize(
    ("args", "played"),
    [
        ((), "l5-s1-relief"),
        (("first-day", "--pace", "slow"), "first-day --pace slow"),
        (("--pace", "slow"), "l5-s1-relief --pace slow"),
        (("-",), "-"),
    ],
)
def test_the_session_is_played_where_something_can_sound(args: tuple[str, ...], played: str, machine: Machine) -> None:
    assert machine.run("run", *args).returncode == 0
    assert machine.called("voicecoach")[-1] == f"voicecoach play {played}"


@pytest.mark.parametrize(
    ("args", "session", "file"),
    [
        ((), "l5-s1-relief", "l5-s1-relief.mp3"),
        (("my/back care.yaml",), "my/back care.yaml", "back care.mp3"),
        (("-",), "-", "session.mp3"),
    ],
)
def test_where_nothing_can_sound_the_file_is_written_and_its_place_said(
    args: tuple[str, ...], session: str, file: str, machine: Machine
) -> None:
    machine.set("doctor-fails")
    done = machine.run("run", *args)
    assert machine.called("voicecoach")[-1] == f"voicecoach export {session} -o {file}"
    assert done.stderr.endswith(f"written: {machine.folder}/{file}\n")


@pytest.mark.parametrize(
    ("flags", "left_out", "kept"),
    [
        ("--from 1 --pace slow", "", "--from 1 --pace slow"),
        ("--output auto --pace slow", "--output", "--pace slow"),
        ("--pace slow --wait", "--wait", "--pace slow"),
        ("--device=Speakers --hold 5s", "--device", "--hold 5s"),
        ("--output miniaudio --device Speakers", "--output --device", ""),
        ("--resume --ask-pain", "--resume --ask-pain", ""),
        ("--device", "--device", ""),
        ("--hold cat-cow=3s", "", "--hold cat-cow=3s"),
    ],
)
def test_a_file_is_written_without_what_only_playing_has(
    flags: str, left_out: str, kept: str, machine: Machine
) -> None:
    machine.set("doctor-fails")
    done = machine.run("run", "bird-dog", *flags.split())
    assert done.returncode == 0
    words = ["voicecoach", "export", "bird-dog", *kept.split(), "-o", "bird-dog.mp3"]
    assert machine.called("voicecoach")[-1] == " ".join(words)
    said = [line.split()[1] for line in done.stderr.splitlines() if "left out" in line]
    assert said == left_out.split()


@pytest.mark.parametrize("flag", ["--output null", "--output=null"])
def test_the_output_that_needs_no_device_is_played_to_without_one(flag: str, machine: Machine) -> None:
    machine.set("doctor-fails")
    assert machine.run("run", "bird-dog", *flag.split()).returncode == 0
    assert machine.called("voicecoach") == [f"voicecoach play bird-dog {flag}"]


def test_the_flags_that_only_playing_has_are_those_that_an_export_does_not_know() -> None:
    flags = {name: {f"--{each.key}" for each in preset_flags(get_command(app)) if each.command == (name,)}
             for name in ("play", "export")}  # fmt: skip
    text = (ROOT / "scripts" / "run").read_text(encoding="utf-8")
    own = {each.strip() for line in text.splitlines() if line.lstrip().startswith("--")
           for each in line.partition(")")[0].split("|")}  # fmt: skip
    assert {each.removesuffix("=*") for each in own} == (flags["play"] - flags["export"]) | {"--output"}


def test_a_session_that_fails_fails_the_script(machine: Machine) -> None:
    machine.set("play-fails")
    assert machine.run("run").returncode == 1


def test_tests_that_lack_their_tools_are_announced_with_the_line_that_helps(machine: Machine) -> None:
    done = machine.run("test")
    assert done.returncode == 0
    assert "apt-get install -y pulseaudio pulseaudio-utils util-linux" in done.stderr


def test_the_fast_tests_need_no_tools_read_no_types_and_are_there(machine: Machine) -> None:
    machine.has("apt-get", _APT)
    machine.has("id", "#!/bin/sh\necho 0\n")
    assert machine.run("test", "fast", "-x").returncode == 0
    assert not machine.called("apt-get")
    assert not machine.called("mypy")
    assert [call.split()[1] for call in machine.called("ruff")] == ["check", "format"]
    (tests,) = machine.called("python -m pytest")
    _, flag, paths = tests.partition(" -x ")
    assert flag
    assert [each for each in paths.split() if not (ROOT / each).exists()] == []
    machine.set("pytest-fails")
    assert machine.run("test", "fast").returncode == 1


@pytest.mark.parametrize("failing", ["check", "format", "types", "pytest"])
def test_the_tests_run_last_whatever_failed_before_and_any_failure_fails(failing: str, machine: Machine) -> None:
    machine.set(f"{failing}-fails")
    assert machine.run("test", "-k", "some").returncode == 1
    assert machine.calls[-1].startswith("python -m pytest")
    assert machine.calls[-1].endswith("-k some")


def test_a_version_that_is_not_here_is_told_and_a_word_that_is_none_is_refused(machine: Machine) -> None:
    done = machine.run("test-versions", "3.19")
    assert (done.returncode, done.stdout) == (0, "3.19: not tried, as Python 3.19 is not here\n")
    done = machine.run("test-versions", "2.7")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert '"2.7" is no version; write 3.11 to 3.19, lowest' in done.stderr
