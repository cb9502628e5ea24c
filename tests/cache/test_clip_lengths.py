"""ClipLengths are known without opening a clip, and a damaged line is as if it had never been."""

import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.cache import ClipLengths
from voicecoach.cache.pruning import LENGTHS

NAMES = st.text("0123456789abcdef", min_size=64, max_size=64)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@given(st.dictionaries(NAMES, st.integers(0, 10**7)))
def test_what_was_put_is_told_by_the_next_run(tmp_path_factory: pytest.TempPathFactory, known: dict[str, int]) -> None:
    folder = tmp_path_factory.mktemp("clips")
    lengths = ClipLengths(folder)
    for name, samples in known.items():
        lengths.put("shelf", name, samples)
    again = ClipLengths(folder)
    assert {name: again.get("shelf", name) for name in known} == known


def test_the_later_of_two_lengths_holds(tmp_path: Path) -> None:
    for samples in (5, 7):
        ClipLengths(tmp_path).put("shelf", "a" * 64, samples)
    assert ClipLengths(tmp_path).get("shelf", "a" * 64) == 7


def test_the_same_length_is_written_once(tmp_path: Path) -> None:
    for _ in range(3):
        ClipLengths(tmp_path).put("shelf", "a" * 64, 5)
    assert (tmp_path / LENGTHS / "shelf").read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"\0\xff\n", b"0" * 20 + b" 5 00000000\n"])
def test_a_damaged_file_forgets_no_more_than_what_was_damaged(tmp_path: Path, damage: bytes) -> None:
    lengths = ClipLengths(tmp_path)
    for name in "abc":
        lengths.put("shelf", name * 64, 5)
    file = tmp_path / LENGTHS / "shelf"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + damage + lines[1][:-3] + b"\n" + lines[2])
    again = ClipLengths(tmp_path)
    assert [again.get("shelf", name * 64) for name in "abc"][::2] == [5, 5]
    assert again.get("shelf", "b" * 64) is None


@pytest.mark.parametrize(("old", "new"), [(b" 12345 ", b" 12355 "), (b" 12345 ", b" 2345 "), (b"aaaaaa", b"aaaaab")])
def test_a_line_that_does_not_agree_with_its_checksum_is_absent(tmp_path: Path, old: bytes, new: bytes) -> None:
    ClipLengths(tmp_path).put("shelf", "a" * 64, 12345)
    file = tmp_path / LENGTHS / "shelf"
    raw = file.read_bytes()
    assert raw.count(old)
    file.write_bytes(raw.replace(old, new))
    again = ClipLengths(tmp_path)
    assert [again.get("shelf", name) for name in ("a" * 64, "aaaaab" * 10 + "aaaa")] == [None, None]


LIES = {
    "of more than ten minutes": b"a" * 20 + b" 13230001",
    "below nothing": b"a" * 20 + b" -1",
    "of 4301 digits": b"a" * 20 + b" " + b"9" * 4301,
    "in other digits": b"a" * 20 + " ٣".encode(),
    "of half a sample": b"a" * 20 + b" 0.5",
    "of a name that is no UTF-8": b"\xff" * 20 + b" 5",
    "of a name that is none": b"../../../../../../.. 5",
}


@pytest.mark.parametrize("front", LIES.values(), ids=LIES)
def test_a_length_that_none_can_be_is_absent_though_its_checksum_agrees(tmp_path: Path, front: bytes) -> None:
    lengths = ClipLengths(tmp_path)
    lengths.put("shelf", "b" * 64, 5)
    with (tmp_path / LENGTHS / "shelf").open("ab") as file:
        file.write(b"%b %08x\n" % (front, zlib.crc32(front)))
    again = ClipLengths(tmp_path)
    assert again.get("shelf", "a" * 64) is None
    assert again.get("shelf", "b" * 64) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it makes a pipe, and links without leave")
@pytest.mark.parametrize("make", [pipe, endless], ids=["pipe", "link"])
def test_what_is_no_file_in_a_shelfs_place_holds_no_length(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / LENGTHS).mkdir()
    make(tmp_path / LENGTHS / "shelf")
    lengths = ClipLengths(tmp_path)
    lengths.put("shelf", "a" * 64, 5)
    assert lengths.get("shelf", "a" * 64) == 5
    assert ClipLengths(tmp_path).get("shelf", "a" * 64) is None


def test_where_the_disk_takes_nothing_lengths_stay_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lengths = ClipLengths(tmp_path / "file")
    lengths.put("shelf", "a" * 64, 5)
    assert lengths.get("shelf", "a" * 64) == 5


def test_many_writers_lose_no_line(tmp_path: Path) -> None:
    def write(letter: str) -> None:
        lengths = ClipLengths(tmp_path)
        for number in range(100):
            lengths.put("shelf", f"{letter}{number:019}", number)

    threads = [Thread(target=write, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = ClipLengths(tmp_path)
    assert all(again.get("shelf", f"{each}{n:019}") == n for each in "abcd" for n in range(100))
