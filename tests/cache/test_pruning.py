"""The cache stays small, and touches nothing but its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cache.test_clip_cache import KEY, ROOT
from voicecoach.cache import ClipCache, pruning
from voicecoach.cache.pruning import empty_folder, keep_bound, measure_folder, prune_folder

DAY_S = 24 * 3600


def filled(folder: Path, count: int = 10, size: int = 1000) -> ClipCache:
    """Return a cache of entries that were last used a day apart, the first the longest ago."""
    cache = ClipCache(folder)
    for number in range(count):
        key = KEY._replace(text=str(number))
        cache.write(key, bytes(size))
        used = time.time() - (count - number) * DAY_S
        path = folder / key.digest()[:2] / key.digest()[2:]
        os.utime(path, (used, used))
    return cache


def held(cache: ClipCache, count: int = 10) -> list[int]:
    return [number for number in range(count) if cache.read(KEY._replace(text=str(number)))]


def test_a_survey_counts_entries_bytes_and_the_oldest_use(clip_cache: Path) -> None:
    filled(clip_cache).note_samples(KEY, 5)
    found = measure_folder(clip_cache)
    assert found.entries == 11
    assert found.size > 10_000
    assert time.time() - (found.oldest_s or 0) == pytest.approx(10 * DAY_S, abs=60)
    assert measure_folder(clip_cache / "nowhere") == (0, 0, None)


def test_what_was_longest_not_used_goes_first(clip_cache: Path) -> None:
    cache = filled(clip_cache)
    removed = prune_folder(clip_cache, measure_folder(clip_cache).size // 2)
    assert held(cache) == [5, 6, 7, 8, 9]
    assert removed.entries == 5


def test_reading_an_entry_is_using_it(clip_cache: Path) -> None:
    cache = filled(clip_cache)
    assert cache.read(KEY._replace(text="0"))
    prune_folder(clip_cache, measure_folder(clip_cache).size // 2)
    assert 0 in held(cache)


def test_clearing_leaves_nothing_of_ours_and_everything_of_others(clip_cache: Path) -> None:
    filled(clip_cache).note_samples(KEY, 5)
    others = [clip_cache / ".gitignore", clip_cache / "ab" / "letter.txt", clip_cache / "photos" / ("0" * 62)]
    for other in others:
        other.parent.mkdir(exist_ok=True)
        other.write_text("mine")
    empty_folder(clip_cache)
    assert sorted(path for path in clip_cache.rglob("*") if path.is_file()) == sorted(others)


def test_a_cache_that_grew_too_large_is_pruned_once_a_day(clip_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "MOST_BYTES", 6000)
    filled(clip_cache).close()
    assert measure_folder(clip_cache).size <= 6000
    filled(clip_cache)
    keep_bound(clip_cache)
    assert measure_folder(clip_cache).entries == 10


def test_a_cache_that_nothing_was_added_to_is_left_alone(clip_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(clip_cache)
    monkeypatch.setattr(pruning, "MOST_BYTES", 0)
    with_nothing_new = ClipCache(clip_cache)
    assert held(with_nothing_new)
    with_nothing_new.close()
    assert held(with_nothing_new)


def test_what_is_pruned_while_others_read_and_write_is_only_absent(clip_cache: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.cache.test_clip_cache import KEY\nfrom voicecoach.cache import ClipCache\n"
        "cache = ClipCache(Path(sys.argv[1]))\n"
        "for n in range(600):\n    key = KEY._replace(text=str(n % 20))\n    cache.write(key, bytes(2000))\n"
        "    assert cache.read(key) in (None, bytes(2000))\nassert not cache.note, cache.note\n"
    )
    command = [sys.executable, "-c", script, str(clip_cache)]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    while any(process.poll() is None for process in running):
        prune_folder(clip_cache, 10_000)
    assert [process.communicate()[1] for process in running] == [b""] * 2


FUTURE_DAYS = (2, 400, 20_000)


@pytest.mark.parametrize("days", FUTURE_DAYS)
def test_a_look_that_is_dated_in_the_future_does_not_stop_the_next(
    clip_cache: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setattr(pruning, "MOST_BYTES", 6000)
    cache = filled(clip_cache)
    stamp = clip_cache / ".pruned"
    stamp.touch()
    os.utime(stamp, (time.time() + days * DAY_S,) * 2)
    cache.close()
    assert measure_folder(clip_cache).size <= 6000
    assert abs(time.time() - stamp.stat().st_mtime) < DAY_S


@pytest.mark.parametrize("days", FUTURE_DAYS)
def test_what_was_used_before_the_clock_was_set_back_goes_first(clip_cache: Path, days: int) -> None:
    cache = filled(clip_cache)
    for number in (8, 9):
        key = KEY._replace(text=str(number))
        os.utime(clip_cache / key.digest()[:2] / key.digest()[2:], (time.time() + days * DAY_S,) * 2)
    prune_folder(clip_cache, measure_folder(clip_cache).size // 2)
    assert held(cache) == [3, 4, 5, 6, 7]


def test_using_what_is_dated_in_the_future_dates_it_anew(clip_cache: Path) -> None:
    cache = filled(clip_cache)
    key = KEY._replace(text="0")
    path = clip_cache / key.digest()[:2] / key.digest()[2:]
    os.utime(path, (time.time() + 400 * DAY_S,) * 2)
    assert cache.read(key)
    assert abs(time.time() - path.stat().st_mtime) < DAY_S


@pytest.mark.parametrize(("days", "stays"), [(-2, False), (400, False), (0, True)])
def test_what_a_killed_writer_left_is_removed_with_the_rest(clip_cache: Path, days: int, *, stays: bool) -> None:
    filled(clip_cache)
    left = next(clip_cache.glob("[0-9a-f][0-9a-f]")) / ".new-abcdefgh"
    left.write_bytes(b"half")
    os.utime(left, (time.time() + days * DAY_S,) * 2)
    empty_folder(clip_cache)
    assert left.exists() == stays
