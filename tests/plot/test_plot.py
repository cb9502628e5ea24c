"""The picture says what the timeline says: every shape stands where its time is."""

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.running import LIMIT_S
from tests.fakes import placed, session_of
from tests.plot.picture import Picture
from voicecoach.errors import FileError, UsageError, VoicecoachError
from voicecoach.events import Dropped, Kind, Timeline
from voicecoach.model import Dose, Exercise, Pacing, Sides
from voicecoach.plot.session import draw_session
from voicecoach.plot.target import check_picture_target
from voicecoach.units import Range

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
NEAR_MS = 2.0
LIBRARY = ("cat-cow", "knee-to-chest", "seated-hamstring-stretch", "bird-dog", "supine-breathing")

_PROGRAM = """\
title: Two breaths
exercises:
  - name: Quiet breathing
    steps: [Breathe in through your nose.]
    phases: [{cue: In, seconds: 2, breath: in}, {cue: Out, seconds: 2, breath: out}]
    reps: 2
"""


def _drawn(timeline: Timeline, folder: Path, pacing: Pacing | None = None) -> Picture:
    path = folder / "session.svg"
    draw_session(timeline, pacing or Pacing(), "en-us", 130, str(path))
    return Picture(path)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return placed(session_of(*LIBRARY, title="A whole day"))


@pytest.fixture(scope="module")
def picture(timeline: Timeline, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    return _drawn(timeline, tmp_path_factory.mktemp("picture"))


def _exercise(name: str, dose: Dose, sides: Sides = Sides.NONE) -> Exercise:
    return Exercise(name=name, steps=("Move slowly.",), dose=dose, sides=sides)


def _long(hours: int) -> Timeline:
    """Return a session of holds of a minute that lasts about so many hours."""
    dose = Dose(hold=Range(60_000, 60_000), reps=Range(60, 60), sets=Range(hours, hours))
    return placed(session_of(_exercise("Long hold", dose)))


def _events(timeline: Timeline, kind: Kind) -> list[tuple[int, int]]:
    return [(each.start_ms, each.end_ms) for each in timeline.events if each.kind is kind]


def _between(timeline: Timeline, *, same_set: bool) -> list[tuple[int, int]]:
    pairs = zip(timeline.reps, timeline.reps[1:], strict=False)
    return [
        (before.end_ms, after.start_ms)
        for before, after in pairs
        if after.where.rep == 1
        and before.where.index == after.where.index
        and (before.where.set == after.where.set) is same_set
    ]


@pytest.mark.parametrize(
    ("part", "times"),
    [
        ("chapter", lambda session: [(each.start_ms, each.end_ms) for each in session.chapters]),
        ("hold", lambda session: [(each.start_ms, each.end_ms) for each in session.holds]),
        ("rep", lambda session: [(each.start_ms, each.end_ms) for each in session.reps]),
        ("speech", lambda session: _events(session, Kind.SPEAK)),
        ("prompt", lambda session: _events(session, Kind.BREATH)),
        ("count", lambda session: _events(session, Kind.COUNT)),
        ("switch", lambda session: _between(session, same_set=True)),
        ("rest", lambda session: _between(session, same_set=False)),
    ],
)
def test_each_part_stands_where_the_clock_of_its_line_says(
    part: str, times: Callable[[Timeline], list[tuple[int, int]]], timeline: Timeline, picture: Picture
) -> None:
    wanted = sorted(times(timeline))
    found = sorted(picture.spans(part))
    assert len(found) == len(wanted) > 0
    for drawn, meant in zip(found, wanted, strict=True):
        assert drawn == pytest.approx(meant, abs=NEAR_MS)


def test_what_is_heard_as_a_tone_stands_round_its_middle(timeline: Timeline, picture: Picture) -> None:
    middles = [sum(span) / 2 for span in sorted(picture.spans("tone"))]
    wanted = [(start_ms + end_ms) / 2 for start_ms, end_ms in _events(timeline, Kind.TONE)]
    assert middles == pytest.approx(wanted, abs=NEAR_MS)


def test_what_was_made_longer_ends_with_its_pause(timeline: Timeline, picture: Picture) -> None:
    firsts = [next(rep for rep in timeline.reps if rep.start_ms >= each.at_ms) for each in timeline.stretched]
    wanted = [
        (first.start_ms - each.by_ms, first.start_ms) for first, each in zip(firsts, timeline.stretched, strict=True)
    ]
    assert len(wanted) > 1
    for drawn, meant in zip(sorted(picture.spans("longer")), wanted, strict=True):
        assert drawn == pytest.approx(meant, abs=NEAR_MS)


def test_what_was_dropped_is_crossed_out_at_its_moment(timeline: Timeline, tmp_path: Path) -> None:
    lost = replace(timeline, dropped=(Dropped("breath-in", 200_000, "does not fit"),))
    spans = _drawn(lost, tmp_path).spans("dropped")
    assert [sum(stroke) / 2 for stroke in spans] == pytest.approx([200_000] * 2, abs=NEAR_MS)


def test_the_first_breath_of_a_hold_and_each_after_it_follow_without_a_gap(
    timeline: Timeline, picture: Picture
) -> None:
    breath = sorted(picture.spans("breath-in") + picture.spans("breath-out"))
    for hold in [each for each in timeline.holds if each.prescribed_ms == 20_000]:
        inside = [each for each in breath if hold.start_ms - NEAR_MS < each[0] < hold.end_ms - NEAR_MS]
        bounds = [hold.start_ms, *(start for start, _ in inside[1:]), hold.end_ms]
        assert [start for start, _ in inside] == pytest.approx(bounds[:-1], abs=NEAR_MS)
        assert [end for _, end in inside] == pytest.approx(bounds[1:], abs=NEAR_MS)


@pytest.mark.parametrize(
    "words", ["A whole day", "2 Knee to chest", "set 1 of 3, left side", "20s", "rest 15s", "Welcome", "breathe in"]
)
def test_its_words_can_be_searched(words: str, picture: Picture) -> None:
    assert [each for each in picture.words if words in each]


def test_it_tells_the_length_and_every_knob_that_was_turned(tmp_path: Path) -> None:
    pacing = Pacing(pace=0.85, breath=None)
    timeline = placed(session_of("childs-pose", pacing=pacing))
    words = " ".join(_drawn(timeline, tmp_path, pacing).words)
    seconds = round(timeline.duration_ms / 1000)
    assert f"{seconds // 60}:{seconds % 60:02} long" in words
    assert "130 words a minute; pace 0.85, effort low" in words
    assert "breath off" in words


def test_a_program_names_itself_as_the_document(picture: Picture) -> None:
    title = picture.root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "A whole day"


@pytest.mark.parametrize("title", ["a $x^2$ & <b>", "Záda \u80cc\u4e2d \U0001f9d8", "bell\x07 and\ud800 tear"])
def test_any_title_is_written_as_it_is_and_without_a_warning(title: str, tmp_path: Path) -> None:
    timeline = placed(session_of(_exercise("Rock", Dose(reps=Range(1, 1)))))
    chapters = tuple(replace(each, title=title) for each in timeline.chapters)
    timeline = replace(timeline, title=title, chapters=chapters)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        words = _drawn(timeline, tmp_path).words
    kept = title.replace("\x07", "").replace("\ud800", "")
    assert {kept, f"1 {kept}"} <= set(words)


def test_a_long_title_ends_before_the_page_does(tmp_path: Path) -> None:
    timeline = placed(session_of(_exercise("Rock " * 200, Dose(reps=Range(1, 1))), title="Back " * 200))
    words = _drawn(timeline, tmp_path).words
    assert [each for each in words if each.startswith("Back") and each.endswith("\u2026")]
    assert max(map(len, words)) < 400


@pytest.mark.parametrize("name", ["a.svg", "a.png", "A.SVG", "a.Png"])
def test_the_same_session_gives_the_same_bytes(name: str, timeline: Timeline, tmp_path: Path) -> None:
    path = tmp_path / name
    written = []
    for _ in range(2):
        draw_session(timeline, Pacing(), "en-us", 130, str(path))
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_png_is_a_picture_whose_words_are_large_enough(timeline: Timeline, tmp_path: Path) -> None:
    draw_session(timeline, Pacing(), "en-us", 130, str(tmp_path / "a.png"))
    with Image.open(tmp_path / "a.png") as image:
        assert image.info["Title"] == "A whole day"
        assert round(image.info["dpi"][0]) == 120
        assert image.width > 1800


def test_three_hours_stay_a_few_lines_and_a_small_file(tmp_path: Path) -> None:
    timeline = _long(3)
    picture = _drawn(timeline, tmp_path)
    assert timeline.duration_ms > 3 * 3_600_000
    assert len(picture.clocks) < 30
    assert picture.path.stat().st_size < 3_000_000


def test_days_of_holds_are_drawn_too(tmp_path: Path) -> None:
    dose = Dose(hold=Range(3_600_000, 3_600_000), reps=Range(20, 20), sets=Range(10, 10))
    timeline = placed(session_of(_exercise("Endless", dose)))
    days = replace(timeline, events=())
    assert len(_drawn(days, tmp_path).clocks) < 40


def test_a_png_that_nobody_could_read_is_refused_and_leaves_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "a.png"
    old.write_bytes(b"old")
    many = [_exercise(f"Move {number}", Dose(reps=Range(1, 1))) for number in range(700)]
    timeline = replace(placed(session_of(*many)), events=())
    with pytest.raises(VoicecoachError, match=r"too long for a PNG; end the name in \.svg"):
        draw_session(timeline, Pacing(), "en-us", 130, str(old))
    assert old.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("name", ["a.jpg", "a.pdf", "a", "", ".svg", "a.svg.gz"])
def test_another_extension_is_refused_with_those_that_can_be_written(name: str) -> None:
    with pytest.raises(UsageError, match=r"end the name in \.svg or \.png"):
        check_picture_target(name)


@pytest.mark.parametrize("name", ["folder.svg", "missing/a.svg"])
def test_a_place_that_cannot_be_written_is_told_before_any_work(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(FileError):
        check_picture_target(str(tmp_path / name))


def test_without_the_library_that_draws_the_extra_is_named_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # as where it is not installed
    with pytest.raises(VoicecoachError) as told:
        check_picture_target(str(tmp_path / "a.svg"))
    assert 'pip install "voicecoach[plot]"' in str(told.value)


def _script(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    (cwd / "two.yaml").write_text(_PROGRAM, encoding="ascii")
    command = [sys.executable, "-m", "voicecoach", "script", "two.yaml", *arguments]
    whole: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(
        command, cwd=cwd, env=whole, capture_output=True, text=True, encoding="utf-8", check=False, timeout=LIMIT_S
    )


@pytest.mark.parametrize("also", [(), ("--json",)])
def test_what_is_printed_is_the_same_with_a_picture_as_without(also: tuple[str, ...], tmp_path: Path) -> None:
    plain = _script(*also, cwd=tmp_path, PYTHONHASHSEED="0")
    plotted = _script(*also, "--plot", "a.svg", cwd=tmp_path, PYTHONHASHSEED="0")
    assert (plotted.returncode, plotted.stdout) == (0, plain.stdout)
    assert plotted.stderr.splitlines()[-1] == "Drawn: a.svg"
    assert "Two breaths" in Picture(tmp_path / "a.svg").words


def test_an_unknown_extension_ends_the_run_as_wrong_usage_with_nothing_printed(tmp_path: Path) -> None:
    done = _script("--plot", "a.gif", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "end the name in .svg or .png" in done.stderr


@pytest.fixture(scope="module")
def as_ever(made_clips: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a picture of the same clips: those that two processes make differ by a sample or two."""
    folder = tmp_path_factory.mktemp("as-ever")
    _script("--plot", "as-ever.svg", cwd=folder, VOICECOACH_CACHE=str(made_clips))
    return (folder / "as-ever.svg").read_bytes()


@pytest.mark.parametrize(
    "env",
    [
        {"MPLBACKEND": "nonsense", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        {"MPLBACKEND": "TkAgg", "DISPLAY": "", "MPLCONFIGDIR": "two.yaml"},
        {"MATPLOTLIBRC": "mine", "MPLCONFIGDIR": "."},
    ],
)
def test_the_surroundings_neither_change_it_nor_make_it_talk(
    env: dict[str, str], as_ever: bytes, tmp_path: Path
) -> None:
    (tmp_path / "mine").write_text("text.usetex: True\nsvg.fonttype: path\nbogus: 1\n", encoding="ascii")
    done = _script("--plot", "here.svg", cwd=tmp_path, **env)
    assert done.stderr == "Drawn: here.svg\n"
    assert (tmp_path / "here.svg").read_bytes() == as_ever


def test_a_home_that_cannot_be_written_changes_nothing(tmp_path: Path, run_unprivileged: Run) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    code = (
        "from tests.fakes import placed, session_of; from voicecoach.model import Pacing;"
        "from voicecoach.plot.session import draw_session;"
        "draw_session(placed(session_of('cat-cow')), Pacing(), 'v', 130, 'a.svg')"
    )
    xdg = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "CACHE")}
    env = {**os.environ, **xdg, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = run_unprivileged([sys.executable, "-c", code], cwd=tmp_path, env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(home.iterdir())


def test_matplotlib_is_loaded_only_to_draw() -> None:
    code = "import sys, voicecoach.plot, voicecoach.cli.app; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False\n"
