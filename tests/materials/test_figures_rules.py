"""The log folds to the same figures in whatever order its entries arrive."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.materials.rules.figures import SETTLES, Entry, fold, state
from app.models import MaterialState as S
from app.models import MovementKind as K

T0 = datetime(2026, 12, 17, 8, tzinfo=UTC)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


def entry(kind, quantity=0, minute=0, client="a", **values):
    return Entry(kind, at(minute), client, quantity, **values)


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(K),
        st.integers(0, 20).map(at),
        st.text("abcdef", min_size=1, max_size=3),
        st.integers(0, 300),
        place=st.sampled_from(("", "舞台", "门口")),
        by=st.sampled_from(("张三", "李四")),
    ),
    max_size=20,
    unique_by=lambda each: each.client_id,
)


@given(ENTRIES, st.randoms())
def test_any_order_of_arrival_and_twice(entries, chance):
    figures = fold(entries)
    late = [*entries, *(each for each in entries if chance.random() < 0.5)]
    chance.shuffle(late)
    assert fold(late) == figures
    assert figures.here >= 0
    assert figures.delivered == sum(each.quantity for each in entries if each.kind is K.DELIVERED)
    assert len(figures.ticks) == sum(1 for each in entries if each.kind in {K.TICKED, K.UNTICKED})
    assert len(figures.counts) == sum(1 for each in entries if each.kind is K.COUNTED)


@given(ENTRIES, st.integers(0, 300))
def test_a_later_count_is_what_is_here(entries, number):
    assert fold([*entries, entry(K.COUNTED, number, 99, "zz")]).here == number


def test_a_count_wins_and_tells_the_difference():
    log = [
        entry(K.DELIVERED, 100, 0, "a"),
        entry(K.DAMAGED, 4, 1, "b"),
        entry(K.COUNTED, 95, 5, "c", by="张三"),
        entry(K.COUNTED, 93, 6, "d", by="李四"),
        entry(K.LOST, 3, 9, "e"),
    ]
    figures = fold(log)
    assert (figures.delivered, figures.damaged, figures.good, figures.here) == (100, 4, 96, 90)
    assert [(each.by, each.counted, each.expected) for each in figures.counts] == [("张三", 95, 96), ("李四", 93, 95)]


def test_counts_of_the_same_moment_go_by_the_devices_id():
    assert fold([entry(K.COUNTED, 5, 1, "b"), entry(K.COUNTED, 7, 1, "a")]).here == 5


def count(number, minute, client, by, received=60, **values):
    return entry(K.COUNTED, number, minute, client, by=by, received=at(received), **values)


def test_two_who_counted_alone_and_differ_are_a_dispute():
    first, second = count(12, 10, "a", "张三"), count(11, 12, "b", "李四")
    found = fold([entry(K.DELIVERED, 12, 0, "z"), second, first]).dispute
    assert found is not None
    assert (found.earlier.by, found.taken.by, found.other) == ("张三", "李四", 12)
    # What went between them, and after them, is reckoned in.
    assert fold([first, entry(K.LOST, 1, 11, "c"), second]).dispute is None
    later = fold([first, second, entry(K.USED_UP, 4, 20, "c")]).dispute
    assert later is not None
    assert later.other == 8


def test_no_dispute():
    assert fold([count(12, 10, "a", "张三"), count(12, 12, "b", "李四")]).dispute is None
    # The same person counted again; somebody with network counted again and could see the first.
    assert fold([count(12, 10, "a", "张三"), count(11, 12, "b", "张三")]).dispute is None
    assert fold([count(12, 10, "a", "张三", 10), count(11, 12, "b", "李四", 12)]).dispute is None
    # One says which is right, even without network.
    settled = count(11, 20, SETTLES + "c", "王五")
    assert fold([count(12, 10, "a", "张三"), count(11, 12, "b", "李四"), settled]).dispute is None
    assert fold([settled, count(10, 25, "d", "张三")]).dispute is not None


def test_both_ticks_are_kept_and_the_last_holds():
    figures = fold([entry(K.UNTICKED, 0, 3, "b", by="李四"), entry(K.TICKED, 0, 1, "a", by="张三")])
    assert not figures.is_set_up
    assert [each.by for each in figures.ticks] == ["张三", "李四"]


def test_more_gone_than_was_here_is_missing_and_not_negative():
    figures = fold([entry(K.DELIVERED, 5), entry(K.RETURNED, 8, 1, "b")])
    assert (figures.here, figures.missing) == (0, 3)


def test_states():
    came = fold([entry(K.DELIVERED, 10)])
    assert state(0, fold([])) is S.PLANNED
    assert state(10, fold([])) is S.ORDERED
    assert state(12, came) is S.ORDERED
    assert state(10, came) is S.DELIVERED
    assert state(12, fold([entry(K.DELIVERED, 10), entry(K.TICKED, 0, 1, "b")])) is S.SET_UP
    assert state(10, fold([entry(K.DELIVERED, 10), entry(K.USED_UP, 10, 1, "b")])) is S.CLOSED
    assert state(0, fold([entry(K.COUNTED, 2)])) is S.DELIVERED
