"""How much the laws are held to: `--hypothesis-profile=long` draws as many programs as a release needs."""

from hypothesis import HealthCheck, settings

LONG = 2500

settings.register_profile(
    "long", max_examples=LONG, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
