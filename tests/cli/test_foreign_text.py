"""Nothing that comes from elsewhere steers the terminal: every argument, name, header, variable and text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from typer.main import get_command

from tests.cli.conftest import Cli
from tests.cli.pages import TEXT, served
from voicecoach.cli.app import app
from voicecoach.cli.run import run
from voicecoach.cli.terminal import printable

EVIL = "x\x1b]0;title\x07\x1b[31m\x9b2J\x7f\u202ey\u2066"
"""An escape, a bell, a C1 introducer, DEL, and what turns the direction of text."""

STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

SENSIBLE = {
    "session": ["bird-dog"],
    "sessions": ["bird-dog"],
    "article": ["page.txt"],
    "file": ["a.mp3"],
    "word": ["status"],
}
OTHERWISE = {"doctor": ["python"], "history": [], "export": ["-o", "a.ogg"]}


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - of Click, or Typer's copy
    """Yield every command with the names that lead to it, loaded."""
    for name in group.commands:
        each = group.load(name)
        if hasattr(each, "commands"):
            yield from commands(each, (*path, name))
        else:
            yield (*path, name), each


COMMANDS = dict(commands(get_command(app)))


def lines(path: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield command lines that each have something foreign in the place of one argument or flag."""
    arguments = [each for each in COMMANDS[path].params if each.param_type_name == "argument"]
    usual = [word for each in arguments for word in SENSIBLE.get(each.name, [])]
    usual += OTHERWISE.get(path[-1], [])
    for option in COMMANDS[path].params:
        flag = max(option.opts, key=len)
        if option.param_type_name == "argument":
            yield [*path, EVIL, *OTHERWISE.get(path[-1], [])[:2]]
        elif not option.is_flag and (path, flag) != (("play",), "--device"):
            yield [*path, *usual, flag, EVIL]
            if option.multiple:
                yield [*path, *usual, flag, f"{EVIL}=10"]
    yield [*path, f"--{EVIL}"]


def harmless(done: "CompletedProcess[str]") -> str:
    """Return all that was printed, which steers nothing and is no failure of the program's own."""
    whole = done.stdout + done.stderr
    assert not STEERS.search(whole), repr(whole)
    assert "an error of its own" not in whole, whole
    return whole


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_argument_steers_the_terminal(cli: Cli, tmp_path: Path, path: tuple[str, ...]) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    for line in lines(path):
        harmless(cli(*line))


def test_a_language_that_steers_is_told_by_what_can_be_read_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    assert run(["import", str(tmp_path / "page.txt"), "--language", EVIL]) == 2
    assert capsys.readouterr().err.startswith('voicecoach: --language: "xy" cannot be read; ')


def test_a_command_that_there_is_not_steers_nothing(cli: Cli) -> None:
    assert cli(EVIL).returncode == 2
    harmless(cli(EVIL))


PROGRAM = f"""\
title: {json.dumps(EVIL)}
exercises:
  - {{name: {json.dumps(EVIL)}, steps: [{json.dumps(EVIL)}], cautions: [{json.dumps(EVIL)}]}}
"""


@pytest.mark.parametrize(
    "line", ["check FILE", "check FILE --json", "show FILE", "show FILE --json", "script FILE", "check gone-FILE"]
)
def test_no_file_name_title_or_text_steers_the_terminal(cli: Cli, tmp_path: Path, line: str) -> None:
    name = f"{EVIL}.yaml"
    (tmp_path / name).write_text(PROGRAM, encoding="utf-8")
    done = cli(*(word.replace("FILE", name) for word in line.split()))
    harmless(done)
    if "--json" in line and done.stdout:
        json.loads(done.stdout)


def test_the_name_of_a_file_that_is_written_steers_nothing(cli: Cli, tmp_path: Path) -> None:
    done = cli("export", "cat-cow", "--detail", "minimal", "-o", f"{EVIL}.wav")
    assert done.returncode == 0, done.stderr
    assert "\\u001b" in harmless(done)
    assert (tmp_path / f"{EVIL}.wav").exists()
    harmless(cli("verify", f"{EVIL}.wav"))
    assert json.loads(cli("verify", f"{EVIL}.wav", "--json").stdout)["file"] == f"{EVIL}.wav"


@pytest.mark.parametrize("kind", [f"text/html; charset={EVIL[:2]}", "\x1b[31mtext/html", "text/\x9b2J\x07"])
def test_no_header_steers_the_terminal(cli: Cli, kind: str) -> None:
    with served(TEXT, kind) as place:
        harmless(cli("import", f"{place.address}/a"))


@pytest.mark.parametrize("words", [("import", "page.txt"), ("import", "page.txt", "--json"), ("show", "page.txt")])
def test_no_text_of_a_page_steers_the_terminal(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    page = TEXT.replace("Knee", f"{EVIL} Knee").replace("Lie", f"Lie{EVIL}")
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    harmless(cli(*words))


@pytest.mark.parametrize("name", ["PACE", "HOLD", "SCRIPT_VOICE", "CONFIG", "CACHE", "PLAIN", f"{EVIL}"])
@pytest.mark.parametrize("words", [("config",), ("config", "--json"), ("script", "cat-cow")])
def test_no_variable_steers_the_terminal(cli: Cli, name: str, words: tuple[str, ...]) -> None:
    harmless(cli(*words, env={f"VOICECOACH_{name}": EVIL}))


@pytest.mark.parametrize("line", ["pace = EVIL", "EVIL = 1", "voice = EVIL", "[EVIL]", "hold = [EVIL]"])
@pytest.mark.parametrize("words", [("config",), ("config", "--json"), ("doctor", "config"), ("show", "cat-cow")])
def test_no_setting_steers_the_terminal(cli: Cli, tmp_path: Path, line: str, words: tuple[str, ...]) -> None:
    path = tmp_path / "config.toml"
    quoted = "".join(f"\\u{ord(each):04x}" for each in EVIL)
    path.write_text(line.replace("EVIL", f'"{quoted}"'), encoding="utf-8")
    harmless(cli(*words, env={"VOICECOACH_CONFIG": str(path)}))


def test_what_is_printable_stays_and_json_stays_json() -> None:
    text = "naïve — Übung\n\tčeština 100 %"
    assert printable(text) == text
    whole = json.dumps({"name": f"{EVIL}\udcff"}, ensure_ascii=False)
    assert json.loads(printable(whole)) == {"name": f"{EVIL}\udcff"}


def test_a_line_break_in_a_name_forges_no_line(cli: Cli, tmp_path: Path) -> None:
    name = "n\nforged: ok"
    (tmp_path / f"{name}.yaml").write_text(PROGRAM, encoding="utf-8")
    checked = cli("check", f"{name}.yaml")
    written = cli("export", f"{name}.yaml", "--detail", "minimal", "-o", f"{name}.wav")
    refused = cli("export", "cat-cow", "-o", f"{name}.doc")
    assert (checked.returncode, written.returncode, refused.returncode) == (0, 0, 2)
    for text in (checked.stdout, written.stdout, refused.stderr):
        assert text.count("\n") == 1, text
