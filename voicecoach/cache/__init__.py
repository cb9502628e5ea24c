"""What is kept between runs: finished clips and what is made of them, in one folder that stays bounded."""

from voicecoach.cache.clip_cache import ClipCache, ClipKey, RecentClips

__all__ = ["ClipCache", "ClipKey", "RecentClips"]
