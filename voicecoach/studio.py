"""The studio: turns sounds into finished clips, from the cache where it can, from an engine where it must."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from threading import RLock
from types import ModuleType

from voicecoach.cache import ClipCache, ClipKey, RecentClips
from voicecoach.clip import Clip
from voicecoach.engines import Engine, Voice, clean_for_speech
from voicecoach.engines.pool import EnginePool
from voicecoach.engines.table import ENGINES, choose_voice
from voicecoach.engines.voice_profile import VoiceProfile, measure_voice, parse_profile
from voicecoach.errors import ClipChangedError, EngineError
from voicecoach.events import Sound, Tone, Utterance
from voicecoach.units import RATE_HZ, length_ms

FINISHING = "3"
"""The version of all that is done to raw speech (trimming, levels, passages): raise it when clips change."""

_SAME_MS = 5
# Missing clips that are worth the start of other engines (0.1 s).
_WORTH_HANDS = 8


class Studio(AbstractContextManager["Studio"]):
    """Makes the clips of a session in one voice. Any thread may call it.

    The engine is made by the first sound that is not in the cache; `factory` is called then and not before.
    """

    rate_hz = RATE_HZ

    def __init__(
        self,
        factory: Callable[[], Engine],
        engine_name: str,
        engine_version: str,
        voice: Voice,
        language: str,
        cache: ClipCache,
    ) -> None:
        self.engine_name, self.engine_version = engine_name, engine_version
        self.voice, self.language = voice, language
        self._factory, self._cache, self._lock = factory, cache, RLock()
        self._key = partial(
            ClipKey, engine=engine_name, engine_version=engine_version, voice=voice.name, language=language,
            finishing=f"{FINISHING}/{self.rate_hz}",
        )  # fmt: skip
        self._engine: Engine | None = None
        self._pool: EnginePool | None = None
        self._profile: VoiceProfile | None = None
        self._recent = RecentClips()
        self._known_ms: dict[Sound, int] = {}
        self._expected: Callable[[], Iterable[Sound]] = tuple
        self._whole, self._closed, self._trusts_lengths = False, False, True
        # pydub looks for programs as it is imported, and cannot where nothing says where programs are.
        os.environ.setdefault("PATH", os.defpath)

    def reachable_wpm(self) -> tuple[int, int]:
        """Return the voice's slowest and fastest real rate, in words a minute; raises EngineError."""
        with self._lock:
            return self._profiled().reachable_wpm()

    def clip(self, sound: Sound) -> Clip:
        """Return a sound's clip, empty where nothing is spoken; raises EngineError, ClipChangedError once."""
        clip: Clip | None
        if isinstance(sound, Tone):
            clip = _audio().tone_clip(sound, self.rate_hz)
            return clip
        asked = Utterance(clean_for_speech(sound.text), sound.rate_wpm)
        if not asked.text:
            clip = _audio().empty_clip(self.rate_hz)
            return clip
        with self._lock:
            clip = self._recent.get(asked)
            if clip is None:
                clip = self._cached(asked) or self._rendered(self._running(), self._profiled(), asked)
                # It is to be as long as it was placed; a voice differs by less than a millisecond.
                if abs(self._known_ms.get(sound, clip.duration_ms) - clip.duration_ms) > _SAME_MS:
                    self._trusts_lengths = False
                    self._known_ms.clear()
                    raise ClipChangedError(sound.text)
                self._recent.put(asked, clip)
            return clip

    def duration_ms(self, sound: Sound) -> int:
        """Return the length of the sound's clip in milliseconds; raises EngineError.

        A clip that was measured before is not opened, unless another one was found to have changed.
        """
        known_ms = self._known_ms.get(sound)
        if known_ms is None:
            key = self._sound_key(sound, "clip")
            if self._cache.samples(key) is None:
                self._make_expected()
            samples = self._cache.samples(key) if self._trusts_lengths else None
            if samples is None:
                clip = self.clip(sound)
                samples = len(clip.pcm)
                if self._cache.samples(key) is None:
                    self._keep(key, clip)
            known_ms = self._known_ms[sound] = length_ms(samples, self.rate_hz)
        return known_ms

    def expect(self, sounds: Callable[[], Iterable[Sound]]) -> None:
        """Say what a session is made of: once a length is missing, all are made that are, on all cores."""
        self._expected, self._whole = sounds, True

    def stored(self, sound: Sound, kind: str) -> bytes | None:
        """Return what was stored under `kind` of a sound as long as this one, None where nothing was."""
        return self._cache.read(self._sound_key(sound, f"{kind}/{self._known_ms.get(sound)}"))

    def store(self, sound: Sound, kind: str, content: bytes) -> None:
        """Keep what was made of a sound's clip, beside it; `kind` names what it is and how it was made."""
        self._cache.write(self._sound_key(sound, f"{kind}/{self._known_ms.get(sound)}"), content)

    def close(self) -> None:
        """Let go of the engine, if there is one, whoever waits for it."""
        self._closed = True
        if self._engine:
            self._engine.close()
        with self._lock:
            self._dismiss()
            self._engine = None
        self._cache.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> Engine:
        if self._closed:
            raise EngineError("the studio is closed")
        if self._engine is None:
            self._engine = self._factory()
        return self._engine

    @contextmanager
    def _together(self) -> Iterator[EnginePool]:
        """Give the engines that make a session; they are kept until it is made, or one of them fails."""
        if self._pool is None:
            self._pool = EnginePool(self._running(), self._factory, 0 if self._whole else 1)
        try:
            yield self._pool
        except BaseException as error:
            if self._engine and not isinstance(error, EngineError):
                self._engine.close()  # an interrupt waits for nobody
                self._engine = None
            self._dismiss()
            raise
        if not self._whole:
            self._dismiss()

    def _dismiss(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.close()

    def _profiled(self) -> VoiceProfile:
        if self._profile is None:
            key = self._key(kind="profile", text="", rate_wpm=0)
            stored = self._cache.read(key)
            self._profile = parse_profile(stored) if stored else None
            if self._profile is None:
                with self._together() as pool:
                    self._profile = measure_voice(pool, self.voice)
                self._cache.write(key, self._profile.compose())
        return self._profile

    def _cached(self, asked: Utterance) -> Clip | None:
        content = self._cache.read(self._sound_key(asked, "clip"))
        if content is None or len(content) % 2:
            return None
        clip: Clip = _audio().clip_of_bytes(content, self.rate_hz)
        self._cache.note_samples(self._sound_key(asked, "clip"), len(clip.pcm))
        return clip

    def _rendered(self, engine: Engine | EnginePool, profile: VoiceProfile, asked: Utterance) -> Clip:
        pcm, rate_hz = engine.render(asked.text, self.voice.name, profile.nominal_wpm(asked.rate_wpm))
        clip: Clip = _audio().finish_clip(pcm, rate_hz, profile.gain_db, self.rate_hz)
        self._keep(self._sound_key(asked, "clip"), clip)
        return clip

    def _keep(self, key: ClipKey, clip: Clip) -> None:
        self._cache.write(key, clip.pcm.astype("<i2").tobytes())
        self._cache.note_samples(key, len(clip.pcm))

    def _make_expected(self) -> None:
        expected, self._expected = self._expected, tuple
        words = (each for each in expected() if isinstance(each, Utterance) and clean_for_speech(each.text))
        asked = dict.fromkeys(Utterance(clean_for_speech(each.text), each.rate_wpm) for each in words)
        missing = [each for each in asked if self._cache.samples(self._sound_key(each, "clip")) is None]
        with self._lock:
            if len(missing) >= _WORTH_HANDS:
                with self._together() as pool:
                    profile = self._profiled()
                    made = pool.each(lambda each: self._rendered(pool, profile, each), missing)
                    for each, clip in zip(missing, made, strict=True):
                        self._recent.put(each, clip)
            self._whole = False
            self._dismiss()

    def _sound_key(self, sound: Sound, kind: str) -> ClipKey:
        """Return the key of what is kept of a sound; tones and words without a letter share none."""
        if isinstance(sound, Tone):
            return self._key(kind=f"tone/{kind}", text=sound.value, rate_wpm=0)
        return self._key(kind=kind, text=clean_for_speech(sound.text), rate_wpm=sound.rate_wpm)


def open_studio(voice: str | None, language: str, cache: ClipCache) -> Studio:
    """Return a studio for the voice of that name (None: the default for `language`).

    Raises UnknownNameError and EngineError. No engine is started for a voice of espeak.
    """
    engine, chosen = choose_voice(voice, language)
    row = ENGINES[engine]
    return Studio(row.make, engine, row.read_version(), chosen, language, cache)


def _audio() -> ModuleType:
    """Load what calculates with sound: it brings NumPy, which a session of known lengths does without."""
    import voicecoach.audio

    return voicecoach.audio
