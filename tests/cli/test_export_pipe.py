"""`export -o -` hands a finished file to whoever reads standard output."""

import errno
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from tests.cli.conftest import Cli
from tests.cli.running import LIMIT_S, command, environment, sentence
from voicecoach.cli.export_files import export_to_pipe
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError
from voicecoach.export.formats import SavedFile
from voicecoach.files import file_error
from voicecoach.session import Session

TINY = ("cat-cow", "--detail", "minimal")


def piped(folder: Path, clips: Path, *flags: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        command("export", *TINY, "-o", "-", *flags),
        cwd=folder, env=environment(VOICECOACH_CACHE=str(clips)), capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("flags", "name"), [((), "a.mp3"), (("--format", "wav"), "a.wav")])
def test_a_pipe_gets_the_very_bytes_of_the_file(
    tmp_path: Path, made_clips: Path, cli: Cli, flags: tuple[str, ...], name: str
) -> None:
    done = piped(tmp_path, made_clips, *flags)
    assert done.returncode == 0, done.stderr
    assert cli("export", *TINY, "-o", name).returncode == 0
    assert done.stdout == (tmp_path / name).read_bytes()
    assert done.stderr.decode().splitlines()[-1].startswith("standard output: ")


def test_who_stops_reading_is_no_failure(tmp_path: Path, made_clips: Path) -> None:
    words = command("export", *TINY, "-o", "-", "--format", "wav")
    env = environment(VOICECOACH_CACHE=str(made_clips))
    with subprocess.Popen(words, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stdout.read(4) == b"RIFF"
        program.stdout.close()
        assert program.wait(60) == 0
        assert program.stderr
        assert b"rror" not in program.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with pseudo-terminals")
def test_a_terminal_is_no_place_for_sound(tmp_path: Path) -> None:
    import pty

    end, inner = pty.openpty()
    words = command("export", *TINY, "-o", "-")
    done = subprocess.run(words, cwd=tmp_path, env=environment(), stdout=inner, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"standard output is a terminal" in done.stderr
    assert end


def full(_: Session, path: str, *__: object) -> SavedFile:
    raise file_error(path, OSError(errno.ENOSPC, "No space left on device"))


@pytest.mark.parametrize("is_there", [True, False])
def test_the_folder_of_temporary_files_is_named_where_it_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    folder = tmp_path if is_there else tmp_path / "gone"
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(FileError) as told:
        export_to_pipe(cast("Session", None), ".mp3", full, Terminal(plain=True))
    why = "the disk is full" if is_there else "No such file or directory"
    what = f"{folder}: a session needs room here before it goes to standard output ({why})"
    assert str(told.value) == f"{what}; free some space, or name another folder in TMPDIR"
    assert list(tmp_path.iterdir()) == []


REFUSED = {
    "export cat-cow bird-dog -o -": "-o - takes one session",
    "export cat-cow -o a.mp3 --format wav": "--format: a.mp3 would be a .mp3 file; leave it out, or end the",
    "export cat-cow -o - --format ogg": '--format: "ogg" cannot be written; write mp3 or wav',
    "export cat-cow -o - --format wav --bitrate 48k": "--bitrate: a .wav file has none to choose",
    "export cat-cow -o a/ --format wav --bitrate 48k": "--bitrate: a .wav file has none to choose",
    "export first-day -o a.wav --from 9": '--from: no exercise "9" in this program',
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_contradicts_itself_is_refused_before_any_work(cli: Cli, tmp_path: Path, line: str) -> None:
    done = cli(*line.split())
    assert done.returncode == 2
    assert sentence(done).startswith(f"voicecoach: {REFUSED[line]}")
    assert not list(tmp_path.iterdir())


def test_a_folder_gets_files_of_the_format_and_an_export_may_start_later(cli: Cli, tmp_path: Path) -> None:
    quick = ("--reps", "2", "--detail", "minimal")
    done = cli("export", "first-day", "-o", "all/", "--format", "wav", "--from", "cat-cow", *quick)
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "all").iterdir()
    assert file.suffix == ".wav"
    script = cli("export", "first-day", "-o", "whole.wav", *quick)
    assert script.returncode == 0
    assert file.stat().st_size < (tmp_path / "whole.wav").stat().st_size


def test_a_closed_standard_output_is_told_as_such() -> None:
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", *command("export", "cat-cow", "-o", "-")]
    done = subprocess.run(shell, env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode == 2
    assert "standard output is closed" in done.stderr
