"""The cache gives back what it was given, or nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from voicecoach.cache import ClipCache, ClipKey

KEY = ClipKey(
    kind="clip",
    text="Hold.",
    engine="espeak",
    engine_version="0.2.4/2.99",
    voice="en-us",
    language="en",
    rate_wpm=130,
    finishing="1",
)
ROOT = Path(__file__).parents[2]
KEYS = st.builds(
    ClipKey, **{name: st.integers() if kind is int else st.text() for name, kind in ClipKey.__annotations__.items()}
)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@given(KEYS, KEYS)
def test_two_keys_agree_only_where_all_their_fields_do(one: ClipKey, other: ClipKey) -> None:
    assert (one.digest() == other.digest()) == (one == other)


@given(KEYS, st.sampled_from(ClipKey._fields), st.integers(), st.text())
def test_the_key_changes_with_every_field(key: ClipKey, name: str, number: int, text: str) -> None:
    value = number if name == "rate_wpm" else text
    other = key._replace(**{name: value})  # type: ignore[arg-type]
    assert (other.digest() == key.digest()) == (getattr(key, name) == value)


@given(st.binary(max_size=500))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("clips")
    ClipCache(folder).write(KEY, content)
    assert ClipCache(folder).read(KEY) == content
    assert ClipCache(folder).read(KEY._replace(text="Rest.")) is None


def test_an_entry_is_one_small_file_in_a_folder_of_its_prefix(clip_cache: Path) -> None:
    ClipCache(clip_cache).write(KEY, b"sound")
    (entry,) = entries(clip_cache)
    assert entry.relative_to(clip_cache).parts == (KEY.digest()[:2], KEY.digest()[2:])


DAMAGES = {
    "emptied": lambda _entry: b"",
    "cut short": lambda entry: entry[:-1],
    "lengthened": lambda entry: entry + b"\0",
    "a flipped bit": lambda entry: entry[:-1] + bytes([entry[-1] ^ 1]),
    "a flipped bit in the digest": lambda entry: entry[:20] + bytes([entry[20] ^ 1]) + entry[21:],
    "another program's": lambda _entry: b"\x80\x04\x95cos\nsystem\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_absent_and_can_be_made_anew(clip_cache: Path, damage: "object") -> None:
    cache = ClipCache(clip_cache)
    cache.write(KEY, b"sound")
    (entry,) = entries(clip_cache)
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    assert cache.read(KEY) is None
    cache.write(KEY, b"sound")
    assert cache.read(KEY) == b"sound"


def test_an_entry_under_another_key_is_absent(clip_cache: Path) -> None:
    cache, other = ClipCache(clip_cache), KEY._replace(text="Rest.")
    cache.write(KEY, b"sound")
    cache.write(other, b"rest")
    one, two = entries(clip_cache)
    one.write_bytes(two.read_bytes())
    assert None in {cache.read(KEY), cache.read(other)}


def test_a_folder_in_an_entrys_place_is_absent(clip_cache: Path) -> None:
    (clip_cache / KEY.digest()[:2] / KEY.digest()[2:]).mkdir(parents=True)
    assert ClipCache(clip_cache).read(KEY) is None


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it makes a pipe, and links without leave")
@pytest.mark.parametrize("make", [pipe, endless], ids=["pipe", "link"])
def test_what_is_no_file_in_an_entrys_place_is_absent_and_replaced(
    clip_cache: Path, make: Callable[[Path], None]
) -> None:
    path = clip_cache / KEY.digest()[:2] / KEY.digest()[2:]
    path.parent.mkdir(parents=True)
    make(path)
    assert ClipCache(clip_cache).read(KEY) is None
    ClipCache(clip_cache).write(KEY, b"sound")
    assert ClipCache(clip_cache).read(KEY) == b"sound"


def test_an_entry_too_large_to_be_one_is_absent(clip_cache: Path) -> None:
    ClipCache(clip_cache).write(KEY, b"sound")
    (entry,) = entries(clip_cache)
    os.truncate(entry, 1 << 30)
    assert ClipCache(clip_cache).read(KEY) is None


def test_nothing_half_written_is_left(clip_cache: Path) -> None:
    cache = ClipCache(clip_cache)
    for text in ("One", "Two", "Three"):
        cache.write(KEY._replace(text=text), b"sound")
    assert not [path for path in entries(clip_cache) if path.name.startswith(".")]


def test_a_folder_that_cannot_be_made_leaves_clips_in_memory_and_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    cache = ClipCache(blocked / "clips")
    cache.write(KEY, b"sound")
    assert cache.read(KEY) == b"sound"
    assert str(blocked) in cache.note
    assert "VOICECOACH_CACHE" in cache.note
    assert "\n" not in cache.note


def test_all_is_well_without_a_note(clip_cache: Path) -> None:
    cache = ClipCache(clip_cache)
    cache.write(KEY, b"sound")
    assert cache.note == ""


READ_AND_WRITE = """
import sys
from pathlib import Path
from tests.cache.test_clip_cache import KEY
from voicecoach.cache import ClipCache
cache = ClipCache(Path(sys.argv[1]))
print(cache.read(KEY))
other = KEY._replace(text="Other")
cache.write(other, bytes(100_000))
print(len(cache.read(other)), cache.note)
"""


def test_a_read_only_folder_is_read_and_new_clips_stay_in_memory(clip_cache: Path, run_unprivileged: Run) -> None:
    ClipCache(clip_cache).write(KEY, b"sound")
    for folder in (clip_cache / KEY.digest()[:2], clip_cache):
        folder.chmod(0o555)
    ran = run_unprivileged([sys.executable, "-c", READ_AND_WRITE, str(clip_cache)], cwd=ROOT)
    clip_cache.chmod(0o755)
    said = ran.stdout.splitlines()
    assert said[0] == "b'sound'", ran.stderr
    assert said[1].startswith("100000 ")
    assert "cannot keep clips" in said[1]


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: it limits the size of files")
def test_a_full_disk_leaves_clips_in_memory_and_says_so(clip_cache: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    ran = subprocess.run(
        [sys.executable, "-c", limit + READ_AND_WRITE, str(clip_cache)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "100000 " in ran.stdout
    assert "cannot keep clips" in ran.stdout
    assert not entries(clip_cache)


def test_many_writers_of_one_entry_leave_a_sound_one(clip_cache: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.cache.test_clip_cache import KEY\n"
        "from voicecoach.cache import ClipCache\ncache = ClipCache(Path(sys.argv[1]))\n"
        "for _ in range(200):\n    cache.write(KEY, bytes(9000)); assert cache.read(KEY) == bytes(9000)\n"
    )
    commands = [[sys.executable, "-c", script, str(clip_cache)]] * 3
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for command in commands]
    assert [process.communicate()[1] for process in running] == [b""] * 3
    assert ClipCache(clip_cache).read(KEY) == bytes(9000)
    assert len(entries(clip_cache)) == 1


def test_threads_share_a_cache(clip_cache: Path) -> None:
    cache = ClipCache(clip_cache)
    threads = [Thread(target=cache.write, args=(KEY, bytes(5000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.read(KEY) == bytes(5000)
