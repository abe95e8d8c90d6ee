"""What other pages are told: alarms, the plan's placeholders, the live sheet at a moment of the day."""

from datetime import timedelta

from flask_babel import force_locale

from app import clock
from app.blueprints.plan.facts import known
from app.blueprints.programme import alarm_rows, queries
from app.blueprints.programme.agenda import actions
from app.blueprints.programme.day import actions as said
from app.blueprints.programme.day.shown import day
from app.blueprints.programme.front import actions as front
from app.blueprints.programme.front.actions import Who
from app.models import EventStatus, FrontKind, Point
from tests.build.statements import noted
from tests.programme.conftest import START


def test_what_is_an_alarm(app, event, add, session):
    speaker = front.add(event, Who(FrontKind.SPEAKER, "王海"))
    add(0, speaker_id=speaker.id)
    add(20, speaker_id=speaker.id, points=[Point.MARKET])
    with app.test_request_context(), force_locale("en"):
        rows = alarm_rows.rows([event])[event.id]
        assert [(each.icon, each.is_grave) for each in rows] == [
            ("calendar-x", True),  # room
            ("calendar-x", True),  # speaker
            ("microphone", True),  # it is tomorrow
            ("help-circle", False),
            ("speakerphone", False),  # the speaker does not know
        ]
        event.status = EventStatus.CLOSED
        session.commit()
        assert alarm_rows.rows([event]) == {}


def test_alarms_cost_the_same_however_many_sessions(app, event, session):
    counts = []
    actions.lay_out(event)
    session.commit()
    for _ in range(2):
        session.expire_all()
        assert event.id
        with app.test_request_context(), force_locale("en"), noted(app) as statements:
            alarm_rows.rows([event])
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 5


def test_a_plan_is_filled_from_here(app, event, add, session):
    speaker = front.add(event, Who(FrontKind.LEADER, "赵建国", title="总经理", rostrum_order=1))
    add(0, title="致辞", speaker_id=speaker.id)
    with app.test_request_context():
        for locale, names in (("zh_CN", ("议程表", "主席台名单")), ("en", ("agenda table", "rostrum table"))):
            filled = known.filled(event, [f"<p>{{{{{name}}}}}</p>" for name in names], locale)
            assert all("赵建国" in each for each in filled)
            assert "09:00–09:30" in filled[0]


def test_the_sheet_is_live_only_around_the_day(event, add, session):
    first, second = add(0), add(30)
    said.add_cue(event, second, said.Line(-5, "暖场音乐"))
    session.commit()
    before = day(event, queries.run_sheet(event))
    assert (before.is_live, before.delay) == (False, 0)
    assert [part.expected.starts_at for part in before.parts] == [first.starts_at, second.starts_at]
    with clock.stopped_at(START + timedelta(minutes=12)):
        said.begin(event, first)
        session.commit()
        live = day(event, queries.run_sheet(event))
        assert (live.is_live, live.delay) == (True, 12)
        assert [part.session.id for part in live.now + live.next] == [first.id, second.id]
        assert live.parts[1].cues[0].expected_at == START + timedelta(minutes=37)
    with clock.stopped_at(event.ends_at + timedelta(hours=7)):
        assert not day(event, queries.run_sheet(event)).is_live
