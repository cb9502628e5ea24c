"""Every command says what it is asked for and nothing else, on a machine with no program on its path."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import SHORT, run

FEW_WORDS = "--detail minimal"
COMMANDS = {
    "--version": "voicecoach ",
    "--help": "Usage: voicecoach ",
    "list": "Programs\n",
    "show short.yaml": "A short one - ",
    "script short.yaml": "A short one - ",
    "check short.yaml": "short.yaml: ok, 2 exercises\n",
    "check --schema": "{\n",
    "voices": "  Voice ",
    "doctor python engine voices cache formats": "ok    python ",
    f"export short.yaml -o a.mp3 {FEW_WORDS}": "a.mp3: ",
    f"export short.yaml -o a.wav {FEW_WORDS}": "a.wav: ",
    "config": "",
    "history": "",
}
MESSAGES = {
    "export": "The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP.\n",
    "history": "No session was played yet.\n",
}
"""The one message that a command may come with."""


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_prints_its_result_and_nothing_stray(
    tmp_path: Path, no_tools_path: dict[str, str], line: str
) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    done = run(*line.split(), cwd=tmp_path, env=no_tools_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(COMMANDS[line])
    assert done.stderr in {"", MESSAGES.get(line.split(maxsplit=1)[0])}
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("flags", ["", "--plain", "--detail minimal", "--pace 2"])
def test_json_is_one_object_and_nothing_else(
    tmp_path: Path, no_tools_path: dict[str, str], flags: str
) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    done = run("script", "short.yaml", "--json", *flags.split(), cwd=tmp_path, env=no_tools_path)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    told = json.loads(done.stdout)
    assert list(told)[:4] == ["schema", "title", "language", "duration_ms"]


@pytest.mark.parametrize("word", ["list", "show", "script", "play", "export", "check", "voices", "doctor"])
def test_the_help_of_a_command_says_what_it_does_and_names_its_flags(tmp_path: Path, word: str) -> None:
    done = run(word, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: voicecoach {word} ")
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("word", ["show", "script", "play", "export", "check"])
def test_the_help_of_a_command_that_takes_a_session_teaches_by_examples(tmp_path: Path, word: str) -> None:
    done = run(word, "--help", cwd=tmp_path)
    assert re.search(rf"^  voicecoach {word} \S", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_shown(tmp_path: Path, shell: str) -> None:
    done = run("--show-completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_VOICECOACH_COMPLETE" in done.stdout


COMPLETED = {
    "voicecoach pl": ["play"],
    "voicecoach play l": ["l5-s1-relief", "lumbar-sacral"],
    "voicecoach export bird": ["bird-dog"],
    "voicecoach script cat-cow --pa": ["--pace"],
}


@pytest.mark.parametrize("typed", COMPLETED)
def test_names_are_completed_as_bash_asks_for_them(tmp_path: Path, typed: str) -> None:
    asked = {
        "_VOICECOACH_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    done = run(cwd=tmp_path, env=asked)
    assert (done.stdout.split(), done.stderr) == (COMPLETED[typed], "")
