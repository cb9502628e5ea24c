"""What is kept between runs: finished clips and what is made of them, in one folder that stays bounded."""

from voicecoach.cache.entries import ClipCache, ClipKey, cache_folder

__all__ = ["ClipCache", "ClipKey", "cache_folder"]
