"""What passes between the program and its process for media buttons: lines.

To it, one JSON object for each thing to show; from it, a command in each line, or why it failed.
"""

import json
from dataclasses import asdict

from voicecoach.remote.track import Track

FAILED = "failed: "


def packed(track: Track, position_us: int) -> bytes:
    """Return a track, and the position in it, as they are sent."""
    return json.dumps({"track": asdict(track), "position_us": position_us}).encode() + b"\n"


def parsed(line: bytes) -> tuple[Track, int]:
    """Return what was packed."""
    sent = json.loads(line)
    return Track(**sent["track"]), sent["position_us"]
