"""Presets of doses, which hold where they can and disturb nobody elsewhere."""

from voicecoach.model import Override


class Standing(Override):
    """An override that was preset, not given: it holds for the exercises that take it, and for no other."""
