"""Quantities: whole, never below nothing, never fewer than needed, whatever the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.materials.rules.quantity import OF_GUESTS, TYPED, Heads, Need, Wanted, balance, is_undecided, wanted
from app.models import QuantityRule as R

SMALL = st.integers(0, 5000)
HEADS = st.builds(
    Heads, guests=SMALL, guests_likely=SMALL, exclusive=SMALL, rostrum=SMALL, rostrum_likely=SMALL, staff=SMALL
)
NEEDS = st.builds(
    Need,
    st.sampled_from(R),
    SMALL,
    extra=st.integers(0, 50),
    spare_percent=st.integers(0, 200),
    pack_size=st.integers(1, 500),
)


@given(NEEDS, HEADS, st.none() | st.builds(Wanted, SMALL, SMALL))
def test_whole_packs_and_never_too_few(need, heads, kits):
    found = wanted(need, heads, kits)
    for number in (found.firm, found.likely):
        assert isinstance(number, int)
        assert number >= 0
        assert number % need.pack_size == 0
    firm = kits.firm if kits else 1 if need.rule in TYPED else heads.of(need.rule)[0] + need.extra
    bare = firm * need.base
    assert found.firm * 100 >= bare * (100 + need.spare_percent)
    assert found.firm * 100 < bare * (100 + need.spare_percent) + 100 * need.pack_size


@given(NEEDS, HEADS)
def test_more_guests_never_want_less(need, heads):
    more = Heads(
        heads.guests + 1,
        heads.guests_likely + 1,
        heads.exclusive + 1,
        heads.rostrum + 1,
        heads.rostrum_likely + 1,
        heads.staff + 1,
    )
    assert wanted(need, more).firm >= wanted(need, heads).firm
    if need.rule not in OF_GUESTS and need.rule is not R.PER_STAFF:
        assert wanted(need, more) == wanted(need, heads)


@given(st.builds(Wanted, SMALL, SMALL), SMALL)
def test_the_balance_is_to_order_or_over_but_never_both(need, ordered):
    found = balance(need, ordered)
    assert min(found.to_order, found.coming, found.over) >= 0
    assert not (found.to_order and found.over)
    assert ordered + found.to_order >= need.firm
    assert (
        ordered + found.to_order + found.coming - found.over == max(need.firm, need.likely) or need.likely < need.firm
    )


def test_by_hand():
    heads = Heads(guests=103, guests_likely=110, exclusive=7, rostrum=4, rostrum_likely=5, staff=12)
    assert wanted(Need(R.PER_GUEST, 1, spare_percent=5), heads) == Wanted(109, 116)
    assert wanted(Need(R.PER_GUEST, 1, spare_percent=5, pack_size=25), heads) == Wanted(125, 125)
    assert wanted(Need(R.PER_ROSTRUM, 1, extra=2), heads) == Wanted(6, 7)
    assert wanted(Need(R.PER_STAFF, 2), heads) == Wanted(24, 24)
    assert wanted(Need(R.PER_EXCLUSIVE_DEALER, 1), heads) == Wanted(7, 7)
    assert wanted(Need(R.FIXED, 15), heads) == Wanted(15, 15)
    assert wanted(Need(R.PER_GUEST, 2), heads, kits=Wanted(109, 116)) == Wanted(218, 232)
    assert balance(Wanted(90, 95), 100).over == 5
    assert balance(Wanted(90, 120), 100).over == 0
    assert balance(Wanted(90, 120), 100).coming == 20
    assert is_undecided(Need(R.BY_SITE, 0), is_part=False)
    assert not is_undecided(Need(R.PER_GUEST, 0), is_part=False)
