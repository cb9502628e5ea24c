"""What a language's wordings lack, or have too much of, by the list of cues."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from voicecoach.script.cues import CUES, CueRow


def forms_of(name: str, row: CueRow) -> tuple[str, ...]:
    """Return all names by which a cue is worded."""
    return (name, *(f"{name}{form}" if form.startswith("-") else form for form in row.forms.split()))


def missing_wordings(cues: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a language's wordings, cue to variants: one sentence for each fault.

    A wording that is needed and not there, one that no cue uses, and braces that nothing fills in.
    """
    needed = {form: row for name, row in CUES.items() for form in forms_of(name, row)}
    yield from (f"there is no wording for {name}" for name in needed if not cues.get(name))
    yield from (f"no cue is worded by {name}" for name in cues if name not in needed)
    for name in needed.keys() & cues.keys():
        for wording in (wording for variant in cues[name] for wording in variant):
            braces = {field for _, field, _, _ in Formatter().parse(wording) if field is not None}
            yield from (
                f"{name}: nothing fills in {{{each}}}" for each in sorted(braces - {*needed[name].facts.split()})
            )
