"""A script that no session wrote is refused in a sentence, and at once; one that promises nothing fails."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.bounds import within_cpu_s
from tests.export.shelf import Shelf, timeline
from voicecoach.errors import FileError
from voicecoach.export.content import Content
from voicecoach.export.lame import write_mp3
from voicecoach.fingerprint import fingerprint
from voicecoach.manifest import compose_manifest, parse_manifest
from voicecoach.units import RATE_HZ
from voicecoach.verify import verify

AT_ONCE_S = 5  # 0.4 s measured: ten times that is a fault, not a busy machine


def whole(**changed: object) -> str:
    """Return the script of two words, with some of its members changed."""
    session = timeline(["one", "two"])
    known = {e.sound: fingerprint(Shelf().clip(e.sound).pcm, RATE_HZ) for e in session.events}
    sound: dict[str, Any] = json.loads(compose_manifest(session, known, levelled=False))
    return json.dumps({**sound, **changed})


PRINT = "0" * 128
CRAFTED = {
    "an endless length": whole(duration_ms=float("inf")),
    "no number for a length": whole(duration_ms=float("nan")),
    "a length in halves": whole(duration_ms=1.5),
    "a length of a month": whole(duration_ms=31 * 24 * 3_600_000),
    "a number of 4301 digits": whole(duration_ms=0).replace('"duration_ms": 0', '"duration_ms": ' + "9" * 4301),
    "a hundred thousand brackets": "[" * 100_000,
    "no fingerprint": whole(sounds=[["a", 100, "zz"], ["b", 100, "zz"]]),
    "a fingerprint of no text": whole(sounds=[["a", 100, 7], ["b", 100, 7]]),
    "a negative start": whole(events=[[-1, 0, "s"]]),
    "a sound from the end of the list": whole(events=[[0, -1, "s"]]),
    "a sound that is not there": whole(events=[[0, 2, "s"]]),
    "a kind that is none": whole(events=[[0, 0, "x"]]),
    "a kind that is a list": whole(events=[[0, 0, []]]),
    "events out of order": whole(events=[[5000, 0, "s"], [0, 1, "s"]]),
    "tones out of order": whole(sounds=[["a", 50, PRINT]], events=[[5000, 0, "t"], [0, 0, "t"]]),
    "two words at once": whole(sounds=[["a", 500, PRINT]], events=[[0, 0, "s"], [499, 0, "c"]]),
    "a tone of a minute": whole(sounds=[["a", 60_000, PRINT]], events=[[0, 0, "t"]]),
    "a word of an hour": whole(sounds=[["a", 3_600_000, PRINT]], events=[[0, 0, "s"]]),
    "300 000 events in one place": whole(sounds=[["a", 0, PRINT]], events=[[0, 0, "t"]] * 300_000),
    "four tones a second for a minute": whole(
        sounds=[["a", 50, PRINT]], events=[[place * 250, 0, "t"] for place in range(240)]
    ),
    "a hold of no number": whole(holds=[["here", "0", 1000, 1000]]),
    "a script without end": " " * 20_000_000 + whole(),
}


@pytest.mark.parametrize("script", CRAFTED.values(), ids=CRAFTED)
def test_what_no_session_wrote_is_refused_at_once(script: str) -> None:
    with within_cpu_s(AT_ONCE_S), pytest.raises(ValueError, match=r"^not a session's script$"):
        parse_manifest(script)


def verified(folder: Path, script: str) -> dict[str, bool]:
    write_mp3(str(folder / "a.mp3"), iter([np.zeros(9000, np.int16)]), Content(RATE_HZ, 64_000, {"script": script}, ()))
    return {check.name: check.kept for check in verify(str(folder / "a.mp3"))}


def test_a_file_says_so_of_its_script(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not a session's script"):
        verified(tmp_path, CRAFTED["no fingerprint"])


def test_a_script_in_which_nothing_is_heard_fails(tmp_path: Path) -> None:
    assert not verified(tmp_path, whole(sounds=[], events=[]))["onsets"]


@pytest.mark.parametrize(("start_ms", "end_ms"), [(1, 3000), (2000, 2999)], ids=["start", "end"])
def test_a_hold_that_no_sound_bounds_fails(tmp_path: Path, start_ms: int, end_ms: int) -> None:
    sound = {"sounds": [["a", 1000, PRINT]], "events": [[1000, 0, "s"], [3000, 0, "s"]]}
    held = [["here", start_ms, end_ms, end_ms - start_ms]]
    assert verified(tmp_path, whole(**sound, holds=[["here", 2000, 3000, 1000]]))["holds"]
    assert not verified(tmp_path, whole(**sound, holds=held))["holds"]


def test_a_script_far_longer_than_its_file_is_judged_at_once(tmp_path: Path) -> None:
    events = [[number * 310, 0, "t"] for number in range(200_000)]
    with within_cpu_s(6 * AT_ONCE_S):
        assert not verified(tmp_path, whole(sounds=[["a", 50, PRINT]], events=events))["length"]
