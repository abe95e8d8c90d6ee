"""Filling in a wording, quiet hours, and to whom what is still of use."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.messages import wording_en, wording_zh
from app.blueprints.messages.rules import (
    StrayBrace,
    UnknownVariable,
    check_wording,
    fill,
    is_quiet,
    is_wanted,
    next_allowed,
)
from app.blueprints.messages.wording import KINDS, house_wording
from app.models import Channel, InvitationState
from app.texts import LOCALES

VALUES = {"contact": "张三", "company": "武汉光谷", "map": "", "contact_name": "王芳", "contact_phone": "", "hall": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{contact}您好", "张三您好"),
        ("｛contact｝您好", "张三您好"),
        ("100 {{元}}", "100 {元}"),
        ("{{contact}}", "{contact}"),
        ("甲\n地图：{map}\n乙", "甲\n乙"),
        ("请致电{contact_name}（{contact_phone}）。", "请致电王芳。"),
        ("Call {contact_name} ({contact_phone}).", "Call 王芳 ."),
        ("{company} {hall} {contact}", "武汉光谷 张三"),
        ("\n\n{contact}\n\n\n\n{map}\n\n{company}\n", "张三\n\n武汉光谷"),
    ],
)
def test_filling_in(text, filled):
    assert fill(text, VALUES).replace(" .", ".") == filled.replace(" .", ".")


@pytest.mark.parametrize("text", ["{phone}", "{Contact}x{nobody}", "{contact} {invented}"])
def test_an_unknown_variable_is_named(text):
    with pytest.raises((UnknownVariable, StrayBrace)) as caught:
        check_wording(text, VALUES)
    if isinstance(caught.value, UnknownVariable):
        assert caught.value.facts["name"] in text


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{}",
        "{contact",
        "{contact.mail}",
        "{contact[0]}",
        "{contact!r}",
        "{contact:>10}",
        "{0}",
        "{ contact }",
        "{{{",
    ],
)
def test_nothing_but_bare_names_is_understood(text):
    with pytest.raises(StrayBrace):
        check_wording(text, VALUES)


@given(st.text(alphabet="{}ab_ contact.!:", max_size=40))
def test_filling_in_never_does_anything_but_fill_in_or_refuse(text):
    try:
        filled = fill(text, {"a": "X", "b": "", "contact": "Y"})
    except (StrayBrace, UnknownVariable):
        return
    assert "{contact}" not in filled or "{{" in text


def test_values_are_not_filled_in_again():
    assert fill("{contact}", {"contact": "{company}", "company": "!"}) == "{company}"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", list(KINDS))
def test_the_houses_words_are_complete_and_sound(key, locale):
    kind = KINDS[key]
    mail, sms = house_wording(key, Channel.MAIL, locale), house_wording(key, Channel.SMS, locale)
    assert mail.subject
    for text in (mail.subject, mail.body, sms.body):
        assert check_wording(text, kind.variables)
    for text in (mail.body, sms.body):
        assert "link" not in kind.variables or "link" in check_wording(text, kind.variables)
    assert "link" not in kind.variables or "{link}" in mail.body.splitlines()  # alone on its line: the button


def test_both_languages_know_the_same_messages():
    assert set(wording_zh.WORDING) == set(wording_en.WORDING) == set(KINDS)


# -- quiet hours

SHANGHAI = "Asia/Shanghai"


def at(hour, minute=0, day=20, zone=SHANGHAI):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(12), at(12)),
        (at(8, 29), at(8, 30)),
        (at(8, 30), at(8, 30)),
        (at(20, 59), at(20, 59)),
        (at(21), at(8, 30, day=21)),
        (at(23, 59), at(8, 30, day=21)),
        (at(0), at(8, 30)),
    ],
)
def test_over_midnight(now, expected):
    assert next_allowed(now, time(21), time(8, 30), SHANGHAI) == expected


def test_a_quiet_noon_and_no_quiet_hours():
    assert next_allowed(at(12, 30), time(12), time(14), SHANGHAI) == at(14)
    assert next_allowed(at(14), time(12), time(14), SHANGHAI) == at(14)
    assert next_allowed(at(3), time(0), time(0), SHANGHAI) == at(3)


def test_a_clock_change():
    zone = "Europe/Berlin"
    skipped = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30; at 02:00 the clock jumps to 03:00
    assert next_allowed(skipped, time(21), time(2, 30), zone) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = datetime(2026, 10, 25, 0, 10, tzinfo=UTC)  # 02:10 summer time; 02:30 is lived through twice
    assert next_allowed(twice, time(21), time(2, 30), zone) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 winter time
    assert next_allowed(again, time(21), time(2, 30), zone) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "UTC"]


@settings(max_examples=300)
@given(
    now=st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    quiet_from=st.times(),
    quiet_until=st.times(),
    zone=st.sampled_from(ZONES),
)
def test_the_next_allowed_instant_is_allowed_and_not_far(now, quiet_from, quiet_until, zone):
    allowed = next_allowed(now, quiet_from, quiet_until, zone)
    assert allowed >= now
    assert allowed - now <= timedelta(hours=26)
    assert not is_quiet(allowed, quiet_from, quiet_until, zone)
    if allowed > now:
        assert is_quiet(now, quiet_from, quiet_until, zone)
        assert next_allowed(now + (allowed - now) / 2, quiet_from, quiet_until, zone) <= allowed


# -- of use

S = InvitationState


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("invitation", set(S) - {S.DECLINED, S.DECLINED_LATE, S.ARRIVED, S.NO_SHOW}),
        ("reminder", {S.INVITED, S.NO_ANSWER}),
        ("reconfirm", {S.INVITED, S.NO_ANSWER, S.ACCEPTED, S.SILENT, S.SUBSTITUTE}),
        ("event_moved", set(S) - {S.DECLINED, S.DECLINED_LATE, S.LISTED}),
        ("reply_received", set(S)),
    ],
)
def test_who_still_wants_it(template, wanted):
    assert {state for state in S if is_wanted(template, state)} == wanted


@pytest.mark.parametrize("template", [key for key in KINDS if key != "reply_received"])
def test_who_declined_is_never_written_to_but_to_thank(template):
    assert not is_wanted(template, S.DECLINED)
    assert not is_wanted(template, S.DECLINED_LATE)
