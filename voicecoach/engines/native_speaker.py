"""The voices of macOS and Windows inside their worker, through the public engine of pyttsx3.

Its traps: the first `runAndWait` does not wait for its file, so a throw-away call goes first; of several
saves before one `runAndWait` only the last is written; an unknown voice is silently ignored.
"""

import tempfile
from pathlib import Path
from typing import Any

import pyttsx3

# Square brackets hold commands for macOS, angle brackets for Windows.
_MARKUP = str.maketrans("[]<>", "    ")


def strip_commands(text: str) -> str:
    """Return `text` without what a native engine would take for a command."""
    return "".join(letter if letter.isprintable() else " " for letter in text.translate(_MARKUP))


def name_voices(found: list[Any]) -> dict[str, tuple[str, str, str]]:
    """Return identifier, language and description of pyttsx3's voices by a name unlike the others."""
    rows: dict[str, tuple[str, str, str]] = {}
    for voice in found:
        name = voice.name or voice.id
        language = str((voice.languages or [""])[0]).replace("_", "-")
        rows[name if name not in rows else f"{name} ({voice.id})"] = (voice.id, language, voice.gender or "")
    return rows


class NativeSpeaker:
    """One pyttsx3 engine, saving each utterance to a file of its own."""

    def __init__(self, driver: str, suffix: str) -> None:
        self._engine = pyttsx3.init(driver)
        self._suffix = suffix
        self._voices = name_voices(self._engine.getProperty("voices"))
        self._save("ready")

    def voices(self) -> list[tuple[str, str, str]]:
        """Return name, language and description of each voice of the system."""
        return [(name, language, about) for name, (_, language, about) in self._voices.items()]

    def speak(self, text: str, voice: str, nominal_wpm: int) -> tuple[int, bytes]:
        """Return 0 and the file that the system wrote: AIFF on macOS, WAV on Windows."""
        if voice not in self._voices:
            raise ValueError(f'this system has no voice "{voice}"')
        self._engine.setProperty("voice", self._voices[voice][0])
        self._engine.setProperty("rate", nominal_wpm)
        words = strip_commands(text)
        return 0, self._save(words) if words.strip() else b""

    def _save(self, text: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"speech{self._suffix}"
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            return path.read_bytes() if path.exists() else b""
