"""A page as it is read, for tests of what becomes of it."""

from voicecoach.articles import Article, read_article
from voicecoach.model import Exercise

BRIDGE = "Lie on your back with your knees bent. Lift your hips. "


def read(text: str) -> Article:
    """Return the reading of an English page."""
    return read_article(text, "page.md", language="en")


def only(text: str) -> Exercise:
    """Return the one exercise of an English page."""
    (reading,) = read(text).readings
    return reading.exercise
