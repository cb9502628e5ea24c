"""The studio makes each clip once, and starts an engine only where it must."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bounds import within_cpu_s
from voicecoach.audio import RATE_HZ, Pcm, first_onset, tone_clip
from voicecoach.cache import ClipCache
from voicecoach.cores import worker_count
from voicecoach.engines import Engine, Voice, clean_for_speech
from voicecoach.engines.table import list_voices
from voicecoach.errors import ClipChangedError, EngineError, UnknownNameError
from voicecoach.events import Sound, Tone, Utterance
from voicecoach.studio import Studio, open_studio

# Windows starts no program without knowing where its own are.
_NO_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
HOLD = Utterance("Hold.", 130)
VOICE = Voice("slow", "en")


class Typewriter:
    """An engine of 50 ms a character at nominal 100, counting what it is asked for."""

    name, version = "typewriter", "1"

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.closed = False

    def voices(self) -> tuple[Voice, ...]:
        return (VOICE,)

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        assert voice == VOICE.name
        self.rendered.append(text)
        return np.full(len(text) * RATE_HZ * 5 // nominal_wpm, 5000, np.int16), RATE_HZ

    def close(self) -> None:
        self.closed = True


class Broken(Typewriter):
    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        raise EngineError(f"no voice {voice} for {text} at {nominal_wpm}")


def studio_of(factory: Callable[[], Engine], folder: Path, version: str = "1", voice: Voice = VOICE) -> Studio:
    return Studio(factory, "typewriter", version, voice, "en", ClipCache(folder))


def no_engine() -> Engine:
    raise AssertionError("an engine was made")


def test_a_clip_is_rendered_once(clip_cache: Path) -> None:
    engine = Typewriter()
    with studio_of(lambda: engine, clip_cache) as studio:
        first = studio.clip(HOLD)
        assert studio.clip(HOLD) is first
        assert studio.clip(Utterance(" Hold.\n", 130)) is first
        assert studio.duration_ms(HOLD) == first.duration_ms > 100
    assert engine.rendered.count("Hold.") == 1
    assert engine.closed


def test_a_warm_session_makes_no_engine(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        made, reach = studio.clip(HOLD), studio.reachable_wpm()
    with studio_of(no_engine, clip_cache) as studio:
        assert np.array_equal(studio.clip(HOLD).pcm, made.pcm)
        assert studio.reachable_wpm() == reach
        assert studio.clip(Tone.COUNT).duration_ms > 0


@pytest.mark.parametrize(
    "other",
    [
        lambda folder: (studio_of(Typewriter, folder), Utterance("Hold!", 130)),
        lambda folder: (studio_of(Typewriter, folder), Utterance("Hold.", 131)),
        lambda folder: (studio_of(Typewriter, folder, version="2"), HOLD),
    ],
    ids=["words", "rate", "version"],
)
def test_other_words_another_rate_or_version_are_rendered(
    clip_cache: Path, other: Callable[[Path], tuple[Studio, Utterance]]
) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        studio.clip(HOLD)
    studio, asked = other(clip_cache)
    with studio:
        studio.clip(asked)
        assert studio._engine is not None


@pytest.mark.parametrize("text", ["", " ", "...", "😀", "-- ** --", "\x00\x07", "\ud800", "→ ▶"])
def test_what_cannot_be_spoken_is_an_empty_clip_without_an_engine(clip_cache: Path, text: str) -> None:
    with studio_of(no_engine, clip_cache) as studio:
        assert studio.clip(Utterance(text, 130)).duration_ms == 0


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Hold 😀 for\n10 s", "Hold for 10 s"),
        ("Bend to 90°", "Bend to 90°"),
        ("Nádech a výdech", "Nádech a výdech"),
        ("Hold\x00on", "Hold on"),
        ("a & b <c> [[d]]", "a & b <c> [[d]]"),
        ("深呼吸", "深呼吸"),
    ],
)
def test_words_are_kept_and_pictures_and_controls_are_not(text: str, spoken: str) -> None:
    assert clean_for_speech(text) == spoken


@given(st.text())
def test_what_is_speakable_stays_so_and_fits_a_line(text: str) -> None:
    once = clean_for_speech(text)
    assert clean_for_speech(once) == once
    assert "\n" not in once


def test_what_is_expected_is_made_by_several_engines_once_a_length_is_missing(clip_cache: Path) -> None:
    engines: list[Typewriter] = []

    def factory() -> Engine:
        engines.append(Typewriter())
        return engines[-1]

    sounds = [Utterance(f"Word {number}", 130) for number in range(40)]
    with studio_of(factory, clip_cache) as studio:
        studio.expect(lambda: [*sounds, Tone.COUNT, *sounds])
        assert not engines
        first = studio.duration_ms(sounds[7])
        rendered = sorted(text for engine in engines for text in engine.rendered if text.startswith("Word"))
    assert rendered == sorted(sound.text for sound in sounds)
    assert len(engines) == worker_count()
    assert all(engine.closed for engine in engines)
    with studio_of(no_engine, clip_cache) as studio:
        studio.expect(lambda: pytest.fail("all is known"))
        assert studio.duration_ms(sounds[7]) == first


def test_words_expected_at_two_rates_are_made_at_both(clip_cache: Path) -> None:
    sounds = [Utterance(f"Word {number}", rate) for number in range(8) for rate in (150, 130)]
    with studio_of(Typewriter, clip_cache) as studio:
        studio.expect(lambda: sounds)
        studio.duration_ms(sounds[0])
    with studio_of(no_engine, clip_cache) as studio:
        assert all(studio.duration_ms(sound) > 0 for sound in sounds)


def test_a_length_that_is_known_opens_no_clip(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        length_ms = studio.duration_ms(HOLD)
    for entry in clip_cache.glob("??/*"):
        entry.write_bytes(bytes(entry.stat().st_size))
    with studio_of(no_engine, clip_cache) as studio:
        assert studio.duration_ms(HOLD) == length_ms


def lie(folder: Path, sound: Sound, samples: int) -> None:
    with studio_of(no_engine, folder) as studio:
        studio._cache.note_samples(studio._sound_key(sound, "clip"), samples)


@pytest.mark.parametrize("sound", [HOLD, Tone.COUNT, Utterance("...", 130)], ids=["words", "tone", "nothing"])
@pytest.mark.parametrize("samples", [0, 50, 10 * 60 * RATE_HZ])
def test_a_length_that_its_clip_does_not_have_is_not_believed(clip_cache: Path, sound: Sound, samples: int) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        length_ms = studio.duration_ms(sound)
    lie(clip_cache, sound, samples)
    for _ in range(2):
        with studio_of(no_engine, clip_cache) as studio:
            assert studio.duration_ms(sound) == studio.clip(sound).duration_ms == length_ms


def test_a_length_without_its_clip_is_not_believed(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        length_ms = studio.duration_ms(HOLD)
    lie(clip_cache, HOLD, 50)
    for entry in clip_cache.glob("??/*"):
        entry.unlink()
    with studio_of(Typewriter, clip_cache) as studio:
        assert studio.duration_ms(HOLD) == studio.clip(HOLD).duration_ms == length_ms


def test_a_clip_of_another_length_than_the_placed_one_is_refused_once(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        length_ms = studio.duration_ms(HOLD)
        entries = [path for path in clip_cache.glob("??/*") if path.stat().st_size > 2000]
    lie(clip_cache, HOLD, 5000)
    for entry in entries:
        entry.write_bytes(bytes(50 + 2 * 5000))  # 50: the mark and the digest
    with studio_of(Typewriter, clip_cache) as studio:
        assert studio.duration_ms(HOLD) != length_ms
        with pytest.raises(ClipChangedError, match="start again"):
            studio.clip(HOLD)
        assert studio.duration_ms(HOLD) == studio.clip(HOLD).duration_ms == length_ms
    with studio_of(no_engine, clip_cache) as studio:
        assert studio.duration_ms(HOLD) == studio.clip(HOLD).duration_ms == length_ms


def test_what_is_made_of_a_clip_is_kept_beside_it(clip_cache: Path) -> None:
    with studio_of(no_engine, clip_cache) as studio:
        assert studio.stored(HOLD, "frames") is None
        studio.store(HOLD, "frames", b"one")
        studio.store(Tone.COUNT, "frames", b"two")
    with studio_of(no_engine, clip_cache) as studio:
        kept = [studio.stored(sound, "frames") for sound in (HOLD, Tone.COUNT, Tone.END)]
    assert kept == [b"one", b"two", None]


def test_what_was_made_of_a_clip_of_another_length_is_not_what_is_stored(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        studio.duration_ms(HOLD)
        studio.store(HOLD, "frames", b"one")
        assert studio.stored(HOLD, "frames") == b"one"
        studio._keep(studio._sound_key(HOLD, "clip"), tone_clip(Tone.END, RATE_HZ))
    with studio_of(no_engine, clip_cache) as studio:
        studio.duration_ms(HOLD)
        assert studio.stored(HOLD, "frames") is None


def test_a_damaged_entry_is_made_anew(clip_cache: Path) -> None:
    with studio_of(Typewriter, clip_cache) as studio:
        made = studio.clip(HOLD)
    for entry in [path for path in clip_cache.rglob("*") if path.is_file()]:
        entry.write_bytes(entry.read_bytes()[:-3])
    with studio_of(Typewriter, clip_cache) as studio:
        assert np.array_equal(studio.clip(HOLD).pcm, made.pcm)


def test_many_threads_get_one_clip(clip_cache: Path) -> None:
    engine = Typewriter()
    got: list[int] = []
    with studio_of(lambda: engine, clip_cache) as studio:
        threads = [Thread(target=lambda: got.append(id(studio.clip(HOLD)))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(got) == 8
    assert len(set(got)) == engine.rendered.count("Hold.") == 1


def test_a_failure_is_told_by_the_first_clip(clip_cache: Path) -> None:
    with studio_of(Broken, clip_cache) as studio, pytest.raises(EngineError, match="no voice slow"):
        studio.clip(HOLD)


def test_a_closed_studio_starts_nothing(clip_cache: Path) -> None:
    studio = studio_of(no_engine, clip_cache)
    studio.close()
    with pytest.raises(EngineError, match="closed"):
        studio.clip(HOLD)


def test_the_default_voice_speaks_and_is_told(clip_cache: Path) -> None:
    with open_studio("espeak:en-us", "en", ClipCache(clip_cache)) as studio:
        clip = studio.clip(Utterance("Breathe in.", 130))
        lo, hi = studio.reachable_wpm()
    assert 400 < clip.duration_ms < 1200
    assert first_onset(clip.pcm) is not None
    assert lo < 110
    assert hi > 220
    assert studio.voice.name == "en-us"


def test_a_spoken_number_fits_its_second(clip_cache: Path) -> None:
    with open_studio(None, "en", ClipCache(clip_cache)) as studio:
        numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        assert max(studio.duration_ms(Utterance(number, 150)) for number in numbers) < 880


def test_the_first_words_come_at_once(clip_cache: Path) -> None:
    with within_cpu_s(2.5), open_studio("espeak:en-us", "en", ClipCache(clip_cache)) as studio:
        assert studio.clip(HOLD).duration_ms


def test_an_unknown_voice_is_refused(clip_cache: Path) -> None:
    with pytest.raises(UnknownNameError, match="en-gb"):
        open_studio("en-gbx", "en", ClipCache(clip_cache))


def test_voices_are_listed_with_their_engines() -> None:
    assert {"en-gb", "en-us", "cs", "de"} <= {voice.name for engine, voice in list_voices() if engine == "espeak"}


def test_sounds_are_made_where_the_environment_is_empty(clip_cache: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from tests.test_studio import Tone, Typewriter, studio_of, HOLD\n"
        "with studio_of(Typewriter, Path(sys.argv[2])) as studio:\n"
        "    print(studio.duration_ms(HOLD), studio.duration_ms(Tone.END))\n"
    )
    command = [sys.executable, "-c", script, str(Path(__file__).parents[1]), str(clip_cache)]
    ran = subprocess.run(command, env=_NO_ENVIRONMENT, capture_output=True, text=True, check=True)
    assert all(int(length_ms) > 0 for length_ms in ran.stdout.split())
