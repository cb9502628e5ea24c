"""The README is true: its commands are run, its excerpt is the program's, its tables are complete."""

import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import ROOT, run, started
from voicecoach.cli.sessions import ARTICLES

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SESSION = next(each for each in README.split("\n\n") if each.startswith("SESSION is "))
CLOCK = re.compile(r"\s*\d+:\d\d\.\d\s+")

ADAPTED = {
    # Run as a whole by the scripts' own tests and by every build; here: that a plain shell reads them.
    "sh scripts/run": "sh -n scripts/run",
    "sh scripts/test": "sh -n scripts/test",
    # Installed outside the checkout by the tests of packaging; here: that the folder is a project.
    "pip install .": "test -f pyproject.toml",
    # Half an hour of sound takes its time; a session of five minutes is written in the same way.
    "voicecoach export l5-s1-relief -o back.mp3": "voicecoach export desk-break -o back.mp3",
}
"""What is run in the place of a command that takes long, or changes the machine."""


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == kind]


COMMANDS = [line for text in blocks("sh") for line in text.splitlines()]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_runs(line: str, tmp_path: Path) -> None:
    (tmp_path / "morning.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    word, *arguments = shlex.split(ADAPTED.get(line, line))
    if word != "voicecoach":
        assert subprocess.run([word, *arguments], cwd=ROOT, check=False).returncode == 0
    elif arguments[0] == "play":
        assert begun_and_stopped(arguments, tmp_path) == 130
    else:
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr


def begun_and_stopped(arguments: list[str], folder: Path) -> int:
    """Play to nothing until the session sounds, stop it, and return the exit code."""
    with started(*arguments, "--output", "null", cwd=folder) as program:
        assert program.stderr
        assert any("Ctrl-C stops" in line for line in program.stderr)
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=10)
    return program.returncode


def test_the_excerpt_is_what_the_program_says(tmp_path: Path) -> None:
    """Times may differ by a tenth, as a voice is never quite the same; the words and their order may not."""
    whole = CLOCK.sub("\n", run("script", "childs-pose", cwd=tmp_path).stdout)
    assert CLOCK.sub("\n", blocks("text")[0]).strip() in whole


def test_every_command_of_the_program_is_described(tmp_path: Path) -> None:
    told = run("--help", cwd=tmp_path).stdout.partition("Commands:\n")[2]
    there = {line.split()[0] for line in told.splitlines() if re.match(r"  \w", line)}
    described = set(re.findall(r"^\| `voicecoach (\w+)", README, re.MULTILINE))
    assert described <= there
    assert there - described == set()


@pytest.mark.parametrize("word", ["show", "play", "export", "script", "cache warm"])
def test_the_pages_that_can_be_a_session_are_named_in_the_help_and_here(word: str, tmp_path: Path) -> None:
    for told in (run(*word.split(), "--help", cwd=tmp_path).stdout.partition("Options:")[0], SESSION):
        named = re.search(r"pages? (?:with exercises )?\((.*?) or an http address\)", " ".join(told.split()))
        assert named
        assert tuple(re.findall(r"\.\w+", named[1])) == ARTICLES


def test_every_pacing_flag_is_described(tmp_path: Path) -> None:
    told = run("script", "--help", cwd=tmp_path).stdout
    flags = set(re.findall(r"^  (--[a-z-]+)", told, re.MULTILINE))
    described = set(re.findall(r"`(--[a-z-]+)", README))
    assert flags <= described | {"--plot"}


def test_what_it_links_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []
