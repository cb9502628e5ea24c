"""espeak-ng of the wheel, for real."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from voicecoach.audio import RATE_HZ, trim_silence
from voicecoach.engines.espeak import Espeak
from voicecoach.errors import EngineError

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: it reads /proc")


@pytest.fixture(scope="module")
def espeak() -> Iterator[Espeak]:
    engine = Espeak()
    yield engine
    engine.close()


def _spoken_s(espeak: Espeak, text: str) -> float:
    pcm, rate_hz = espeak.render(text, "en-us", 150)
    return len(trim_silence(pcm, rate_hz)) / rate_hz


def test_words_become_sound(espeak: Espeak) -> None:
    pcm, rate_hz = espeak.render("Lie down on your back.", "en-gb", 150)
    assert rate_hz == RATE_HZ
    assert pcm.dtype == np.int16
    assert 1.0 < len(pcm) / rate_hz < 3.0


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Hold. [[h@loU]] now.", "Hold. h at lo U now."),
        ('Hold. <break time="5s"/> Now.', "Hold. Break time five s now."),
        ("Knees &amp; hips.", "Knees and amp hips."),
        ('<prosody rate="x-slow">Hold</prosody>', "prosody rate x slow hold prosody"),
        ("<!-- Hold the stretch -->", "Hold the stretch"),
    ],
)
def test_markup_is_read_out_like_any_words(espeak: Espeak, markup: str, words: str) -> None:
    words_s = _spoken_s(espeak, words)
    assert words_s <= _spoken_s(espeak, markup) < words_s + 2


def test_a_control_character_is_a_space_and_no_command(espeak: Espeak) -> None:
    commanded = _spoken_s(espeak, "Hold\x01450S the stretch\x00 for ten\x1b seconds.")
    assert commanded > _spoken_s(espeak, "Hold the stretch for ten seconds.")


def test_what_follows_a_nul_is_spoken(espeak: Espeak) -> None:
    assert _spoken_s(espeak, "Hold\x00the stretch.") > 1.5 * _spoken_s(espeak, "Hold")


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800"])
def test_nothing_to_say_is_silence(espeak: Espeak, text: str) -> None:
    pcm, rate_hz = espeak.render(text, "en-us", 150)
    assert len(trim_silence(pcm, rate_hz)) == 0


def test_a_text_of_ten_thousand_characters_is_spoken_to_its_end(espeak: Espeak) -> None:
    sentence = "Keep your shoulders relaxed and breathe on. "
    pcm, rate_hz = espeak.render(sentence * (10_000 // len(sentence)), "en-us", 150)
    assert len(pcm) / rate_hz > 500


@pytest.mark.parametrize("voice", ["en-gb", "en-us+f3", "cs", "de", "fr-fr", "yue-latn-jyutping"])
def test_a_voice_speaks_under_the_name_that_people_know(espeak: Espeak, voice: str) -> None:
    assert len(espeak.render("1 2 3", voice, 150)[0]) > RATE_HZ // 2


@pytest.mark.parametrize("voice", ["en-gb+nobody", "../../etc/passwd", "nobody", "gmw/en", "en-gb+../f3", "en-gb+"])
def test_a_voice_that_is_not_there_is_refused(espeak: Espeak, voice: str) -> None:
    with pytest.raises(EngineError, match="espeak has no voice"):
        espeak.render("Hold.", voice, 150)


def test_each_voice_has_a_name_of_its_own(espeak: Espeak) -> None:
    names = [voice.name for voice in espeak.voices()]
    files = [path for path in (Path(espeakng_loader.get_data_path()) / "lang").rglob("*") if path.is_file()]
    assert len(names) == len(set(names)) == len(files)
    assert "f3" in espeak.voices()[0].variants


def test_every_listed_voice_speaks(espeak: Espeak) -> None:
    silent = [voice.name for voice in espeak.voices() if not len(espeak.render("3 2 1", voice.name, 200)[0])]
    assert not silent


def test_voices_are_listed_without_a_process() -> None:
    engine = Espeak()
    assert engine.voices()
    assert engine._worker.pid is None


@LINUX
def test_the_wheels_own_library_speaks_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libespeak-ng.so.1").write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(tmp_path))
    engine = Espeak()
    assert len(engine.render("Hold.", "en-us", 150)[0])
    maps = Path(f"/proc/{engine._worker.pid}/maps").read_text(encoding="utf-8")
    engine.close()
    loaded = {line.split()[-1] for line in maps.splitlines() if "espeak" in line.split()[-1]}
    assert os.path.realpath(espeakng_loader.get_library_path()) in loaded
    assert all(path.startswith(os.path.realpath(Path(espeakng_loader.__file__).parent)) for path in loaded)


@LINUX
def test_no_program_and_no_system_package_is_needed(no_tools_path: dict[str, str]) -> None:
    script = "from voicecoach.engines.espeak import Espeak; print(len(Espeak().render('Hold.', 'cs', 150)[0]))"
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=no_tools_path, capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) > 0


def test_the_current_folder_shadows_no_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "ctypes", "pyttsx3", "espeakng_loader", "voicecoach"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    engine = Espeak()
    assert len(engine.render("Hold.", "en-us", 150)[0])
    engine.close()
