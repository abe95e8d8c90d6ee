"""Plans of the sample conferences: one in force, one in force with a revision being written, and their timelines."""

from datetime import date, datetime, time, timedelta

from app import clock
from app.blueprints.plan import actions, template
from app.blueprints.plan.facts import known
from app.blueprints.plan.rules import marks
from app.blueprints.plan.rules.life import Person
from app.blueprints.plan.timeline.template import tasks
from app.extensions import db
from app.models import (
    Event,
    PlanDocument,
    PlanRemark,
    PlanRevision,
    PlanSection,
    PlanWriter,
    RevisionState,
    User,
)
from app.numbering import next_number
from app.texts import LOCALES

_MEDIA = (
    "<p>下列媒体到会报道：</p><p>{{媒体名单}}</p>"
    "<h3>分工</h3><ul><li>市场部提前一周把新闻通稿和图片发给各媒体。</li>"
    "<li>会场组设媒体席与采访区，主持人在茶歇时引导采访。</li></ul>"
)
_PUBLICITY = (
    "<table><thead><tr><th>媒体</th><th>内容</th><th>时间</th></tr></thead><tbody>"
    "<tr><td>公司公众号</td><td>招商政策与区域名单预告</td><td>会前 21 天</td></tr>"
    "<tr><td>行业周刊</td><td>半版广告与专访</td><td>会前 10 天</td></tr>"
    "<tr><td>本地电视台</td><td>当日新闻与嘉宾采访</td><td>会议当天</td></tr>"
    "<tr><td>各媒体</td><td>签约成果通稿</td><td>会后 5 天</td></tr></tbody></table>"
)
_SIGNING_NEW = "<p>今年增设线上签约席：未到会的意向客户由业务员现场连线，核对无误后电子签署。</p>"


def in_force(event: Event, staff: dict[str, User], *, days_before: int) -> PlanRevision:
    """Give an event a plan in revision A, approved so many days before it."""
    planner, manager, director = (staff[f"{who}@demo.example"] for who in ("planner", "manager", "director"))
    at = min(event.starts_at - timedelta(days=days_before), clock.now() - timedelta(days=2))
    executing, supervising, verifying = template.departments(event)
    document = PlanDocument(event_id=event.id, created_at=at - timedelta(days=6), created_by_id=planner.id)
    revision = PlanRevision(
        place=1,
        state=RevisionState.APPROVED,
        title=template.title(event),
        executing=executing,
        supervising=supervising,
        verifying=verifying,
        created_at=at - timedelta(days=6),
        sections=_written(template.sections(event), planner, at - timedelta(days=4)),
        writers=[PlanWriter(user_id=planner.id)],
        prepared_by_id=planner.id,
        prepared_at=at - timedelta(days=2),
        reviewer_id=manager.id,
        reviewed_by_id=manager.id,
        reviewed_at=at - timedelta(days=1),
        approver_id=director.id,
        approved_by_id=director.id,
        approved_at=at,
    )
    year = clock.local(at, event.time_zone).year
    document.number = marks.number(year, next_number("plan", year))
    document.revisions = [revision]
    db.session.add(document)
    db.session.flush()
    for language in LOCALES:
        filled = known.filled(event, [each.body for each in revision.sections], language)
        for section, html in zip(revision.sections, filled, strict=True):
            section.frozen = (section.frozen or {}) | {language: html}
    db.session.flush()
    return revision


def _written(sections: list[PlanSection], by: User, at: datetime) -> list[PlanSection]:
    own = {"media": _MEDIA, "publicity": _PUBLICITY}
    for each in sections:
        if each.key in own:
            each.body, each.edited_at, each.edited_by_id = own[each.key], at, by.id
    return sections


def being_revised(event: Event, staff: dict[str, User]) -> None:
    """The plan of the coming conference: A is in force, B has come back from its reviewer with a remark."""
    first = in_force(event, staff, days_before=44)
    planner, manager = staff["planner@demo.example"], staff["manager@demo.example"]
    by = Person(planner.id, planner.permissions)
    now = clock.now()
    second = actions.revise(event, first.document, "增设线上签约席，媒体安排更新", by)
    second.created_at = now - timedelta(days=3)
    second.state = RevisionState.RETURNED
    second.reviewer_id, second.approver_id = manager.id, staff["director@demo.example"].id
    second.verifying = "质管部"
    by_key = {each.key: each for each in second.sections}
    for key, more in (("running", _SIGNING_NEW), ("aftermath", "<p>线上签约客户的合同原件三日内寄出。</p>")):
        by_key[key].body += more
        by_key[key].edited_at, by_key[key].edited_by_id = now - timedelta(days=2), planner.id
    by_key["publicity"].body = (
        by_key["publicity"].body.replace("半版广告与专访", "整版广告与专访").replace("会前 10 天", "会前 14 天")
    )
    db.session.add_all(
        [
            PlanRemark(
                revision_id=second.id,
                section_key="publicity",
                text="整版广告超出媒体科目，请与财务部核对后再报。",
                at=now - timedelta(days=1, hours=3),
                by_id=manager.id,
            ),
            PlanRemark(
                revision_id=second.id,
                text="线上签约席由谁负责，请写进岗位分工。",
                at=now - timedelta(days=1, hours=3),
                by_id=manager.id,
            ),
        ]
    )
    db.session.flush()


_OWNERS = {
    "市场部": "planner@demo.example",
    "销售部": "manager@demo.example",
    "行政人事部": "affairs@demo.example",
    "财务部": "finance@demo.example",
    "总经理办公室": "director@demo.example",
}
_LATE = {
    "talks_written": "planner@demo.example",
    "media_agreed": "planner@demo.example",
    "list_complete": "rep@demo.example",
}


def timeline(event: Event, staff: dict[str, User]) -> None:
    """Tasks of the trade: what is due is done, except a few that hang."""
    today = clock.today(event.time_zone)
    rows = tasks(event, date.min)
    late = _LATE if event.slug == "winter-east" else {}
    for key, row in rows.items():
        login = late.get(key, _OWNERS.get(row.department, "planner@demo.example"))
        row.owner_id = staff[login].id
        if row.due_on < today and key not in late:
            row.done_by_id = row.owner_id
            row.done_at = clock.instant(row.due_on, time(16, 20), event.time_zone)
    if late:
        rows["list_complete"].note = "皖北片区还差 14 家"
        for key in ("talks_written", "media_agreed"):
            rows[key].due_on = today - timedelta(days=3 if key == "media_agreed" else 9)
            rows[key].starts_on = min(rows[key].starts_on, rows[key].due_on)
    db.session.add_all(rows.values())
    db.session.flush()
