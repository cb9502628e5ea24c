"""The laws of time hold for any program, any pacing, and any voice from silent to absurdly slow."""

from collections import Counter

from hypothesis import HealthCheck, given, settings

from tests.fakes import compiled
from tests.timeline.laws import keep_the_rules, shares
from tests.timeline.programs import sessions, voices
from voicecoach.session import Session
from voicecoach.timeline import Duration

LEAST = 200
"""What is drawn where the profile asks for fewer."""


def test_any_session_in_any_voice_keeps_every_rule_of_time_and_half_of_them_are_hard() -> None:
    drawn: Counter[str] = Counter()
    examples = max(LEAST, settings().max_examples)

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sessions(), voices)
    def law(session: Session, duration: Duration) -> None:
        drawn.update(shares(keep_the_rules(session, duration), session, compiled(session)))

    law()
    assert drawn["all"] >= examples
    for kind in ("holds", "sides", "collision"):
        assert drawn[kind] * 2 >= drawn["all"], drawn
