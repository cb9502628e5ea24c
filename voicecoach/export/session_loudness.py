"""The loudness of a session without a sample of it: from what is known of its clips and their places.

Gating (ITU-R BS.1770-4) depends on where clips stand: the loudness of each, however weighted, will not do.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

CELL_MS = 20
"""What the power of a clip is kept for: a fifth of a step of the gate."""

HOP_MS, BLOCK_HOPS = 100, 4
ABSOLUTE_GATE = 10 ** ((-70 + 0.691) / 10)
RELATIVE_GATE = 0.1


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


def placed_lufs(placed: Iterable[tuple[int, Sequence[float]]], duration_ms: int) -> float:
    """Return the loudness of clips on a clock, in LUFS.

    Each is its start in ms and the `sum_powers` of its cells of `CELL_MS`. It is taken to stand
    on the nearest cell: 10 ms of a block's 400.
    """
    hops = array("d", bytes(duration_ms // HOP_MS * 8))
    cells_a_hop = HOP_MS // CELL_MS
    for start_ms, sums in placed:
        first = round(start_ms / CELL_MS)
        hop, before = first // cells_a_hop, 0
        for end in range((hop + 1) * cells_a_hop - first, len(sums) - 1 + cells_a_hop, cells_a_hop):
            last = min(end, len(sums) - 1)
            if hop < len(hops):
                hops[hop] += (sums[last] - sums[before]) / cells_a_hop
            hop, before = hop + 1, last
    return gated_lufs(hops)


def sum_powers(powers: Iterable[float], factor: float = 1.0) -> list[float]:
    """Return the sums of powers, all multiplied by `factor`, from none of them to all."""
    return [0.0, *(factor * total for total in accumulate(powers))]
