"""voicecoach: a voice-guided audio coach that turns exercise steps into timed, spoken sessions."""

__version__ = "0.1.0"
