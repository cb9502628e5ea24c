"""Several sessions at once: each gets its file, and one that fails does not stop the others."""

import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Cli
from tests.cli.running import sentence
from voicecoach.cli.export_files import MOST_BYTES, ExportResult, Task, file_names, write_sessions
from voicecoach.cli.run import run
from voicecoach.cli.terminal import Terminal
from voicecoach.export.formats import SavedFile
from voicecoach.session import Session
from voicecoach.verify import verify

PROGRAM = """\
title: "Day 1: knees / hips?"
exercises:
  - name: Knee hug
    posture: back
    steps: [Draw one knee towards your chest.]
    hold: 5s
    reps: 1
    sets: 1
    sides: none
"""


def test_each_session_gets_a_file_named_by_its_title(cli: Cli, tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(PROGRAM, encoding="utf-8")
    done = cli("export", "one.yaml", "two.yaml", "-o", "out/", "--detail", "minimal")
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["Day 1 knees hips 2.mp3", "Day 1 knees hips.mp3"]
    for name in names:
        assert all(check.kept for check in verify(str(tmp_path / "out" / name)) if check.name != "loudness")


def test_a_session_asked_for_twice_is_written_twice(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(PROGRAM, encoding="utf-8")
    done = cli("export", "one.yaml", "one.yaml", "-o", "out/", "--detail", "minimal")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"Day 1 knees hips.mp3", "Day 1 knees hips 2.mp3"}


@pytest.mark.parametrize("name", ["x.wav", "x.mp3", "X.WAV", "there.mp3"])
def test_several_sessions_are_not_written_to_the_name_of_one_file(cli: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.mp3").mkdir()
    done = cli("export", "cat-cow", "bird-dog", "-o", name)
    assert done.returncode == 2
    said = f'voicecoach: {name}: several sessions need a folder; name one, or end the name in "/"'
    assert sentence(done) == said
    assert [path.name for path in tmp_path.iterdir()] == ["there.mp3"]


def test_a_folder_that_is_there_is_one_whatever_its_name(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "out.d").mkdir()
    done = cli("export", "one.yaml", "-o", "out.d", "--detail", "minimal")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out.d").iterdir()] == ["Day 1 knees hips.mp3"]


def test_one_failure_is_told_at_the_end_and_the_others_are_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("title: [", encoding="utf-8")
    done = cli("export", "bad.yaml", "none-such", "one.yaml", "-o", "out/", "--detail", "minimal")
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Day 1 knees hips.mp3"]
    told = done.stderr.splitlines()
    assert told[-1] == "2 of 3 sessions could not be written."
    assert any(line.startswith("none-such: ") for line in told)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("3", 'cat-cow: --from: no exercise "3" in this program; write 1 to 1 or cat-cow'),
        ("bird", 'cat-cow: --from: no exercise "bird" in this program; write 1 to 1 or cat-cow'),
        ("cat-cow", 'bird-dog: --from: no exercise "cat-cow" in this program; write 1 to 1 or bird-dog'),
    ],
)
def test_a_start_that_one_of_them_does_not_have_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], start: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", "cat-cow", "bird-dog", "-o", "out/", "--from", start]) == 2
    assert capsys.readouterr().err == f"voicecoach: {said}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export first-day -o a.mp3", "play first-day --output null"])
def test_a_start_that_nearly_names_an_exercise_is_told_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*command.split(), "--from", "pelvic"]) == 2
    said = 'voicecoach: --from: no exercise "pelvic" in this program; did you mean pelvic-tilt?\n'
    assert capsys.readouterr().err == said


@dataclass(frozen=True)
class Spoken(Terminal):
    """A terminal that keeps what is said."""

    said: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.said.append(text)

    def result(self, text: str) -> None:
        self.said.append(text)


def fatal_of_three(task: Task) -> ExportResult:
    if task.name == "bad":
        os._exit(9)
    saved = SavedFile(path=task.path, duration_ms=1000, lufs=-19, true_peak_dbtp=-2, gain_db=0, peak_limited=False)
    return saved, []


def test_a_file_that_cannot_be_written_keeps_its_reason_and_ends_no_worker(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "out" / "Child's pose.mp3").mkdir(parents=True)
    done = cli("export", "childs-pose", "cat-cow", "-o", "out/", "--detail", "minimal", "--sets", "1")
    assert done.returncode == 1
    assert "Child's pose.mp3: this is a folder; give the name of a file" in done.stderr
    assert "worker" not in done.stderr
    assert (tmp_path / "out" / "Cat-cow.mp3").is_file()


def test_a_session_that_ends_its_worker_is_told_by_name_and_the_others_are_written() -> None:
    terminal, session = Spoken(), cast("Session", None)
    tasks = [Task(name, session, f"{name}.mp3") for name in ("bad", "one", "two")]
    failed = write_sessions(tasks, fatal_of_three, terminal, lambda _: None)
    assert failed == ["bad: its worker ended unexpectedly"]
    assert {line.partition(":")[0] for line in terminal.said} > {"one.mp3", "two.mp3"}


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder, what in (("file", "this is a file"), ("no/where/", "no folder to make it in")):
        done = cli("export", "cat-cow", "bird-dog", "-o", folder)
        assert done.returncode == 1
        assert what in done.stderr


@pytest.mark.parametrize("rate", ["32k", "fast", ""])
def test_a_bit_rate_that_is_not_offered_is_refused(cli: Cli, rate: str) -> None:
    done = cli("export", "cat-cow", "-o", "a.mp3", "--bitrate", rate)
    assert done.returncode == 2
    assert "write 48k, 64k, 96k" in done.stderr


def test_the_bit_rate_sets_the_size(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(PROGRAM, encoding="utf-8")
    sizes = []
    for rate in ("48k", "96k"):
        assert cli("export", "one.yaml", "-o", f"{rate}.mp3", "--bitrate", rate).returncode == 0
        sizes.append((tmp_path / f"{rate}.mp3").stat().st_size)
    assert sizes[1] / sizes[0] == pytest.approx(2, abs=0.1)


@given(st.lists(st.text(max_size=200), max_size=8))
def test_names_are_safe_and_never_alike(titles: list[str]) -> None:
    names = file_names(titles, ".mp3")
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert not set(name) & set('<>:"/\\|?*')
        assert name.isprintable()
        assert not name.startswith(".")
        assert len(name.encode()) <= MOST_BYTES + 20


@pytest.mark.parametrize(
    "titles", [("Day one", "DAY ONE"), ("Day: one", "Day/one"), ("Caf\u00e9", "CAFE\u0301"), ("a", "A", "a 2")]
)
def test_titles_that_some_systems_take_for_one_get_names_of_their_own(titles: tuple[str, ...]) -> None:
    names = {unicodedata.normalize("NFC", name.casefold()) for name in file_names(titles, ".mp3")}
    assert len(names) == len(titles)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ranní cvičení", "Ranní cvičení.mp3"),
        ("CON", "CON_.mp3"),
        ("LPT¹", "LPT¹_.mp3"),
        ("-rf", "rf.mp3"),
        ("..", "session.mp3"),
        ("A/B: C?", "A B C.mp3"),
        ("End. ", "End.mp3"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert file_names([title], ".mp3") == (name,)
