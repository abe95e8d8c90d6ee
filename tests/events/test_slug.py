"""The event's name in its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.events.rules.slug import LONGEST, is_slug, slug_from


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2026华中渠道招商会", "2026-hua-zhong-qu-dao-zhao-shang-hui"),
        ("重庆站", "chong-qing-zhan"),
        ("Spring Conference (Wuhan)", "spring-conference-wuhan"),
        ("Café Zürich", "cafe-zurich"),
        ("２０２７年会", "2027-nian-hui"),
        ("新品发布暨二〇二七年度全国核心渠道合作伙伴招商大会", "xin-pin-fa-bu-ji-er-ling-er-qi-nian-du"),
        ("！！", "event"),
        ("New", "new-2"),
    ],
)
def test_names_become_addresses(name, slug):
    assert slug_from(name) == slug


def test_a_taken_address_gets_a_number():
    assert slug_from("武汉站", {"wu-han-zhan", "wu-han-zhan-2"}) == "wu-han-zhan-3"


@given(st.text(max_size=120))
def test_whatever_the_name_the_address_is_one(name):
    slug = slug_from(name)
    assert is_slug(slug)
    assert len(slug) <= LONGEST + 2


@pytest.mark.parametrize("text", ["", "a b", "-a", "a--b", "Ä", "A", "new", "x" * 61])
def test_what_is_no_address(text):
    assert not is_slug(text)
