"""What the door says."""

import pytest

from app.blueprints.checkin.rules import OVERRULABLE, Presented, verdict
from app.models import InvitationState as S
from app.models import Verdict as V


def shown(state=S.FIRM, *, badge_event_id=1, revoked=False, already_in=False):
    return Presented(1, badge_event_id, revoked, state, already_in)


@pytest.mark.parametrize(
    ("presented", "expected"),
    [
        (None, V.UNKNOWN),
        (shown(badge_event_id=2), V.OTHER_EVENT),
        (shown(badge_event_id=2, revoked=True, already_in=True), V.OTHER_EVENT),
        (shown(revoked=True), V.REVOKED),
        (shown(revoked=True, already_in=True), V.REVOKED),
        (shown(S.ARRIVED, already_in=True), V.ALREADY_IN),
        (shown(S.DECLINED), V.DECLINED),
        (shown(S.DECLINED_LATE), V.DECLINED),
        (shown(S.LISTED), V.NOT_INVITED),
        (shown(S.WAITING), V.WAITING),
        *((shown(state), V.ADMIT) for state in (S.INVITED, S.NO_ANSWER, S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.SILENT)),
        (shown(S.NO_SHOW), V.ADMIT),
    ],
)
def test_verdict(presented, expected):
    assert verdict(presented) is expected


@pytest.mark.parametrize("state", list(S))
def test_only_what_a_person_may_overrule_is_overruled(state):
    plain = verdict(shown(state))
    assert verdict(shown(state), overrule=True) is (V.ADMIT if plain in OVERRULABLE else plain)
    assert verdict(shown(state, revoked=True), overrule=True) is V.REVOKED
    assert verdict(shown(state, badge_event_id=9), overrule=True) is V.OTHER_EVENT
    assert verdict(shown(state, already_in=True), overrule=True) is V.ALREADY_IN
