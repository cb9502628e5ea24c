"""The loudness that a session is to have, and the one it has: without a sample, from its clips and their places.

Gating (ITU-R BS.1770-4) depends on where clips stand: the loudness of each, however weighted, will not do.
"""

import math
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate

from voicecoach.events import Kind, Sound, Timeline

TARGET_LUFS = -19.0
"""Within a unit of the -18 LUFS that AES TD1008 (2021) recommends where speech is the anchor."""

MOST_DBTP = -1.0
"""The highest true peak, as in EBU R 128; it wins over the loudness."""

LEAST_SPEECH_MS = 10_000
"""Less speech than this has no meaningful loudness, and keeps that of its clips."""

CELL_MS = 20
"""What the power of a clip is kept for: a fifth of a step of the gate."""

HOP_MS, BLOCK_HOPS = 100, 4
ABSOLUTE_GATE = 10 ** ((-70 + 0.691) / 10)
RELATIVE_GATE = 0.1


def spoken_ms(timeline: Timeline) -> int:
    """Return how much of a session is speech; tones are none."""
    return sum(event.end_ms - event.start_ms for event in timeline.events if event.kind is not Kind.TONE)


def gated_lufs(powers: Sequence[float]) -> float:
    """Return the integrated loudness of weighted powers, one for each 100 ms; -inf where none passes."""
    # Arrays: as lists of numbers, ten hours took forty mebibytes.
    sums = array("d", accumulate(powers, initial=0.0))
    means = ((sums[at] - sums[at - BLOCK_HOPS]) / BLOCK_HOPS for at in range(BLOCK_HOPS, len(sums)))
    blocks = array("d", (power for power in means if power > ABSOLUTE_GATE))
    if not blocks:
        return -math.inf
    gate = RELATIVE_GATE * math.fsum(blocks) / len(blocks)
    passing = array("d", (power for power in blocks if power > gate))
    return -0.691 + 10 * math.log10(math.fsum(passing) / len(passing))


def placed_lufs(timeline: Timeline, sums: Mapping[Sound, Sequence[float]]) -> float:
    """Return the loudness of clips on a clock, in LUFS.

    `sums` are the powers of each one's cells of `CELL_MS`, from none of them to all. It is taken to stand on
    the nearest cell: 10 ms of a block's 400.
    """
    hops = array("d", bytes(timeline.duration_ms // HOP_MS * 8))
    cells_a_hop = HOP_MS // CELL_MS
    for event in timeline.events:
        of_clip = sums[event.sound]
        first = round(event.start_ms / CELL_MS)
        hop, before = first // cells_a_hop, 0
        for end in range((hop + 1) * cells_a_hop - first, len(of_clip) - 1 + cells_a_hop, cells_a_hop):
            last = min(end, len(of_clip) - 1)
            if hop < len(hops):
                hops[hop] += (of_clip[last] - of_clip[before]) / cells_a_hop
            hop, before = hop + 1, last
    return gated_lufs(hops)
