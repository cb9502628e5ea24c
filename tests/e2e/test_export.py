"""A whole session from its words to a file, by the command line: what was promised is measured in the file.

Nothing here believes the timeline: onsets and holds are found in the decoded sound.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.cli.running import SHORT, run
from tests.e2e.seeking import RATE_HZ, SILENCE_MS, SILENT, Pcm, found_ms
from tests.sampling import is_whole
from voicecoach.cache import ClipCache
from voicecoach.cli.sessions import load
from voicecoach.cli.settings.knob_flags import parse_pacing
from voicecoach.events import PlacedEvent, Timeline
from voicecoach.export.decoder import decode_file
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.languages import phrases_for
from voicecoach.session import Session, time_session
from voicecoach.studio import Studio, open_studio

WITHIN_MS = 20
LENGTH_WITHIN_MS = 60


class Case(NamedTuple):
    """What is exported: a session, a format and a pace."""

    session: str
    extension: str
    pace: str


LONG_ONES = [
    Case("lumbar-sacral", ".mp3", "slow"),
    Case("lumbar-sacral", ".mp3", "brisk"),
    Case("lumbar-sacral", ".wav", "normal"),
    Case("l5-s1-relief", ".mp3", "normal"),
]
CASES = [
    Case("short.yaml", ".wav", "slow"),
    Case("short.yaml", ".mp3", "brisk"),
    Case("lumbar-sacral", ".mp3", "normal"),
    *(LONG_ONES if is_whole() else ()),
]


@dataclass(frozen=True)
class Heard:
    """A finished file, decoded, beside the timeline that it should follow."""

    path: Path
    pcm: Pcm
    timeline: Timeline
    printed: dict[str, Any]
    studio: Studio

    def onset_ms(self, event: PlacedEvent) -> float:
        """Return where an event's sound begins in the file: its onset, or its match where words abut."""
        clip = self.studio.clip(event.sound)
        return found_ms(self.pcm, clip, event.start_ms)


@contextmanager
def opened(case: Case, folder: Path, clips: Path) -> Iterator[tuple[Timeline, Studio]]:
    """Give the timeline of a case, and the voice that its file was spoken by."""
    program = load(str(folder / case.session) if case.session.endswith(".yaml") else case.session)
    session = Session(program=program, pacing=parse_pacing({"pace": case.pace}), phrases=phrases_for("en"))
    with open_studio(None, "en", ClipCache(clips)) as studio:
        yield time_session(session, studio), studio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sessions")
    (made / "short.yaml").write_text(SHORT, encoding="ascii")
    return made


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def heard(request: pytest.FixtureRequest, folder: Path) -> Iterator[Heard]:
    """Export a session by the command line, print its script by the command line, and decode the file."""
    case: Case = request.param
    clips = folder / "clips"
    env = {"VOICECOACH_CACHE": str(clips), "HOME": str(folder)}
    path = folder / f"{case.pace}{case.extension}"
    done = run("export", case.session, "-o", path.name, "--pace", case.pace, cwd=folder, env=env, limit_s=180)
    assert done.returncode == 0, done.stderr
    told = run("script", case.session, "--json", "--pace", case.pace, cwd=folder, env=env)
    pcm = np.concatenate([np.clip(block * 32_768, -32_768, 32_767) for block in decode_file(str(path))])
    with opened(case, folder, clips) as (timeline, studio):
        yield Heard(path, pcm.astype(np.int16), timeline, json.loads(told.stdout), studio)
    path.unlink()


def test_a_file_is_as_long_as_its_script(heard: Heard) -> None:
    assert len(heard.pcm) * 1000 / RATE_HZ == pytest.approx(heard.printed["duration_ms"], abs=LENGTH_WITHIN_MS)


def test_the_printed_script_tells_of_every_sound_in_the_file(heard: Heard) -> None:
    told = [(each["text"], each["start_ms"], each["end_ms"]) for each in heard.printed["events"]]
    assert told == [(each.text, each.start_ms, each.end_ms) for each in heard.timeline.events]


def test_every_number_starts_on_its_second(heard: Heard) -> None:
    counts = [each for each in heard.timeline.events if each.cue in {"count", "lead-in"}]
    errors = [heard.onset_ms(each) - each.start_ms for each in counts]
    assert len(counts) > 10
    assert max(map(abs, errors)) <= WITHIN_MS


def test_every_hold_lasts_what_was_prescribed(heard: Heard) -> None:
    by_end = {each.end_ms: each for each in heard.timeline.events if each.cue == "hold-start"}
    by_start = {each.start_ms: each for each in heard.timeline.events}
    assert heard.timeline.holds
    for hold in heard.timeline.holds:
        begin, end = by_end[hold.start_ms], by_start[hold.end_ms]
        begin_ms = len(heard.studio.clip(begin.sound).pcm) * 1000 / RATE_HZ
        lasted_ms = heard.onset_ms(end) - heard.onset_ms(begin) - begin_ms
        assert lasted_ms == pytest.approx(hold.prescribed_ms, abs=WITHIN_MS), hold


def test_a_file_is_as_loud_as_speech_should_be_and_does_not_clip(heard: Heard) -> None:
    meter = LoudnessMeter(RATE_HZ)
    for block in decode_file(str(heard.path)):
        meter.add(block)
    assert meter.lufs() == pytest.approx(-19, abs=1)
    assert meter.true_peak_dbtp() <= -1


def test_nothing_is_said_before_a_second_and_a_half(heard: Heard) -> None:
    opening = heard.pcm[: SILENCE_MS * RATE_HZ // 1000]
    assert np.abs(opening.astype(np.int32)).max() < SILENT
    assert heard.onset_ms(heard.timeline.events[0]) == pytest.approx(SILENCE_MS, abs=WITHIN_MS)
