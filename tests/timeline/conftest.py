"""How much the laws are held to: `--hypothesis-profile=long` draws as many programs as a release needs."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long", max_examples=2500, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
