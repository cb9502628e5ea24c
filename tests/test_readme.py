"""The README is true: its commands are run, its excerpt is the program's, its tables are complete."""

import json
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.bounds import HANG_S
from tests.cli.running import ROOT, run, started
from voicecoach.cli.source_names import ARTICLES
from voicecoach.history import SessionRecord
from voicecoach.player.commands import Command
from voicecoach.remote import Status
from voicecoach.remote.keys import ALSO, KEYS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
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
        program.communicate(timeout=HANG_S)
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_it_links_to_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [each for each in targets if "://" not in each and not (page.parent / each).exists()] == []


def test_every_command_to_a_session_is_described_with_its_keys() -> None:
    page = (ROOT / "docs" / "steering.md").read_text(encoding="utf-8")
    rows = {word: keys for keys, word in re.findall(r"^\| (.*?) ?\| `(\w+)` \|", page, re.MULTILINE)}
    assert set(rows) == {*Command, "status"}
    shown = {" ": "space", "\r": "Enter", "\n": "Enter"}
    for key, word in {**KEYS, **ALSO}.items():
        assert shown.get(key, f"`{key}`") in rows[word]


OBJECTS = {
    "script": ["script", "cat-cow", "--json"],
    "import": ["import", "-", "--json"],
    "config": ["config", "--json"],
}


@pytest.mark.parametrize("name", OBJECTS)
def test_every_name_in_json_is_described(name: str, tmp_path: Path) -> None:
    told = run(*OBJECTS[name], cwd=tmp_path, given="# Bridge\nLie on your back. Lift your hips 10 times.\n")
    assert set(names_of(json.loads(told.stdout))) - set(described_in_json(name)) == set()


@pytest.mark.parametrize(("name", "kind"), [("ctl", Status), ("history", SessionRecord)])
def test_every_name_of_a_record_in_json_is_described(name: str, kind: type[Status | SessionRecord]) -> None:
    assert {each.name for each in fields(kind)} - set(described_in_json(name)) == set()


def described_in_json(name: str) -> list[str]:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    (chapter,) = (each for each in page.split("\n## ") if each.startswith(f"`voicecoach {name} "))
    return re.findall(r"`(\w+)`", chapter)


INNER = {"pacing", "evidence", "value"}
"""Objects whose own names are those of flags and fields, described elsewhere."""


def names_of(value: object) -> Iterator[str]:
    """Yield the names in an object and in the objects below it."""
    if isinstance(value, list):
        for each in value:
            yield from names_of(each)
    elif isinstance(value, dict):
        yield from value
        for name, each in value.items():
            yield from () if name in INNER else names_of(each)
