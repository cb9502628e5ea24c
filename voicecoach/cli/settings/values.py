"""The settings of a run: the environment over the settings file over the built-in; a flag is over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from voicecoach.errors import UsageError, VoicecoachError, plain

if TYPE_CHECKING:
    from voicecoach.cli.settings.file import Key, SettingFault
    from voicecoach.cli.settings.flags import Flag
    from voicecoach.cli.settings.presets import Preset
    from voicecoach.cli.settings.wordings import OwnWording
    from voicecoach.phrases.own import Variants, Wordings

_A_SLIP = 0.75
"""So alike (of 1) are a name and its misspelling; variables that only begin alike are meant for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds in this run where no flag says otherwise, and what is wrong with it.

    `presets` are found by command and key. `unknown` are variables that look like settings and set nothing.
    """

    path: str = ""
    flags: tuple[Flag, ...] = ()
    presets: Mapping[tuple[Key, str], Preset] = field(default_factory=dict)
    wordings: tuple[OwnWording, ...] = ()
    file_faults: tuple[SettingFault, ...] = ()
    variable_faults: tuple[SettingFault, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> Mapping[str, Wordings]:
        """The own wordings of each language."""
        words: dict[str, dict[str, Variants]] = {}
        for each in self.wordings:
            words.setdefault(each.language, {})[each.cue] = each.variants
        return words

    def default_map(self) -> dict[str, Any]:
        """Return the presets as Click takes them: by a function's own names, commands nested."""
        whole: dict[str, Any] = {}
        for preset in self.presets.values():
            table = whole
            for name in preset.flag.command:
                table = table.setdefault(name, {})
            table[preset.flag.name] = preset.value
        return whole

    def error(self) -> VoicecoachError | None:
        """Return all that is wrong as one error, of the file where that has a part in it."""
        if self.file_faults:
            from voicecoach.cli.settings.file import ConfigError

            return ConfigError([*self.file_faults, *self.variable_faults])
        if self.variable_faults:
            return UsageError("\n".join(fault.describe() for fault in self.variable_faults))
        return None

    def refuse_faults(self) -> None:
        """Raise ConfigError or UsageError where anything is wrong."""
        error = self.error()
        if error:
            raise error

    def notes(self) -> Iterator[str]:
        """Yield what a person should know and nothing fails for: variables that are nearly settings."""
        if not self.unknown:
            return
        from difflib import get_close_matches

        from voicecoach.cli.settings.file import PREFIX
        from voicecoach.cli.settings.presets import variable

        known = {variable(flag.key).removeprefix(PREFIX) for flag in self.flags}
        for name in self.unknown:
            near = get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=_A_SLIP)
            if near:
                yield f"{plain(name)} sets nothing; did you mean {PREFIX}{near[0]}?"

    def blamed(self, error: VoicecoachError, command: Key, names: Iterable[str]) -> VoicecoachError:
        """Return an error about a flag among `names` as one about what preset it, any other as it is."""
        for preset in self.presets.values():
            key = preset.flag.key
            about = error.what.startswith((f"--{key}:", f"--{key} ")) or (
                f'no {key} "{preset.value}"' in error.what
            )
            if about and preset.flag.command == command and preset.flag.name in names:
                kind = VoicecoachError if preset.from_file else UsageError
                return kind(f"{preset.named}: {error.what.removeprefix(f'--{key}: ')}", error.hint)
        return error


NOTHING_SET = Settings()
"""The built-in defaults alone."""
