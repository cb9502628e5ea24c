"""A file is read whole or refused in one sentence, and replaced in one step or left as it was."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.errors import FileError
from voicecoach.files import decode_text, file_error, read_text
from voicecoach.files.replacement import refuse_same_file, refuse_target, replacing

ONLY_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: links, pipes and permission bits")
Run = Callable[..., subprocess.CompletedProcess[str]]

WRITE = """
import sys
from voicecoach.errors import FileError
from voicecoach.files.replacement import replacing
try:
    with replacing(sys.argv[1]) as beside:
        with open(beside, "wb") as file:
            file.write(bytes(int(sys.argv[2])))
except FileError as error:
    print(error)
"""
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n" + WRITE


def refusal(path: Path | str) -> FileError:
    """Return the error of reading `path`."""
    with pytest.raises(FileError) as refused:
        read_text(str(path))
    assert refused.value.hint
    assert "\n" not in str(refused.value)
    return refused.value


@pytest.mark.parametrize(
    "raw",
    [
        "Bílková\nend".encode(),
        "Bílková\nend".encode("utf-8-sig"),
        "Bílková\nend".encode("utf-16"),
        b"\xfe\xff" + "Bílková\nend".encode("utf-16-be"),
        "Bílková\r\nend".encode(),
        "Bílková\rend".encode(),
    ],
    ids=["utf-8", "with mark", "utf-16", "utf-16 big-endian", "windows lines", "old mac lines"],
)
def test_a_text_is_read_in_its_encoding_with_plain_line_ends(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(raw)
    assert read_text(str(tmp_path / "a.yaml")) == "Bílková\nend"


def test_a_missing_file_offers_the_near_name(tmp_path: Path) -> None:
    (tmp_path / "morning.yaml").touch()
    assert str(refusal(tmp_path / "mornign.yaml")).endswith("no such file; did you mean morning.yaml?")
    assert refusal(tmp_path / "zzz").hint == "check the name"
    assert refusal(tmp_path / "nowhere" / "a.yaml").what.endswith("no such folder")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"one\ntwo \xe9\n")
    assert refusal(file).what.endswith("line 2 is not UTF-8 text")
    file.write_bytes(b"one\0two")
    assert refusal(file).what.endswith("it holds NUL bytes")
    file.write_bytes(b"\xff\xfea")
    assert refusal(file).what.endswith("line 1 is not UTF-16 text")


def test_a_large_file_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xff" * 10_000_000)
    assert refusal(file).what.endswith("larger than 1,000,000 bytes")
    file.write_bytes(b"x" * 1_000_000)
    assert len(read_text(str(file))) == 1_000_000
    with pytest.raises(FileError, match="larger than 10 bytes"):
        read_text(str(file), limit_bytes=10)


def test_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).what.endswith("this is a folder")
    assert refusal("a\0b").what.endswith("no file can have this name")
    assert refusal("x" * 5000).what.endswith("the name is too long")
    (tmp_path / "a").touch()
    assert refusal(tmp_path / "a" / "b").what.endswith("a part of this path is a file and no folder")


@ONLY_POSIX
def test_a_pipe_a_device_and_a_circle_of_links_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refusal(tmp_path / "pipe").what.endswith("this is no ordinary file")
    assert refusal("/dev/zero").what.endswith("this is no ordinary file")
    assert refusal(tmp_path / "circle").what.endswith("its links lead in a circle")


@ONLY_POSIX
def test_an_unreadable_file_is_refused(tmp_path: Path, run_unprivileged: Run) -> None:
    (tmp_path / "a.yaml").touch(mode=0)
    code = "import sys\nfrom voicecoach.files import read_text\nread_text(sys.argv[1])"
    done = run_unprivileged([sys.executable, "-c", code, str(tmp_path / "a.yaml")])
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("a.yaml: permission denied; choose a place that is yours, or change its permissions")
    )


def test_what_comes_from_elsewhere_is_decoded_alike() -> None:
    assert decode_text(b"\xef\xbb\xbfa\r\nb", "standard input") == "a\nb"
    with pytest.raises(FileError, match="standard input: larger than 2 bytes"):
        decode_text(b"abc", "standard input", 2)


@pytest.mark.parametrize("name", ["x" * 256, "x" * 252 + ".mp3", "x" * 256 + "/a.mp3"])
def test_a_place_whose_name_is_too_long_is_refused_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="the name is too long; choose a shorter one"):
        refuse_target(str(tmp_path / name))


@ONLY_POSIX
def test_a_place_in_a_circle_of_links_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").symlink_to(tmp_path / "a.mp3")
    with pytest.raises(FileError, match="its links lead in a circle"):
        refuse_target(str(tmp_path / "a.mp3"))


@pytest.mark.parametrize("code", [errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.ENAMETOOLONG, errno.EIO])
def test_whatever_the_system_says_becomes_a_sentence_with_a_hint(code: int) -> None:
    told = file_error("a.mp3", OSError(code, os.strerror(code)))
    assert told.what.startswith("a.mp3: ")
    assert told.hint


SPELLINGS: dict[str, Callable[[Path], str]] = {
    "its own name": str,
    "with a dot": lambda file: f"{file.parent}/./{file.name}",
    "by way of its folder's parent": lambda file: f"{file.parent}/../{file.parent.name}/{file.name}",
    "relative": os.path.relpath,
    "a link": lambda file: linked(file.parent / "link.yaml", lambda at: at.symlink_to(file)),
    "a link to a link": lambda file: linked(
        file.parent / "far.yaml",
        lambda at: at.symlink_to(linked(file.parent / "near.yaml", lambda it: it.symlink_to(file))),
    ),
    "a hard link": lambda file: linked(file.parent / "hard.yaml", lambda at: at.hardlink_to(file)),
    "in a linked folder": lambda file: (
        linked(file.parent.parent / "folder", lambda at: at.symlink_to(file.parent)) + f"/{file.name}"
    ),
}
"""Other ways to name one file."""


def linked(at: Path, link: Callable[[Path], None]) -> str:
    link(at)
    return str(at)


@ONLY_POSIX
@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("turned", [False, True], ids=["as target", "as source"])
def test_the_file_that_is_read_is_told_however_it_is_spelled(
    tmp_path: Path, spell: Callable[[Path], str], turned: bool
) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    file = folder / "a.yaml"
    file.write_text("title: A", encoding="utf-8")
    names = (spell(file), str(file)) if turned else (str(file), spell(file))
    with pytest.raises(FileError, match="the file that is read; write to another name"):
        refuse_same_file(*names)


def test_what_stands_on_standard_input_is_told_by_its_descriptor(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A", encoding="utf-8")
    with (tmp_path / "a.txt").open("rb") as shell:
        with pytest.raises(FileError, match="the file that is read"):
            refuse_same_file(shell.fileno(), str(tmp_path / "a.txt"))
        refuse_same_file(shell.fileno(), str(tmp_path / "b.txt"))


def test_another_file_a_new_one_and_no_file_at_all_are_no_fault(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("title: A", encoding="utf-8")
    read = str(tmp_path / "a.yaml")
    for target in ("b.yaml", "new.yaml", "no/folder.yaml", "x" * 5000, "nul\0.yaml"):
        refuse_same_file(read, str(tmp_path / target))
    refuse_same_file(str(tmp_path / "missing.yaml"), read)
    refuse_same_file(os.devnull, os.devnull)


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())


def test_a_new_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    with replacing(str(target)) as beside:
        Path(beside).write_bytes(b"half")
        assert not target.exists()
        assert Path(beside).parent == tmp_path
        assert Path(beside).name.startswith(".voicecoach-")
        assert Path(beside).suffix == ".mp3"
        Path(beside).write_bytes(b"whole")
    assert target.read_bytes() == b"whole"
    assert names(tmp_path) == ["a.mp3"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, ValueError, SystemExit, BrokenPipeError])
def test_whatever_stops_the_writing_leaves_the_old_file_alone(tmp_path: Path, stop: type[BaseException]) -> None:
    target = tmp_path / "a.mp3"
    target.write_bytes(b"old")
    with pytest.raises(stop), replacing(str(target)) as beside:  # noqa: PT012 - it stops while it writes
        Path(beside).write_bytes(b"half")
        raise stop
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.mp3"]


def test_an_error_of_the_system_in_the_body_names_the_file_it_is_about(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"other\.wav: no such file"), replacing(str(tmp_path / "a.mp3")):
        (tmp_path / "other.wav").read_bytes()
    with pytest.raises(FileError, match=r"/a\.mp3: File exists"), replacing(str(tmp_path / "a.mp3")) as beside:
        Path(beside).mkdir()


@ONLY_POSIX
def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    target.touch()
    target.chmod(0o640)
    with replacing(str(target)) as beside:
        Path(beside).write_bytes(b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@ONLY_POSIX
def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        with replacing(str(tmp_path / "a.mp3")):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.mp3").stat().st_mode) == 0o640


@ONLY_POSIX
def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.mp3").symlink_to(tmp_path / "real" / "a.mp3")
    for _ in range(2):
        with replacing(str(tmp_path / "link.mp3")) as beside:
            Path(beside).write_bytes(b"new")
        assert (tmp_path / "link.mp3").is_symlink()
        assert (tmp_path / "real" / "a.mp3").read_bytes() == b"new"


def unreplaced(path: Path | str) -> str:
    """Return what is said where `path` cannot be replaced."""
    with pytest.raises(FileError) as refused, replacing(str(path)):
        pytest.fail("the body must not run")
    assert refused.value.hint
    return refused.value.what


def test_a_place_that_cannot_be_written_is_told_before_the_work_begins(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert unreplaced(tmp_path).endswith("this is a folder")
    assert unreplaced(tmp_path / "no" / "a.mp3").endswith("no such folder")
    assert unreplaced("a\0.mp3").endswith("no file can have this name")
    assert unreplaced(tmp_path / ("x" * 300 + ".mp3")).endswith("the name is too long")


@ONLY_POSIX
def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    assert unreplaced("/dev/null").endswith("this is no ordinary file")
    (tmp_path / "file").touch()
    assert unreplaced(tmp_path / "file" / "a.mp3").endswith("a part of this path is a file and no folder")


@ONLY_POSIX
def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".mp3")
    with replacing(str(target)) as beside:
        Path(beside).write_bytes(b"new")
    assert target.read_bytes() == b"new"


@ONLY_POSIX
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_is_not_ours_is_told(tmp_path: Path, run_unprivileged: Run, mode: int) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    folder.chmod(mode)
    done = run_unprivileged([sys.executable, "-c", WRITE, str(folder / "a.mp3"), "10"])
    folder.chmod(0o755)
    assert "permission denied; choose a place that is yours" in done.stdout
    assert names(folder) == []


@ONLY_POSIX
def test_a_write_protected_file_is_not_replaced(tmp_path: Path, run_unprivileged: Run) -> None:
    target = tmp_path / "a.mp3"
    target.write_bytes(b"old")
    target.chmod(0o444)
    done = run_unprivileged([sys.executable, "-c", WRITE, str(target), "10"])
    assert "this file is write-protected" in done.stdout
    assert target.read_bytes() == b"old"


@ONLY_POSIX
def test_a_file_above_the_allowed_size_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    target.write_bytes(b"old")
    run = [sys.executable, "-c", LIMITED, str(target), "5000"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "a.mp3: the file grew larger than allowed here" in done.stdout
    assert (target.read_bytes(), names(tmp_path)) == (b"old", ["a.mp3"])


@ONLY_POSIX
def test_a_full_disk_leaves_the_old_file_alone(small_disk: Path) -> None:
    target = small_disk / "a.mp3"
    target.write_bytes(b"old")
    run = [sys.executable, "-c", WRITE, str(target), "200000"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "a.mp3: the disk is full; free some space, or choose another disk" in done.stdout
    assert (target.read_bytes(), names(small_disk)) == (b"old", ["a.mp3"])
