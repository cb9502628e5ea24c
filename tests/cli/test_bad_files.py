"""What is wrong with a file is told in one sentence, at its line, and nothing else happens."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.running import command, environment, sentence
from tests.conftest import Run

COMMANDS = ["check bad.yaml", "show bad.yaml", "script bad.yaml --json", "play bad.yaml --output null",
            "export bad.yaml -o a.mp3"]  # fmt: skip
DOSED = "title: A\nexercises:\n  - use: {use}\n    {field}: {value}\n"


FILES = {
    "not YAML": ("title: [unclosed\n", "bad.yaml:2:1: a bracket that is never closed; close it"),
    "no program": ("just some words\n", "bad.yaml:1:1: a program cannot be"),
    "one exercise": ("name: A\nsteps: [Go.]\n", "bad.yaml:1:1: this is one exercise and no program; put it under"),
    "nothing": ("", "bad.yaml: the file is empty; give it a title and exercises"),
    "no exercises": ("title: A\nexercises: []\n", "bad.yaml:2:12: the program has no exercises; list at least one"),
    "an unknown field": (
        "title: A\nexercises: [cat-cow]\nintor: B\n",
        'bad.yaml:3:1: a program has no field "intor"; did you mean intro?',
    ),
    "an unknown field of an exercise": (
        "title: A\nexercises:\n  - {name: B, steps: [Go.], postrue: back}\n",
        'bad.yaml:3:29: an exercise has no field "postrue"; did you mean posture?',
    ),
    "a number for a title": (
        "title: 5\nexercises: [cat-cow]\n",
        "bad.yaml:1:8: title cannot be 5; put a text in quotes",
    ),
    "a text for a list": ("title: A\nexercises: cat-cow\n", "bad.yaml:2:12: exercises cannot be"),
    "an unknown posture": (
        "title: A\nexercises:\n  - {name: B, steps: [Go.], posture: upside}\n",
        "bad.yaml:3:38: posture cannot be",
    ),
    "an unknown exercise": (
        "title: A\nexercises:\n  - cat-cwo\n",
        'bad.yaml:3:5: the library has no exercise "cat-cwo"; did you mean cat-cow?',
    ),
    "an alias of nothing": ("title: *a\nexercises: [cat-cow]\n", "bad.yaml:1:8: *a stands for nothing before it"),
    "a binary": ("\0\1\2", "bad.yaml: it holds NUL bytes; name a text file"),
    "ten megabytes": ("a" * 10_000_000, "bad.yaml: larger than 1,000,000 bytes; shorten it, or split it"),
}


@pytest.mark.parametrize("which", FILES)
def test_a_wrong_file_is_told_at_its_line(cli: Cli, tmp_path: Path, which: str) -> None:
    text, said = FILES[which]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = cli("check", "bad.yaml")
    assert done.returncode == 1
    assert sentence(done).startswith(said)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_wrong_file_is_told_alike_by_every_command_and_nothing_else_is_done(
    cli: Cli, tmp_path: Path, words: str
) -> None:
    text, said = FILES["an unknown field"]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = cli(*words.split())
    assert done.returncode == 1
    assert sentence(done) == said
    assert [each.name for each in tmp_path.iterdir()] == ["bad.yaml"]


DOSES = [
    ("cat-cow", "reps", "-5"),
    ("cat-cow", "reps", "0"),
    ("cat-cow", "reps", "1000000000"),
    ("cat-cow", "reps", "12-5"),
    ("cat-cow", "reps", "1.5"),
    ("cat-cow", "reps", "many"),
    ("cat-cow", "reps", "[1, 2]"),
    ("cat-cow", "sets", "1000000000"),
    ("childs-pose", "hold", "-5s"),
    ("childs-pose", "hold", "0s"),
    ("childs-pose", "hold", "1000000000s"),
    ("childs-pose", "hold", "30-20s"),
    ("childs-pose", "hold", "true"),
    ("childs-pose", "rest", "-1s"),
    ("childs-pose", "rest", "1000000000"),
]


@pytest.mark.parametrize(("use", "field", "value"), DOSES)
def test_a_dose_that_cannot_be_done_is_told_at_its_line_with_what_can(
    cli: Cli, tmp_path: Path, use: str, field: str, value: str
) -> None:
    (tmp_path / "dose.yaml").write_text(DOSED.format(use=use, field=field, value=value), encoding="ascii")
    done = cli("check", "dose.yaml")
    said = sentence(done)
    assert done.returncode == 1
    assert said.startswith(f"dose.yaml:4:{7 + len(field)}: {field}")
    assert "; write " in said


def test_every_problem_of_a_file_is_told_at_once(cli: Cli, tmp_path: Path) -> None:
    text = "title: 5\nexercises:\n  - cat-cwo\n  - {use: bird-dog, reps: 0}\n"
    (tmp_path / "bad.yaml").write_text(text, encoding="ascii")
    places = [line.split(" ")[0] for line in cli("check", "bad.yaml").stderr.splitlines()]
    assert places == ["bad.yaml:1:8:", "bad.yaml:3:5:", "bad.yaml:4:27:"]


def test_anchors_that_would_explode_are_refused_at_once(cli: Cli, tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (tmp_path / "bomb.yaml").write_text("\n".join([*lines, "title: A", "exercises: *a11"]), encoding="ascii")
    done = cli("check", "bomb.yaml")  # written out, it would be 10^11 words, which no limit of time allows
    assert done.returncode == 1
    assert all(line.startswith("bomb.yaml:") for line in done.stderr.splitlines())
    assert len(done.stderr) < 20_000


NAMES = {
    "nofile.yaml": "nofile.yaml: no such file; check the name",
    "nowhere/a.yaml": "nowhere/a.yaml: no such folder; check the path",
    "folder": "folder: this is a folder; name a file in it",
    "cat-cwo": 'there is no session "cat-cwo"; did you mean cat-cow?',
    "../cat-cow": "../cat-cow: no such file; check the name",
    "": 'there is no session ""; `voicecoach list` shows the library',
    " ": 'there is no session ""; `voicecoach list` shows the library',
    "\x1b[31mred": 'there is no session "red"; `voicecoach list` shows the library',
    "x" * 300 + ".yaml": "x" * 300 + ".yaml: the name is too long; choose a shorter one",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:12]))
@pytest.mark.parametrize("word", ["show", "script"])
def test_a_session_that_is_not_there_is_told_with_what_is(cli: Cli, tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "folder").mkdir()
    done = cli(word, name)
    assert done.returncode == 1
    assert sentence(done).startswith(f"voicecoach: {NAMES[name]}")


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
def test_a_file_that_may_not_be_read_is_told(run_unprivileged: Run, tmp_path: Path) -> None:
    (tmp_path / "locked.yaml").touch(mode=0o000)
    done = run_unprivileged(command("check", "locked.yaml"), cwd=tmp_path, env=environment())
    assert done.returncode == 1
    assert sentence(done).startswith("locked.yaml: permission denied; ")


@pytest.mark.parametrize("name", ["/dev/null", "pipe.yaml"])
@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with devices in the file tree")
def test_what_is_no_file_is_not_waited_for(cli: Cli, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    done = cli("check", name)
    assert done.returncode == 1
    assert "this is no ordinary file; name a file on a disk" in sentence(done)


PLAIN = 'title: "A"\nexercises:\n  - name: B\n    steps: ["Lift the {words} arm."]\n    reps: 2\n'
STEERING = {
    "a control character": ("le\\x01ft", "left"),
    "a colour": ("\\e[31mleft", "left"),
    "a direction mark": ("le\\u202Eft", "left"),
    "a zero-width space": ("le\\u200Bft", "left"),
}


@pytest.mark.parametrize("which", STEERING)
def test_characters_that_steer_a_terminal_are_neither_printed_nor_spoken(cli: Cli, which: str) -> None:
    written, read = STEERING[which]
    told = cli("script", "-", given=PLAIN.replace("{words}", written))
    assert told.returncode == 0, told.stderr
    assert f"Lift the {read} arm." in told.stdout
    assert told.stdout.isascii()
    assert all(letter.isprintable() or letter == "\n" for letter in told.stdout)


MARKUP = {
    "<speak>left</speak>": "speak left speak",
    "<break time='9s'/> left": "break time '9s' left",
    "<prosody rate='x-fast'>left</prosody>": "prosody rate 'x-fast' left prosody",
    "[[h@l'oU]]": "h@l'oU",
}


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_is_read_out_as_words_and_never_obeyed(cli: Cli, markup: str) -> None:
    told = cli("script", "-", "--json", given=PLAIN.replace("{words}", markup))
    said = next(each for each in json.loads(told.stdout)["events"] if each["text"].startswith("Lift the"))
    assert said["text"] == f"Lift the {MARKUP[markup]} arm."
    # Obeyed, they would take the time of two words, or nine seconds.
    assert 1500 < said["end_ms"] - said["start_ms"] < 8000


def test_names_with_path_separators_write_nothing_but_the_file_that_was_named(cli: Cli, tmp_path: Path) -> None:
    text = 'title: "../../escape"\nexercises:\n  - {name: "a/b\\\\c", steps: [Go.], reps: 1, sets: 1}\n'
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "p.yaml").write_text(text, encoding="ascii")
    done = cli("export", "inside/p.yaml", "-o", "inside/p.wav", "--detail", "minimal")
    assert done.returncode == 0, done.stderr
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["inside", "p.wav", "p.yaml"]
