"""Who looks like whom, and who sees whose."""

import pytest

from app.access import PERMISSIONS_OF, Role
from app.blueprints.dealers.rules import TrackRecord, alike, sees_only_own, track_record
from app.models import Answer, InvitationState
from app.names import company_key

S = InvitationState


@pytest.mark.parametrize(
    ("typed", "on_file", "found"),
    [
        ("杭州永发商贸有限公司", "杭州永发商贸公司", True),
        ("杭州永发商贸有限公司", "杭州 永发（商贸）公司", True),
        ("湖北宏远净水设备工程有限公司", "湖北省宏远净水设备工程有限公司", True),
        ("湖北宏远净水设备有限公司", "湖北宏达净水设备有限公司", False),
        ("武汉长江水处理工程技术有限公司", "武汉长江水处理工程枝术有限公司", True),
        ("Acme Water Co., Ltd.", "ACME WATER", True),
        ("大华", "大明", False),
        ("大华", "大华公司", True),
        ("", "大华公司", False),
    ],
)
def test_much_the_same_name(typed, on_file, found):
    assert bool(alike(company_key(typed), {7: company_key(on_file)})) == found


def test_the_most_alike_come_first():
    on_file = {1: company_key("湖北省宏远净水设备有限公司"), 2: company_key("湖北宏远净水设备有限公司")}
    assert [each.dealer_id for each in alike(company_key("湖北宏远净水设备公司"), on_file)] == [2, 1]


@pytest.mark.parametrize("role", list(Role))
def test_only_a_rep_is_limited_to_their_own(role):
    assert sees_only_own(PERMISSIONS_OF[role]) == (role is Role.SALES_REP)


def test_a_manager_who_is_also_a_rep_sees_all():
    assert not sees_only_own(PERMISSIONS_OF[Role.SALES_REP] | PERMISSIONS_OF[Role.SALES_MANAGER])


def test_the_track_record_counts_whoever_came_as_having_said_yes():
    outcomes = [
        (S.LISTED, None),
        (S.ARRIVED, None),
        (S.ARRIVED, Answer.COMING),
        (S.NO_SHOW, Answer.SUBSTITUTE),
        (S.DECLINED, Answer.NOT_COMING),
        (S.INVITED, None),
    ]
    assert track_record(outcomes) == TrackRecord(asked=5, accepted=3, arrived=2)
