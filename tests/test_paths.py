"""Where things stand: named by a variable, or in the platform's folders, and nowhere by accident."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.running import command, environment, run, sentence
from tests.conftest import Run
from voicecoach.errors import FileError
from voicecoach.paths import PATH_VARIABLES, cache_folder, config_path, history_path, path_from, runtime_folder

ROOT = Path(__file__).parents[1]
NO_USER = "~no-such-user-here/x"
PLACES: dict[str, Callable[[Mapping[str, str]], Path]] = {
    "VOICECOACH_CACHE": cache_folder,
    "VOICECOACH_CONFIG": config_path,
    "VOICECOACH_HISTORY": history_path,
}
REFUSED = {
    NO_USER: "there is no such user's home folder; write the whole path",
    "x" * 5000: "the name is too long; choose a shorter one",
    os.sep + "y" * 300: "the name is too long; choose a shorter one",
    "a\0b": "no file can have this name; check the name",
}


def test_every_path_variable_has_its_place() -> None:
    assert set(PLACES) == PATH_VARIABLES


@pytest.mark.parametrize("name", PLACES)
def test_a_variable_names_the_place_by_whatever_way(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    assert place({name: str(tmp_path / "x")}) == tmp_path / "x"
    assert place({name: f"{tmp_path}/a/../x"}) == tmp_path / "x"
    assert place({name: "~/x"}) == Path.home() / "x"
    assert place({name: "x"}) == Path.cwd() / "x"


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("name", PLACES)
def test_an_empty_variable_counts_as_absent(name: str, empty: str) -> None:
    assert PLACES[name]({name: empty}) == PLACES[name]({})
    assert PLACES[name]({}).is_absolute()


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: repr(value[:20]))
@pytest.mark.parametrize("name", PLACES)
def test_what_no_path_can_be_is_told_by_the_name_of_its_variable(name: str, value: str) -> None:
    with pytest.raises(FileError) as refused:
        PLACES[name]({name: value})
    assert str(refused.value).startswith(f"{name}=")
    assert str(refused.value).endswith(REFUSED[value])
    assert len(str(refused.value)) < 200


def test_nothing_that_steers_a_terminal_is_told() -> None:
    with pytest.raises(FileError) as refused:
        path_from({"VOICECOACH_CACHE": "~\x1b[31mnobody\x07/x"}, "VOICECOACH_CACHE")
    assert str(refused.value).isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: a folder in use can be removed")
def test_a_relative_path_from_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FileError, match="the folder that this path starts from is gone; write the whole"):
        cache_folder({"VOICECOACH_CACHE": "x"})
    assert cache_folder({"VOICECOACH_CACHE": str(tmp_path)}) == tmp_path


@pytest.mark.parametrize("value", ["", "run", "~/run", NO_USER, "/" + "x" * 5000])
def test_a_runtime_folder_that_is_no_whole_path_counts_as_absent(value: str) -> None:
    assert runtime_folder({"XDG_RUNTIME_DIR": value}) is None
    assert runtime_folder({}) is None


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: HOME names the home folder")
def test_who_has_no_home_gets_a_sentence_and_no_folder_named_by_a_tilde(tmp_path: Path, run_unprivileged: Run) -> None:
    env = {name: text for name, text in environment().items() if name != "HOME" and "XDG_" not in name}
    script = (
        "import pwd\nfrom voicecoach.errors import VoicecoachError\n"
        "from voicecoach.paths import data_folder\n"
        "def nobody(number): raise KeyError(number)\npwd.getpwuid = nobody  # a number without a name\n"
        "try: print(data_folder())\nexcept VoicecoachError as error: print(error)\n"
    )
    done = run_unprivileged([sys.executable, "-c", script], cwd=tmp_path, env=env)
    told = "this user has no home folder; set HOME, or name a place in VOICECOACH_HISTORY\n"
    assert (done.stdout, done.stderr) == (told, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("environ", [{}, {"VOICECOACH_CACHE": ""}])
def test_a_checkout_keeps_its_clips_in_itself(environ: dict[str, str]) -> None:
    assert cache_folder(environ) == ROOT / "audio_cache"


def test_an_installed_package_keeps_its_clips_with_the_platforms_others(tmp_path: Path) -> None:
    package = tmp_path / "site" / "voicecoach"
    (package / "files").mkdir(parents=True)
    files = (f"files/{each.name}" for each in (ROOT / "voicecoach/files").glob("*.py"))
    for name in ("__init__.py", "errors.py", "paths.py", *files):
        (package / name).write_bytes((ROOT / "voicecoach" / name).read_bytes())
    ran = subprocess.run(
        [sys.executable, "-c", "from voicecoach.paths import cache_folder; print(cache_folder({}))"],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "voicecoach" in Path(ran.stdout.strip()).parts
    assert str(tmp_path) not in ran.stdout


COMMANDS = {"VOICECOACH_CACHE": "cache info", "VOICECOACH_CONFIG": "config --path", "VOICECOACH_HISTORY": "history"}


@pytest.mark.parametrize("value", [NO_USER, "x" * 5000], ids=["no user", "too long"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_so_in_one_sentence(name: str, value: str, tmp_path: Path) -> None:
    done = run(*COMMANDS[name].split(), cwd=tmp_path, env={name: value})
    assert done.returncode == 1
    assert sentence(done).endswith(REFUSED[value])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
@pytest.mark.parametrize("mode", [0o000, 0o300, 0o400], ids=oct)
def test_a_cache_folder_that_may_not_be_read_is_one_line(mode: int, tmp_path: Path, run_unprivileged: Run) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o755)
    (locked / "clips").mkdir()
    locked.chmod(mode)
    env = environment(VOICECOACH_CACHE=str(locked / "clips"))
    for words in ("cache info", "cache prune --to 1M", "cache clear", "doctor cache"):
        done = run_unprivileged(command(*words.split()), cwd=tmp_path, env=env)
        assert "error of its own" not in done.stderr, words
        assert "Traceback" not in done.stderr, words
