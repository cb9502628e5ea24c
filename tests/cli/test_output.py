"""Results reach whatever reads them: in any encoding, and with one sentence where they cannot be written."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.running import LIMIT_S, command, environment
from voicecoach.cli.run import run

ACCENTED = """\
title: "\u017beberka \u2013 caf\u00e9"
exercises:
  - {name: "\u017beberka", steps: ["Hold \u2192 rest."], hold: 20s}
"""
FULL = Path("/dev/full")
ENCODINGS = {"PYTHONIOENCODING": ("cp1252", "ascii", "latin-1:strict", "utf-8"), "LC_ALL": ("C", "POSIX")}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, row in ENCODINGS.items() for value in row])
def test_what_an_output_has_no_character_for_is_printed_by_its_number(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "a.yaml").write_text(ACCENTED, encoding="utf-8")
    done = subprocess.run(
        command("show", "a.yaml"), cwd=tmp_path, env=environment(**{name: value}), capture_output=True,
        timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert (done.returncode, b"voicecoach:" in done.stderr) == (0, False), done.stderr
    first = done.stdout.splitlines()[0]
    assert first.startswith((b"\\u017beberka", "\u017beberka".encode()))


@pytest.mark.skipif(not FULL.exists(), reason="only where there is a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("line", ["list", "--help", "--version", "script first-day --json", "show first-day"])
def test_an_output_that_is_full_is_told_in_one_sentence(tmp_path: Path, line: str, unbuffered: str) -> None:
    with FULL.open("w", encoding="ascii") as full:
        done = subprocess.run(
            command(*line.split()), cwd=tmp_path, env=environment(PYTHONUNBUFFERED=unbuffered),
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=LIMIT_S, check=False,
        )  # fmt: skip
    said = "voicecoach: the output cannot be written (No space left on device); "
    assert (done.returncode, done.stderr) == (1, f"{said}free some space, or send it elsewhere\n")


@pytest.mark.skipif(not FULL.exists(), reason="only where there is a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("line", ["list", "script cat-cow", "script cat-cow --json"])
def test_where_nothing_can_be_told_either_the_exit_code_does(tmp_path: Path, line: str, unbuffered: str) -> None:
    with FULL.open("w", encoding="ascii") as full:
        done = subprocess.run(
            command(*line.split()), cwd=tmp_path, env=environment(PYTHONUNBUFFERED=unbuffered),
            stdout=full, stderr=full, timeout=LIMIT_S, check=False,
        )  # fmt: skip
    assert done.returncode == 1


@pytest.mark.parametrize("group", [[], ["cache"]])
def test_the_help_tells_each_command_in_one_line_that_is_not_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, group: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*group, "--help"]) == 0
    told = capsys.readouterr().out.partition("Commands:\n")[2].splitlines()
    assert told
    assert [line for line in told if not line.endswith(".") or "..." in line or len(line) > 80] == []
