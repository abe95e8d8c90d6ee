"""The matcher's rules, without a database: what is certain, what is a tie, and what holds whatever comes."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.receivables.bank.reading.lines import Line
from app.blueprints.receivables.bank.rules import terminal
from app.blueprints.receivables.bank.rules.evidence import first_letters
from app.blueprints.receivables.bank.rules.identity import keys, odd_serials
from app.blueprints.receivables.bank.rules.known import Incoming, Known, Open, Sent, Slip
from app.blueprints.receivables.bank.rules.matching import match
from app.blueprints.receivables.bank.rules.outgoing import judge
from app.models import BankVerdict as V

DAY = date(2026, 10, 8)


def row(number, amount, **values):
    return Incoming(
        **{"id": number, "key": f"k{number}", "booked_on": DAY, "amount": Decimal(amount), "currency": "CNY"} | values
    )


def item(number, dealer, amount, due=0, contract="XG2026001", kind="instalment", currency="CNY"):
    return Open(number, dealer, contract, kind, DAY + timedelta(days=due), Decimal(amount), currency)


def known(items=(), slips=(), **values):
    """What is open and which slips there are; dealer n is called 公司n and has the contract XGn."""
    given_ = Known(**values)
    of_dealer, by_amount, slips_of = defaultdict(list), defaultdict(list), defaultdict(list)
    cards = defaultdict(list)
    for each in items:
        of_dealer[each.dealer_id].append(each)
        by_amount[(each.currency, each.amount)].append(each)
    for each in slips:
        slips_of[each.dealer_id].append(each)
        if each.is_pos:
            cards[(each.currency, each.received_on)].append(each)
    given_.items, given_.by_amount, given_.slips, given_.cards = of_dealer, by_amount, slips_of, cards
    dealers = {each.dealer_id for each in (*items, *slips)}
    given_.companies = given_.companies or {f"公司{each}": frozenset([each]) for each in dealers}
    given_.contracts = given_.contracts or {f"XG202600{each}": each for each in dealers}
    return given_


def only(found):
    assert len(found) == 1
    return found[0]


def codes(proposal):
    return [code for code, _detail in proposal.reasons]


def test_company_and_sum_are_certain():
    found = only(
        match([row(1, 20000, payer="x", payer_key="公司1")], known([item(5, 1, 20000), item(6, 1, 30000, 30)]))
    )
    assert (found.verdict, found.plans[0].shares[0].receivable_id) == (V.CERTAIN, 5)
    assert codes(found) == ["company", "exact"]


def test_the_memo_names_the_contract():
    two = known([item(5, 1, 20000), item(6, 2, 20000, contract="XG2026002")])
    found = only(match([row(1, 20000, payer="某人", payer_key="某人", memo="XG-2026-002号货款")], two))
    assert (found.verdict, found.plans[0].dealer_id) == (V.CERTAIN, 2)
    against = only(match([row(1, 20000, payer="x", payer_key="公司1", memo="XG-2026-002")], two))
    assert against.verdict is V.TIE  # the contract is one dealer's, the money another's


def test_somebody_pays_for_a_company():
    alias = {"张三": frozenset([1])}
    found = only(match([row(1, 20000, payer="张三", payer_key="张三")], known([item(5, 1, 20000)], aliases=alias)))
    assert (found.verdict, codes(found)) == (V.CERTAIN, ["alias", "exact"])
    both = known([item(5, 1, 20000), item(6, 2, 20000)], aliases={"张三": frozenset([1, 2])})
    assert only(match([row(1, 20000, payer="张三", payer_key="张三")], both)).verdict is V.TIE


def test_a_company_in_the_memo_or_a_contact_only_hints():
    named = first_letters([("武汉远景", 1)])
    found = only(
        match(
            [row(1, 20000, payer="李四", payer_key="李四", memo="代武汉远景付款")],
            known([item(5, 1, 20000)], named=named),
        )
    )
    assert (found.verdict, codes(found)) == (V.LIKELY, ["mentioned", "exact"])
    cut = only(
        match(
            [row(1, 20000, payer="x", payer_key="武汉远景环")],
            known([item(5, 1, 20000)], named=first_letters([("武汉远景环保", 1)])),
        )
    )
    assert (cut.verdict, codes(cut)) == (V.LIKELY, ["alike", "exact"])
    contact = known([item(5, 1, 20000)], contacts={"王伟": frozenset([1])})
    assert only(match([row(1, 20000, payer="王伟", payer_key="王伟")], contact)).verdict is V.LIKELY


def test_only_the_sum():
    assert only(match([row(1, "123.45")], known([item(5, 1, "123.45")]))).verdict is V.LIKELY
    assert only(match([row(1, 500)], known([item(5, 1, 500), item(6, 2, 500)]))).verdict is V.TIE
    assert only(match([row(1, 500)], known([item(n, n, 500) for n in range(1, 9)]))).verdict is V.NONE
    assert only(match([row(1, 501)], known([item(5, 1, 500)]))).verdict is V.NONE


def test_equal_instalments_follow_one_another():
    items = [item(5, 1, 1000, 0), item(6, 1, 1000, 30), item(7, 1, 1000, 60)]
    rows = [row(1, 1000, payer_key="公司1"), row(2, 1000, payer_key="公司1", booked_on=DAY + timedelta(days=1))]
    found = match(rows, known(items))
    assert [(each.verdict, each.plans[0].shares[0].receivable_id) for each in found] == [(V.CERTAIN, 5), (V.CERTAIN, 6)]
    other = [item(5, 1, 1000, contract="A1"), item(6, 1, 1000, contract="A2")]
    assert only(match(rows[:1], known(other))).verdict is V.TIE
    assert {each.verdict for each in match(rows, known(items[:1]))} == {V.LIKELY}  # paid twice: who gets it?


def test_parts_sums_and_more_than_is_owed():
    items = [item(5, 1, 1000), item(6, 1, 700, 30), item(7, 1, 500, 60)]

    def of(amount):
        return only(match([row(1, amount, payer_key="公司1")], known(items)))

    assert (of(2200).verdict, of(2200).reasons[-1]) == (V.CERTAIN, ("added", "3"))
    assert (of(1200).verdict, of(1200).reasons[-1]) == (V.LIKELY, ("added", "2"))
    assert (of(1500).verdict, codes(of(1500))[-1]) == (V.LIKELY, "added")
    assert (of(300).verdict, codes(of(300))[-1]) == (V.LIKELY, "part")
    assert (of(3000).verdict, of(3000).reasons[-1]) == (V.LIKELY, ("over", "800.00"))
    assert (
        codes(only(match([row(1, 50, payer_key="公司1")], known(companies={"公司1": frozenset([1])}))))[-1]
        == "owes_nothing"
    )
    tied = known([item(5, 1, 1200), item(6, 1, 700), item(7, 1, 500)])
    assert only(match([row(1, 1200, payer_key="公司1")], tied)).verdict is V.TIE


def test_a_slip_becomes_confirmed_and_is_never_paid_twice():
    slip = Slip(9, 1, Decimal(1000), "CNY", DAY - timedelta(days=2), "A77B99")
    pay = row(1, 1000, payer_key="公司1")
    found = only(match([pay], known([item(5, 1, 1000)], [slip])))
    assert (found.verdict, found.plans[0].receipt_id, found.plans[0].shares) == (V.CERTAIN, 9, ())
    old = Slip(9, 1, Decimal(1000), "CNY", DAY - timedelta(days=90))
    assert only(match([pay], known([item(5, 1, 1000)], [old]))).verdict is V.TIE
    twin = Slip(10, 1, Decimal(1000), "CNY", DAY)
    assert only(match([pay], known([], [slip, twin]))).verdict is V.TIE
    named = only(match([row(1, 1000, payer_key="公司1", memo="单号A77B99")], known([], [slip, twin])))
    assert (named.verdict, named.plans[0].receipt_id) == (V.CERTAIN, 9)


def test_another_currency_is_not_matched_silently():
    found = only(match([row(1, 1000, payer_key="公司1", currency="USD")], known([item(5, 1, 1000)])))
    assert (found.verdict, found.plans[0].dealer_id, codes(found)[-1]) == (V.NONE, 1, "other_currency")
    assert only(match([row(1, 1000, currency="USD")], known([item(5, 1, 1000)]))).verdict is V.NONE


def test_a_number_of_the_bank_at_two_sums_is_never_certain():
    assert odd_serials([("7", Decimal(1)), ("7", Decimal(2)), ("8", Decimal(1)), ("8", Decimal(1))]) == {"7"}
    found = only(match([row(1, 1000, payer_key="公司1", is_odd=True)], known([item(5, 1, 1000)])))
    assert (found.verdict, codes(found)[-1]) == (V.LIKELY, "odd_serial")


def test_money_that_left():
    receipts = {1: [Sent(9, 1, Decimal(1000), Decimal(300), "CNY", DAY)]}
    of_1 = Known(companies={"公司1": frozenset([1])}, receipts=receipts)
    assert judge(row(1, 15), of_1).verdict is V.OUTGOING
    refund = judge(row(1, 300, payer_key="公司1"), of_1)
    assert (refund.verdict, refund.plans[0].kind, refund.plans[0].receipt_id) == (V.LIKELY, "refund", 9)
    assert judge(row(1, 1000, payer_key="公司1"), of_1).verdict is V.OUTGOING
    assert judge(row(1, 1000, payer_key="公司1", memo="退票"), of_1).plans[0].kind == "bounce"


AMOUNTS = st.sampled_from([Decimal(each) for each in (100, 200, 300, 500, 1000)])
ITEMS = st.lists(st.tuples(st.integers(1, 3), AMOUNTS, st.integers(0, 3), st.integers(1, 2)), max_size=9)
ROWS = st.lists(st.tuples(AMOUNTS, st.integers(0, 4), st.integers(0, 3), st.booleans()), max_size=10)
SLIPS = st.lists(st.tuples(st.integers(1, 3), AMOUNTS), max_size=3)


def world(items, rows, slips):
    opened = [item(n, d, a, due, f"XG20260{d}{c}") for n, (d, a, due, c) in enumerate(items, 1)]
    taken = [Slip(n, d, a, "CNY", DAY) for n, (d, a) in enumerate(slips, 100)]
    contracts = {each.contract: each.dealer_id for each in opened}
    aliases = {"公司4": frozenset([1, 2])}
    came = [
        row(
            n,
            a,
            payer=f"公司{p}",
            payer_key=f"公司{p}" if p else "",
            booked_on=DAY + timedelta(days=d),
            memo="XG-2026-011" if named else "",
        )
        for n, (a, p, d, named) in enumerate(rows, 1)
    ]
    return came, known(opened, taken, contracts=contracts, aliases=aliases)


@settings(max_examples=60)
@given(ITEMS, ROWS, SLIPS, st.randoms(use_true_random=False))
def test_whatever_comes(items, rows, slips, chance):
    came, about = world(items, rows, slips)
    found = {each.row_id: each for each in match(came, about)}
    assert set(found) == {each.id for each in came}
    opened = {each.id: each.amount for some in about.items.values() for each in some}
    wanted: defaultdict[int, Decimal] = defaultdict(Decimal)
    confirmed = []
    amounts = {each.id: each.amount for each in came}
    for each in found.values():
        for way in each.plans:
            assert sum(share.amount for share in way.shares) <= amounts[each.row_id]
            assert all(0 < share.amount <= opened[share.receivable_id] for share in way.shares)
        if each.verdict is V.TIE:
            assert len(each.plans) > 1
            assert each.plan is None
        if each.verdict is V.CERTAIN:
            assert len(each.plans) == 1
            confirmed += [each.plans[0].receipt_id] if each.plans[0].receipt_id else []
            assert (
                each.plans[0].receipt_id is not None
                or sum(share.amount for share in each.plans[0].shares) == amounts[each.row_id]
            )
            for share in each.plans[0].shares:
                wanted[share.receivable_id] += share.amount
    assert all(amount <= opened[number] for number, amount in wanted.items())
    assert len(confirmed) == len(set(confirmed))
    mixed = list(came)
    chance.shuffle(mixed)
    assert {each.row_id: each for each in match(mixed, about)} == found


LINES = st.lists(
    st.builds(
        Line,
        st.integers(1, 99),
        st.dates(DAY, DAY + timedelta(days=2)),
        AMOUNTS,
        payer=st.sampled_from("甲乙"),
        serial=st.sampled_from(("", "", "1", "2")),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(LINES, st.integers(0, 12))
def test_the_same_file_twice_is_nothing_new(lines, cut):
    first = keys(lines)
    assert keys(list(lines)) == first
    # A file of some whole days overlaps: its lines are known.
    days = [line for line in lines if line.booked_on == DAY]
    assert set(keys(days)) <= set(first)
    no_serial = [key for key, line in zip(first, lines, strict=True) if not line.serial]
    assert len(no_serial) == len(set(no_serial))


def card(number, dealer, amount, ago=1):
    return Slip(number, dealer, Decimal(amount), "CNY", DAY - timedelta(days=ago), is_pos=True)


def of_terminal(amount, slips, memo="POS清算"):
    return only(match([row(1, amount, payer="银联商务", memo=memo)], known([], slips)))


def test_a_terminals_day_is_proposed_and_never_certain():
    day = [card(11, 1, 3000), card(12, 2, 5000)]
    for amount, fee in (("8000", 0), ("7952", 48)):
        found = of_terminal(amount, day)
        assert (found.verdict, found.plans[0].slips, int(found.plans[0].fee)) == (V.LIKELY, (11, 12), fee)
    assert ("fee", "48.00|0.60") in of_terminal("7952", day).reasons
    assert of_terminal("7952", day, "货款").verdict is V.LIKELY  # the payer names it, too
    weekend = [card(11, 1, 3000, 3), card(12, 2, 5000, 2), card(13, 1, 9000, 9)]
    assert of_terminal("7960", weekend).plans[0].slips == (11, 12)
    for none in ("7800", "8001"):  # too much for a fee, and more than the slips
        assert of_terminal(none, day).verdict is V.NONE
    unnamed = only(match([row(1, "7952", payer="某公司", memo="款")], known([], day)))
    assert unnamed.verdict is V.NONE


def test_two_days_that_fit_are_a_tie():
    found = of_terminal("7960", [card(11, 1, 8000, 1), card(12, 2, 8000, 2)])
    assert (found.verdict, {way.slips for way in found.plans}) == (V.TIE, {(11,), (12,)})


@given(st.lists(st.integers(1, 900_000), min_size=1, max_size=6), st.integers(0, 5000))
@settings(max_examples=40)
def test_a_fee_is_shared_out_to_the_cent(cents, per_mille):
    amounts = [Decimal(each) / 100 for each in cents]
    fee = (sum(amounts) * per_mille / 100_000).quantize(Decimal("0.01"))
    parts = terminal.shared(fee, amounts)
    assert sum(parts) == fee
    assert len(parts) == len(amounts)
