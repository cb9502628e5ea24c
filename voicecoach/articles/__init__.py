"""Articles: an exercise page becomes a program, with the sentence behind every field."""

from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.articles.find import LeftOut
from voicecoach.articles.reading import read_article

__all__ = ["Article", "Evidence", "LeftOut", "Reading", "read_article"]
