"""The table of the navigation names real pages, each once; a role's bar names places of the table."""

from app.access import Role
from app.web.guards import GUARD
from app.web.places import BAR_OF_EVENT, BAR_OF_HOUSE, OF_EVENT, OF_HOUSE

ENDPOINTS = [place.endpoint for stage in OF_EVENT + OF_HOUSE for place in stage.places]


def test_places_are_pages_and_stand_once(app):
    assert [each for each in ENDPOINTS if not hasattr(app.view_functions.get(each), GUARD)] == []
    assert len(set(ENDPOINTS)) == len(ENDPOINTS)


def test_bars_name_places_and_no_role_is_left_out():
    named = {endpoint for bar in (*BAR_OF_EVENT.values(), *BAR_OF_HOUSE.values()) for endpoint in bar}
    assert named - set(ENDPOINTS) == set()
    assert set(Role) - set(BAR_OF_EVENT) == set()
