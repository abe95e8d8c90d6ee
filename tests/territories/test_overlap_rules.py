"""The rule of overlap against what it means: sets of counties, channels and days, all written out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.territories.rules.overlap import Claim, ancestors, clash, is_free

# A small country: 3 provinces of 3 cities of 2 counties. Its leaves are the counties.
PROVINCES = [f"/CN/{p}/" for p in "ABC"]
CITIES = [f"{province}{c}/" for province in PROVINCES for c in "123"]
LEAVES = [f"{city}{leaf}/" for city in CITIES for leaf in "xy"]
TREE = ["/CN/", *PROVINCES, *CITIES, *LEAVES]
CHANNELS = (1, 2, 3)
DAY = date(2026, 11, 26)

spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
claims = st.builds(
    lambda line, channel, paths, span, exclusive: Claim(
        line, channel, paths, DAY + timedelta(days=span[0]), DAY + timedelta(days=span[1]), exclusive
    ),
    st.sampled_from((1, 2)),
    st.sampled_from((None, *CHANNELS)),
    st.frozensets(st.sampled_from(TREE), min_size=1, max_size=4),
    spans,
    st.booleans(),
)


def cells(claim):
    """Every county, channel and day that the claim covers."""
    leaves = {leaf for leaf in LEAVES for path in claim.paths if leaf.startswith(path)}
    channels = CHANNELS if claim.channel_id is None else (claim.channel_id,)
    days = range((claim.starts_on - DAY).days, (claim.ends_on - DAY).days + 1)
    return {(claim.line_id, leaf, channel, day) for leaf in leaves for channel in channels for day in days}


@given(claims, claims)
def test_clash_is_a_shared_cell_of_which_one_is_exclusive(one, other):
    expected = bool(cells(one) & cells(other)) and (one.is_exclusive or other.is_exclusive)
    assert clash(one, other) is expected
    assert clash(other, one) is expected


@given(claims, st.lists(claims, max_size=6))
def test_is_free_asks_every_claim(wish, taken):
    assert is_free(wish, taken) is all(not clash(wish, each) for each in taken)


def test_codes_that_begin_alike_are_not_one_in_the_other():
    def claim(path):
        return Claim(1, None, frozenset((path,)), DAY, DAY, True)

    assert not clash(claim("/CN/44/"), claim("/CN/4401/"))
    assert clash(claim("/CN/44/"), claim("/CN/44/4401/"))


def test_ancestors_begin_at_the_root():
    assert ancestors("/CN/440000/440100/") == ["CN", "440000", "440100"]
