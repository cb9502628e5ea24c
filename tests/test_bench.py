"""What the bench makes of its figures, and what it gives to those it measures."""

import pytest

from scripts import bench, bench_code
from scripts.bench_runs import LENGTHS, NAIVE_PEER, PEER, WARM, Grown, Taken
from scripts.bench_texts import batch_program, long_program, minutes, ssml
from voicecoach import library
from voicecoach.program.parse import parse_program

SNIPPETS = ("NAIVE", "CONTINUOUS", "LAME_ALONE", "COPY", "PLAYED", "STAGES")


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_runs_in_a_process_of_its_own_is_python(name: str) -> None:
    compile(getattr(bench_code, name), name, "exec")


@pytest.mark.parametrize("text", [*(long_program(*each) for each in LENGTHS), *map(batch_program, range(7))])
def test_its_programs_are_programs(text: str) -> None:
    assert parse_program(text, "bench.yaml", library.exercises()).exercises


def test_pauses_are_as_long_as_in_the_script_and_words_are_no_markup() -> None:
    events: list[dict[str, object]] = [
        {"text": "Hips & knees", "start_ms": 1500, "end_ms": 2500},
        {"text": "Hold", "start_ms": 3000, "end_ms": 3400},
    ]
    assert ssml({"events": events}).splitlines() == [
        "<speak>", '<break time="1500ms"/>Hips &amp; knees', '<break time="500ms"/>Hold', "</speak>",
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "length"), [("a.mp3: 15:30.0, -19 LUFS", 15.5), ("a: 1:00:00.0, b", 60)])
def test_a_length_is_read_from_what_export_says(said: str, length: float) -> None:
    assert minutes(said) == length


def test_each_row_stands_beside_the_peers() -> None:
    rows = {WARM: [Taken(0.4, 40), Taken(0.2, 41), Taken(0.3, 40)], PEER: [Taken(6, 55)]}
    lines = bench.table(rows)
    assert lines[2] == f"| {WARM} | 0.30 | 0.20 to 0.40 | 41 | 20.0 x | - | - |"
    assert f"| {PEER} | 6.00 | 6.00 to 6.00 | 55 | 1.0 x | 4.0 x | - |" in bench.table(
        {**rows, NAIVE_PEER: [Taken(24, 300)]}
    )


def test_memory_of_three_hours_stands_beside_that_of_twenty_minutes() -> None:
    grown = [Grown(length, Taken(1, mib), Taken(2, 70)) for length, mib in ((10, 40), (25, 50), (200, 60))]
    assert bench.growth(grown)[-1] == "Exporting 200 minutes takes 1.20 times the memory of 25."


def test_stages_that_a_warm_export_does_without_are_left_open() -> None:
    found = {"cold": {"frames": [1.5, 2.0], "the file": [0.1, 0.1]}, "warm": {"the file": [0.1, 0.1]}}
    assert "| frames | 1.50 (2.00) | - |" in bench.stages(found)
