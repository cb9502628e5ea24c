"""The outputs by name."""

import subprocess
import sys

import pytest

from voicecoach.errors import UsageError
from voicecoach.sinks import SINKS, open_sink


@pytest.mark.parametrize(("name", "kind"), [("auto", "miniaudio"), ("miniaudio", "miniaudio"), ("null", "null")])
def test_every_output_opens_by_its_name(name: str, kind: str) -> None:
    assert open_sink(name).name == kind


@pytest.mark.parametrize(("name", "counted"), [("miniaudio", 0), ("null", None)])
def test_an_output_starts_at_nothing_late_and_tells_whether_it_counts_underruns(name: str, counted: int | None) -> None:
    sink = open_sink(name)
    assert (sink.late, sink.underruns) == (0, counted)


@pytest.mark.parametrize(
    ("name", "hint"), [("minaudio", "did you mean miniaudio"), ("x9", "auto, miniaudio, simpleaudio, null")]
)
def test_an_unknown_output_is_named_with_what_there_is(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f'there is no output "{name}"') as caught:
        open_sink(name)
    assert hint in caught.value.hint


def test_no_audio_library_is_loaded_before_an_output_is_opened() -> None:
    asked = "import sys, voicecoach.sinks; sys.exit('miniaudio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
    assert "null" in SINKS


@pytest.mark.parametrize("name", ["null", "simpleaudio"])
def test_an_output_that_cannot_choose_a_device_says_so(name: str) -> None:
    with pytest.raises(UsageError, match=f"the output {name} cannot choose a device; leave out --device"):
        open_sink(name, "Speakers")
