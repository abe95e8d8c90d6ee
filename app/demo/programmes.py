"""The programme of the sample conferences: one about to begin, all rehearsed; one still full of holes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import current_app
from sqlalchemy import select

from app import clock, files
from app.blueprints.programme import queries
from app.blueprints.programme.agenda import template
from app.blueprints.programme.front.parts import parts
from app.demo import pictures
from app.extensions import db
from app.models import (
    AgendaSession,
    Dealer,
    Event,
    File,
    FrontKind,
    FrontPerson,
    Invitation,
    Point,
    ProgrammePage,
    PublicityEntry,
    Rehearsal,
    RunCue,
    SessionKind,
    SessionPoint,
    SlideSet,
    StaffPerson,
    User,
)
from app.tokens import new_link_token

K, T = FrontKind, timedelta
HOUSE_EN = "Lanxi Water Purification"
# kind, name, in English, position, in English, rank
OF_THE_HOUSE = (
    (K.LEADER, "顾明远", "Gu Mingyuan", "总经理", "General Manager", 1),
    (K.SPEAKER, "沈若溪", "Shen Ruoxi", "市场总监", "Marketing Director", 4),
    (K.SPEAKER, "韩卫东", "Han Weidong", "销售经理", "Sales Manager", 5),
    (K.SPEAKER, "孟书琴", "Meng Shuqin", "法务主管", "Head of Legal Affairs", None),
)
# kind, in English, position, company or office, host, rank
OF_THE_LIST = {
    "程国栋": (K.OFFICIAL, "Cheng Guodong", "Section Chief", "Jiangcheng Commerce Bureau", "方静怡", 2),
    "姚伯安": (K.HONOUR, "Yao Bo'an", "Professor", "Chujiang University of Technology", "沈若溪", 3),
    "叶知秋": (K.PRESS, "Ye Zhiqiu", "Journalist", "Jiangcheng Channel Watch", "丁一鸣", None),
    "任嘉禾": (K.PRESS, "Ren Jiahe", "Programme Editor", "Jiangcheng Television", None, None),
}
QUESTIONS = "二级城市的首批提货怎么定\n竞品降价时公司怎么支持\n保证金什么时候退"
CUES = (  # session by place, minutes, who, what, sign, sound, light
    (0, -10, "会场组", "检查话筒、翻页笔和投影", "", "暖场音乐", "全场亮灯"),
    (1, 0, "主持人", "介绍到场领导和嘉宾，逐一起立致意", "介绍完毕鼓掌", "", "追光主席台"),
    (3, 38, "会场组", "提示讲者还有两分钟", "举牌", "", ""),
    (8, -5, "礼仪组", "签约桌、合同夹和签字笔就位", "主持人串词开始", "", "侧灯渐暗"),
    (8, 2, "主持人", "请带头签约客户上台", "签约音乐起", "签约音乐", "追光签约桌"),
)


def _of_the_house(event: Event, staff: Mapping[str, StaffPerson]) -> list[FrontPerson]:
    return [
        FrontPerson(
            event_id=event.id,
            kind=kind,
            name=name,
            name_en=english,
            title=title,
            title_en=title_en,
            body=event.organizer,
            body_en=HOUSE_EN,
            person_id=staff[name].id,
            rostrum_order=rank,
        )
        for kind, name, english, title, title_en, rank in OF_THE_HOUSE
    ]


def _people(event: Event, *, with_guests: bool) -> dict[str, FrontPerson]:
    """Put leaders and speakers in front, and guests of the list who are not dealers."""
    staff = {each.name: each for each in db.session.scalars(select(StaffPerson).order_by(StaffPerson.id.desc()))}
    rows = _of_the_house(event, staff)
    guests = db.session.execute(
        select(Invitation.id, Dealer)
        .join(Dealer, Dealer.id == Invitation.dealer_id)
        .where(Invitation.event_id == event.id, Dealer.contact.in_(OF_THE_LIST))
        .order_by(Invitation.id)
    )
    for invitation_id, dealer in guests if with_guests else ():
        kind, english, title_en, body_en, host, rank = OF_THE_LIST[dealer.contact]
        rows.append(
            FrontPerson(
                event_id=event.id,
                kind=kind,
                name=dealer.contact,
                name_en=english,
                title=dealer.contact_title,
                title_en=title_en,
                body=dealer.company,
                body_en=body_en,
                invitation_id=invitation_id,
                host_id=staff[host].id if host else None,
                rostrum_order=rank,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    return {each.name: each for each in rows}


def _sessions(event: Event, people: dict[str, FrontPerson]) -> list[AgendaSession]:
    rows = template.sessions(event)
    for place, name in ((2, "顾明远"), (3, "沈若溪"), (5, "韩卫东"), (6, "孟书琴")):
        rows[place].speaker_id = people[name].id
    rows[7].kind = SessionKind.CEREMONY  # a dealer of last year speaks without being rehearsed
    rows[7].note = "荆州广源饮水设备 刘总，提前通稿"
    for place, offset, who, what, cue, sound, light in CUES:
        line = RunCue(offset=offset, who=who, what=what, cue=cue, sound=sound, light=light)
        rows[place].cues.append(line)
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _rehearse(row: AgendaSession, on: date, by: User, *, is_ready: bool, to_mend: str = "") -> None:
    db.session.add(
        Rehearsal(
            session_id=row.id,
            speaker_id=row.speaker_id,
            held_on=on,
            watched_by="顾明远、韩卫东",
            questions=QUESTIONS,
            to_mend=to_mend,
            is_ready=is_ready,
            logged_at=clock.instant(on, datetime.min.time().replace(hour=17), row.event.time_zone),
            logged_by_id=by.id,
        )
    )


def _told(event: Event, at: datetime) -> None:
    """Everybody on our side knows their part; an official has been told, a journalist not yet."""
    for each in parts(queries.front(event), queries.sessions(event)):
        if each.knows.wants_telling and each.person.kind is not FrontKind.PRESS:
            each.person.told_at, each.person.told_digest = at, each.digest


def running(event: Event, staff: dict[str, User], now: datetime) -> None:
    """The conference about to begin: every lecture has passed, guests can read the programme, the press has written."""
    rows = _sessions(event, _people(event, with_guests=True))
    planner, day = staff["planner@demo.example"], event.local_start.date()
    for place in (3, 5, 6):
        _rehearse(rows[place], day - T(days=9), planner, is_ready=False, to_mend="数据页字太小\n结尾超时四分钟")
        _rehearse(rows[place], day - T(days=4), planner, is_ready=True)
    _slides(rows[3], staff, ((12, ""), (7, "换新产品图"), (3, "数据页放大字号")))
    for place in (5, 6):
        _slides(rows[place], staff, ((10, ""), (4, "按试讲意见修改")))
    db.session.add(ProgrammePage(event_id=event.id, token=new_link_token(), opened_at=now - T(days=6)))
    _publicity(event, staff, done=True)
    _told(event, now - T(days=5))
    db.session.flush()


def coming(event: Event, staff: dict[str, User]) -> None:
    """The next one: a speaker in two places, a question nobody answers, lectures not ready."""
    people = _people(event, with_guests=False)
    rows = _sessions(event, people)
    rows[6].points = [each for each in rows[6].points if each.point is not Point.SUPPORT]
    planner, today = staff["planner@demo.example"], clock.today(event.time_zone)
    _rehearse(rows[3], today - T(days=2), planner, is_ready=True)
    _rehearse(rows[5], today - T(days=2), planner, is_ready=False, to_mend="毛利测算表要按新价重算")
    db.session.add(
        AgendaSession(
            event_id=event.id,
            kind=SessionKind.CEREMONY,
            title="媒体专访",
            title_en="Press interview",
            starts_at=rows[2].starts_at + T(minutes=5),
            minutes=20,
            room="贵宾厅",
            speaker_id=people["顾明远"].id,
            is_public=False,
            points=[SessionPoint(point=Point.TRUST_COMPANY)],
        )
    )
    _slides(rows[3], staff, ((30, ""),))
    _publicity(event, staff, done=False)
    db.session.flush()


_MEDIA = (  # medium, piece, days from the event, line, whether it is paid for
    ("公司公众号", "招商政策与区域名单预告", -21, "publicity_other", False),
    ("江城渠道观察周刊", "半版广告与专访", -10, "publicity_other", True),
    ("本地电视台", "当日新闻与嘉宾采访", 0, "media", False),
    ("各媒体", "签约成果通稿", 5, "publicity_other", False),
)
COST = Decimal(1200)


def _cutting(piece: str, event: Event, staff: dict[str, User]) -> File:
    """A picture of what has appeared."""
    return files.keep(
        pictures.picture(piece, event),
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=f"{piece}.png",
        media_type="image/png",
        by_id=staff["planner@demo.example"].id,
    )


def _slides(row: AgendaSession, staff: dict[str, User], versions: tuple[tuple[int, str], ...]) -> None:
    """Give a lecture its slides: each version so many days before the event, with what has changed."""
    planner = staff["planner@demo.example"]
    for number, (days, note) in enumerate(versions, 1):
        kept = files.keep(
            pictures.slides(row.title, row.speaker.name if row.speaker else "", row.event, number),
            folder=current_app.config["SIGNING_DAY_HOME"],
            name=f"{row.title}_v{number}.pdf",
            media_type="application/pdf",
            by_id=planner.id,
        )
        at = row.event.starts_at - T(days=days, hours=3)
        row.slides.append(SlideSet(number=number, file_id=kept.id, note=note, added_at=at, added_by_id=planner.id))
    db.session.flush()


def _publicity(event: Event, staff: dict[str, User], *, done: bool) -> None:
    day = event.local_start.date()
    for medium, piece, days, line, is_paid in _MEDIA:
        on = day + T(days=days)
        has_appeared = done and days < 0
        db.session.add(
            PublicityEntry(
                event_id=event.id,
                medium=medium,
                piece=piece,
                due_on=on,
                cost_line=line,
                cost=COST if is_paid else None,
                owner_id=staff["planner@demo.example"].id,
                appeared_on=on if has_appeared else None,
                proof_url="https://news.example/signing-day" if has_appeared and is_paid else "",
                proof_file_id=_cutting(piece, event, staff).id if has_appeared and not is_paid else None,
                created_at=event.created_at,
            )
        )
