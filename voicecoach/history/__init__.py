"""What was exercised: one small SQLite file of this machine's user, which survives a kill at any moment."""

from voicecoach.history.record import FINISHED, PLAYING, STOPPED, SessionRecord
from voicecoach.history.store import History

__all__ = ["FINISHED", "PLAYING", "STOPPED", "History", "SessionRecord"]
