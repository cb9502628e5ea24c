"""How much is tried: samples in each run, all of it and as many programs as a release needs for a release.

`--hypothesis-profile=long` asks for all.
"""

from hypothesis import HealthCheck, settings

LONG = 2500

settings.register_profile(
    "long", max_examples=LONG, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


def is_whole() -> bool:
    """Return whether all of it is asked for; known once test files are read."""
    return settings.default is not None and settings.default.max_examples >= LONG
