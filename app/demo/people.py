"""The sample company's own staff: one of each role, four reps, and one who has nothing but duties."""

from sqlalchemy import select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import User, UserRole
from app.passwords import hashed

PASSWORD = "signing-day"  # noqa: S105 - the sample company's, shown on its sign-in page

LOGINS: tuple[tuple[str, str, str, Role | None], ...] = (
    ("planner@demo.example", "沈若溪", "市场部", Role.PLANNER),
    ("director@demo.example", "顾明远", "总经理办公室", Role.DIRECTOR),
    ("manager@demo.example", "韩卫东", "销售部", Role.SALES_MANAGER),
    ("rep@demo.example", "陆晓峰", "销售部", Role.SALES_REP),
    ("rep2@demo.example", "秦雨桐", "销售部", Role.SALES_REP),
    ("rep3@demo.example", "贺建平", "销售部", Role.SALES_REP),
    ("rep4@demo.example", "苏婉清", "销售部", Role.SALES_REP),
    ("affairs@demo.example", "方静怡", "行政人事部", Role.CONFERENCE_AFFAIRS),
    ("reception@demo.example", "林小雅", "行政人事部", Role.RECEPTION),
    ("finance@demo.example", "钱立群", "财务部", Role.FINANCE),
    ("contracts@demo.example", "孟书琴", "法务部", Role.CONTRACT_ADMINISTRATOR),
    ("compliance@demo.example", "严守诚", "质管部", Role.COMPLIANCE),
    ("admin@demo.example", "罗志成", "信息部", Role.ADMINISTRATOR),
    ("hall@demo.example", "丁一鸣", "市场部", None),  # leads the hall, and sees those events only
)


def staff() -> dict[str, User]:
    """Return the sample staff by login, made where they do not exist yet (flushed)."""
    logins = [login for login, _, _, _ in LOGINS]
    have = {user.login: user for user in db.session.scalars(select(User).where(User.login.in_(logins)))}
    one_hash = hashed(PASSWORD)  # one for all: fourteen would take a second
    for login, name, department, role in LOGINS:
        if login not in have:
            have[login] = User(
                login=login,
                name=name,
                department=department,
                password_hash=one_hash,
                created_at=clock.now(),
                role_rows=[UserRole(role=role)] if role else [],
            )
            db.session.add(have[login])
    db.session.flush()
    return have


def reps(people: dict[str, User]) -> list[User]:
    """Return the sample reps."""
    return [people[login] for login, _, _, role in LOGINS if role is Role.SALES_REP]
