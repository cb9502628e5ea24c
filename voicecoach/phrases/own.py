"""A person's own wordings: held against a language's cues, and put in their place.

Only cues are worded anew. The safety sentences are said as they are, and a wording keeps what its moment
has to say: a caution its text, a switch its side.
"""

from collections.abc import Iterator
from string import Formatter

from voicecoach.errors import UnknownNameError, VoicecoachError
from voicecoach.phrases import Phrases, Variants

# Facts that a wording may leave out; without any other, nobody would know what to do.
_SPARE = {"title", "number", "total"}
_FORM = 'write "words", or ["long words", "short"], or a list of such lists'


def own_variants(phrases: Phrases, cue: str, value: object) -> Variants:
    """Return a cue's own wordings: a text, wordings, or variants of wordings.

    Raises UnknownNameError for a cue that does not exist, and VoicecoachError for what cannot be said at its moment.
    """
    cues = phrases.table["cues"]
    if cue not in cues:
        raise UnknownNameError("cue", cue, cues, f"cues are named like {', '.join(list(cues)[:3])}")
    variants = _shaped(value)
    for wording in (wording for variant in variants for wording in variant):
        _check(phrases, cue, wording)
    return variants


def _shaped(value: object) -> Variants:
    if isinstance(value, str):
        return ((value,),)
    if not isinstance(value, list):
        raise VoicecoachError("this is no wording", _FORM)
    variants = [value] if all(isinstance(each, str) for each in value) else value
    if not all(isinstance(variant, list) and all(isinstance(each, str) for each in variant) for variant in variants):
        raise VoicecoachError("these are no wordings", _FORM)
    if not all(variants):
        raise VoicecoachError("a cue needs words", _FORM)
    return tuple(map(tuple, variants))


def _check(phrases: Phrases, cue: str, wording: str) -> None:
    """Raise VoicecoachError where a wording cannot be spoken or filled in, or leaves out what matters."""
    braces = set(_braces(wording))
    usual = [set(_braces(each)) for variant in phrases.table["cues"][cue] for each in variant]
    offered = set().union(*usual)
    for brace in sorted(braces - offered):
        known = " and ".join(f"{{{each}}}" for each in sorted(offered))
        hint = f"it offers {known}" if offered else "it is plain words"
        raise VoicecoachError(f"this cue has no {{{brace}}} to fill in", hint)
    needed = set.intersection(*usual) - _SPARE if usual else set()
    for brace in sorted(needed - braces):
        raise VoicecoachError(f'"{wording}" leaves out what this cue is for', f"each wording needs {{{brace}}}")
    if not braces and not phrases.spoken(wording):
        raise VoicecoachError("a wording is empty", "write words that can be spoken")


def _braces(wording: str) -> Iterator[str]:
    """Yield what stands in the braces of a wording; raises VoicecoachError for braces without a partner."""
    try:
        for _, name, form, conversion in Formatter().parse(wording):
            if name is not None:
                yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
    except ValueError:
        raise VoicecoachError(f'"{wording}" has a brace without its partner', "write {name}, or none") from None
