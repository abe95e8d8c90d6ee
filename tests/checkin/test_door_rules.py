"""What the door says."""

import pytest

from app.blueprints.checkin.rules import OVERRULABLE, Presented, verdict
from app.models import InvitationState as S
from app.models import Verdict


def shown(state=S.FIRM, *, badge_event_id=1, revoked=False, already_in=False):
    return Presented(1, badge_event_id, revoked, state, already_in)


@pytest.mark.parametrize(
    ("presented", "expected"),
    [
        (None, Verdict.UNKNOWN),
        (shown(badge_event_id=2), Verdict.OTHER_EVENT),
        (shown(badge_event_id=2, revoked=True, already_in=True), Verdict.OTHER_EVENT),
        (shown(revoked=True), Verdict.REVOKED),
        (shown(revoked=True, already_in=True), Verdict.REVOKED),
        (shown(S.ARRIVED, already_in=True), Verdict.ALREADY_IN),
        (shown(S.DECLINED), Verdict.DECLINED),
        (shown(S.DECLINED_LATE), Verdict.DECLINED),
        (shown(S.LISTED), Verdict.NOT_INVITED),
        (shown(S.WAITING), Verdict.WAITING),
        *(
            (shown(state), Verdict.ADMIT)
            for state in (S.INVITED, S.NO_ANSWER, S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.SILENT)
        ),
        (shown(S.NO_SHOW), Verdict.ADMIT),
    ],
)
def test_verdict(presented, expected):
    assert verdict(presented) is expected


@pytest.mark.parametrize("state", list(S))
def test_only_what_a_person_may_overrule_is_overruled(state):
    plain = verdict(shown(state))
    assert verdict(shown(state), overrule=True) is (Verdict.ADMIT if plain in OVERRULABLE else plain)
    assert verdict(shown(state, revoked=True), overrule=True) is Verdict.REVOKED
    assert verdict(shown(state, badge_event_id=9), overrule=True) is Verdict.OTHER_EVENT
    assert verdict(shown(state, already_in=True), overrule=True) is Verdict.ALREADY_IN
