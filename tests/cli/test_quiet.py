"""Every command says what it is asked for and nothing else, on a machine with no program on its path."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import SHORT, command, command_names, environment, run, started

PAGE = """\
# Bridge

1. Lie on your back.
2. Lift your hips.

Hold for 5 seconds. Repeat 10 times.
"""
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
    "verify a.mp3": "ok    length ",
    "import page.md": "# Read from page.md\n",
    "import page.md --json": '{"title": "Bridge", ',
    "import page.md -o page.yaml": "page.yaml\n",
    "cache info": "folder   ",
    "cache prune": "removed 0 entries, ",
    "cache clear": "removed ",
    f"cache warm short.yaml {FEW_WORDS}": "A short one: ",
    "config": "",
    "history": "",
    "ctl status": "",
}
MESSAGES = {
    "export": r"The loudness stays below -19 LUFS, as its peaks would rise above -1 dBTP\.\n",
    "history": r"No session was played yet\.\n",
    "import": r'1 exercise found in "Bridge", language en .*\n  line 1: Bridge: reps 10, hold 5s\n',
    "ctl": r"voicecoach: no session is playing; start one with `voicecoach play SESSION`\n",
}
"""What a command may tell besides its result."""
BEFORE = {"verify": f"export short.yaml -o a.mp3 {FEW_WORDS}"}
"""What a command needs to have been done."""


@pytest.mark.usefixtures("clip_cache")
@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("cache ")])
def test_a_command_about_clips_prints_its_result_and_nothing_stray(
    tmp_path: Path, no_tools_path: dict[str, str], line: str
) -> None:
    prints_its_result_alone(tmp_path, no_tools_path, line)


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("cache ")])
def test_a_command_prints_its_result_and_nothing_stray(
    tmp_path: Path, no_tools_path: dict[str, str], line: str
) -> None:
    prints_its_result_alone(tmp_path, no_tools_path, line)


def prints_its_result_alone(tmp_path: Path, no_tools_path: dict[str, str], line: str) -> None:
    word = line.split(maxsplit=1)[0]
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    (tmp_path / "page.md").write_text(PAGE, encoding="ascii")
    if word in BEFORE:
        assert run(*BEFORE[word].split(), cwd=tmp_path, env=no_tools_path).returncode == 0
    done = run(*line.split(), cwd=tmp_path, env=no_tools_path)
    assert done.returncode == (word == "ctl"), done.stderr
    assert done.stdout.startswith(COMMANDS[line])
    assert re.fullmatch(f"({MESSAGES.get(word, '')})?", done.stderr), done.stderr
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")
def test_a_session_that_is_played_prints_no_result_and_tells_in_lines(
    tmp_path: Path, no_tools_path: dict[str, str]
) -> None:
    with started("play", "cat-cow", "--output", "null", cwd=tmp_path, env=no_tools_path) as program:
        assert program.stdout
        assert program.stderr
        assert program.stderr.readline() == "Cat-cow. Ctrl-C stops.\n"
        time.sleep(1)
        program.send_signal(signal.SIGINT)
        # Not communicate(), which would lose what readline() has read ahead.
        told, out = program.stderr.read(), program.stdout.read()
    assert (program.returncode, out) == (130, "")
    assert re.fullmatch(r"0:00\.0 Welcome\nStopped at 0:[0-5]\d\.\d\.\n", told)


def test_every_command_of_the_program_is_tried_here() -> None:
    tried = [f"{line} " for line in (*COMMANDS, "play")]
    assert [name for name in command_names() if not any(line.startswith(f"{name} ") for line in tried)] == []


@pytest.mark.parametrize("flags", ["", "--plain", "--detail minimal", "--pace 2"])
def test_json_is_one_object_and_nothing_else(tmp_path: Path, no_tools_path: dict[str, str], flags: str) -> None:
    (tmp_path / "short.yaml").write_text(SHORT, encoding="ascii")
    done = run("script", "short.yaml", "--json", *flags.split(), cwd=tmp_path, env=no_tools_path)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    told = json.loads(done.stdout)
    assert list(told)[:4] == ["schema", "title", "language", "duration_ms"]


@pytest.mark.parametrize("word", [*command_names()])
def test_the_help_of_a_command_says_what_it_does_and_names_its_flags(tmp_path: Path, word: str) -> None:
    done = run(*word.split(), "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: voicecoach {word} ")
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("word", ["show", "script", "play", "export", "check"])
def test_the_help_of_a_command_that_takes_a_session_teaches_by_examples(tmp_path: Path, word: str) -> None:
    done = run(word, "--help", cwd=tmp_path)
    assert re.search(rf"^  voicecoach {word} \S", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_its_own_completion(tmp_path: Path, shell: str) -> None:
    done = run(cwd=tmp_path, env={"_VOICECOACH_COMPLETE": f"source_{shell}"})
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"_VOICECOACH_COMPLETE=complete_{shell}\b", done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with a POSIX shell")
def test_completion_is_shown_for_the_shell_that_asks(tmp_path: Path) -> None:
    # The command after it keeps the shell from making way for the program, which looks for its parent.
    asked = ["bash", "-c", '"$@"; exit $?', "bash", *command("--show-completion")]
    done = subprocess.run(asked, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"_VOICECOACH_COMPLETE=complete_bash\b", done.stdout)


COMPLETED = {
    "voicecoach pl": ["play"],
    "voicecoach play l": ["l5-s1-relief", "lumbar-sacral"],
    "voicecoach export bird": ["bird-dog"],
    "voicecoach script cat-cow --pa": ["--pace"],
}


@pytest.mark.parametrize("typed", COMPLETED)
def test_names_are_completed_as_bash_asks_for_them(tmp_path: Path, typed: str) -> None:
    asked = {"_VOICECOACH_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = run(cwd=tmp_path, env=asked)
    assert (done.stdout.split(), done.stderr) == (COMPLETED[typed], "")
