"""Bank files in the database: rows taken once, booked as proposed, divided, undone."""

from decimal import Decimal

import pytest

from app.blueprints.receivables.bank import deciding, payers, queries, steps, taking, undoing
from app.blueprints.receivables.bank.deciding import Part
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.problems import queries as problems
from app.blueprints.receivables.rules.sums import Share
from app.errors import SigningDayError
from app.extensions import db
from app.models import (
    BankFile,
    BankFileState,
    BankMatch,
    BankMatchKind,
    BankRowState,
    BankVerdict,
    Dealer,
    JournalEntry,
    Receipt,
    ReceiptState,
)
from tests.receivables.bank.conftest import csv
from tests.receivables.conftest import TODAY

V, S, K = BankVerdict, BankRowState, BankMatchKind


def refused(bank, code, work, *args, **values):
    with pytest.raises(SigningDayError) as fault:
        bank.do(work, *args, **values)
    assert fault.value.code == code


def test_a_file_is_taken_once_and_overlapping_ones_add_only_what_is_new(bank):
    first = csv(
        ("100", "甲", "货款", "1"), ("100", "甲", "货款", ""), ("100", "甲", "货款", ""), ("-5", "", "手续费", "2")
    )
    one = bank.bring(first)
    assert len(bank.rows()) == 4
    again = bank.bring(first)
    more = bank.bring(
        csv(("100", "甲", "货款", ""), ("100", "甲", "货款", ""), ("100", "甲", "货款", ""), ("7", "乙", "", "3"))
    )
    assert len(bank.rows()) == 6
    counts = {each.id: each.counts for each in bank.all(BankFile)}
    assert counts[one] == {"lines": 4, "new": 4, "known": 0}
    assert counts[again] == {"lines": 4, "new": 0, "known": 4}
    assert counts[more] == {"lines": 4, "new": 2, "known": 2}
    with bank.app.app_context():
        for file_id, whole in ((one, "295"), (again, "295"), (more, "307")):
            total = queries.totals(file_id)[0]
            assert total.agree
            assert (total.whole, total.count) == (Decimal(whole), 4)


def test_certain_rows_are_booked_together_and_ties_never(bank, books, build):
    other = build.dealer(company="长沙百草堂商贸有限公司")
    mine, twin = books.owed("20000", 3), books.owed("500", 3)
    books.owed("500", 3, dealer_id=other.id)
    company = books.dealer.company
    file_id = bank.bring(
        csv(("20000", company, "保证金", "1"), ("500", "某人", "货款", "2"), ("-30", "", "手续费", "3"))
    )
    by_serial = {row.serial: row for row in bank.rows()}
    assert [by_serial[each].verdict for each in "123"] == [V.CERTAIN, V.TIE, V.OUTGOING]
    refused(bank, "nothing_proposed", deciding.confirm, by_serial["2"].id, by_id=None)
    with bank.app.app_context():
        assert steps.confirm_certain(file_id, bank.finance.id) == 1
        assert steps.confirm_certain(file_id, bank.finance.id) == 0
        total = queries.totals(file_id)[0]
        assert total.agree
        assert total.sums == {"matched": 20000, "open": 470}
        assert ledger_queries.disagreements() == []
    assert (bank.settled(mine), bank.settled(twin)) == (20000, 0)
    receipt = bank.all(Receipt)[0]
    assert (receipt.state, receipt.amount, receipt.reference) == (ReceiptState.CONFIRMED, 20000, "1")
    refused(bank, "bank_row_decided", deciding.confirm, by_serial["1"].id, by_id=None)
    entries = {each.action for each in bank.all(JournalEntry)}
    assert {"bank_file.taken", "bank_row.matched", "receipt.confirmed", "payment.allocation"} <= entries
    seen = deciding.seen(by_serial["2"])
    refused(bank, "stale_change", deciding.confirm, by_serial["2"].id, by_id=None, way=1, looked_at="else")
    bank.do(deciding.confirm, by_serial["2"].id, by_id=None, way=0, looked_at=seen)
    assert len(bank.all(Receipt)) == 2


def test_a_slip_is_confirmed_by_its_row_and_never_doubled(bank, books):
    row = books.owed("20000", 3)
    slip = books.pay(row, "20000")
    bank.bring(csv(("20000", books.dealer.company, "", "1")))
    found = bank.rows()[0]
    assert found.verdict is V.CERTAIN
    bank.do(deciding.confirm, found.id, by_id=None)
    assert len(bank.all(Receipt)) == 1
    assert bank.all(Receipt)[0].state is ReceiptState.CONFIRMED
    assert bank.settled(row) == 20000
    bank.do(undoing.undo, found.id, reason="another payment", by_id=None)
    receipt = bank.all(Receipt)[0]
    assert (receipt.id, receipt.state, receipt.used) == (slip, ReceiptState.PROVISIONAL, 20000)
    assert bank.settled(row) == 20000


def _bounced(books):
    return problems.credit_of(db.session.get_one(Dealer, books.dealer.id), TODAY).history.bounced


def test_a_row_matched_wrongly_is_no_payment_that_bounced(bank, books):
    owed = books.owed("20000", 3)
    bank.bring(csv(("20000", books.dealer.company, "", "1")))
    row = bank.rows()[0]
    bank.do(deciding.confirm, row.id, by_id=None)
    bank.do(undoing.undo, row.id, reason="not theirs", by_id=None)
    bank.do(deciding.confirm, row.id, by_id=None)
    wrong, right = bank.all(Receipt)
    assert (wrong.state, right.state) == (ReceiptState.WITHDRAWN, ReceiptState.CONFIRMED)
    assert (wrong.free, bank.settled(owed)) == (0, 20000)
    assert bank.do(_bounced, books) == 0
    # One that bounced, and whose row is undone afterwards, has bounced all the same.
    bank.do(ledger.bounce, right.id, reason="no cover", by_id=None)
    bank.do(undoing.undo, row.id, reason="gone", by_id=None)
    assert bank.all(Receipt)[1].state is ReceiptState.BOUNCED
    assert bank.do(_bounced, books) == 1
    actions = [each.action for each in bank.all(JournalEntry) if each.action.startswith("receipt.")]
    assert (actions.count("receipt.withdrawn"), actions.count("receipt.bounced")) == (1, 1)


def test_who_pays_for_a_company_is_remembered_and_forgotten_on_undo(bank, books):
    first, second = books.owed("20000", 30), books.owed("30000", 3)
    bank.bring(csv(("20000", "张三", "货款", "1"), ("30000", "张三", "货款", "2")))
    rows = bank.rows()
    assert {each.verdict for each in rows} == {V.LIKELY}
    bank.do(deciding.confirm, rows[0].id, by_id=None)
    bank.do(taking.refresh, {books.dealer.id}, ["张三"])
    assert bank.rows()[1].verdict is V.CERTAIN
    assert [code for code, _detail in bank.rows()[1].reasons] == ["alias", "exact"]
    bank.do(undoing.undo, rows[0].id, reason="wrong", by_id=None)
    bank.do(taking.refresh, {books.dealer.id}, ["张三"])
    with bank.app.app_context():
        assert payers.remembered() == []
    assert bank.rows()[1].verdict is V.LIKELY
    assert (bank.settled(first), bank.settled(second)) == (0, 0)
    kinds = [(each.kind, each.reverses_id is None) for each in bank.all(BankMatch)]
    assert kinds == [(K.RECEIPT, True), (K.RECEIPT, False)]


def test_one_row_over_several_dealers_and_receivables(bank, books, build):
    other = build.dealer(company="长沙百草堂商贸有限公司")
    one, two = books.owed("20000", 3), books.owed("10000", 3)
    three = books.owed("5000", 3, dealer_id=other.id)
    bank.bring(csv(("36000", "张三", "", "1")))
    row_id = bank.rows()[0].id
    mine = Part(books.dealer.id, Decimal(30000), (Share(one.id, Decimal(20000)), Share(two.id, Decimal(10000))))
    refused(bank, "parts_do_not_add_up", deciding.settle, row_id, [mine], by_id=None)
    too_much = Part(other.id, Decimal(6000), (Share(three.id, Decimal(6000)),))
    refused(bank, "more_than_open", deciding.settle, row_id, [mine, too_much], by_id=None)
    assert bank.all(Receipt) == []
    theirs = Part(other.id, Decimal(6000), (Share(three.id, Decimal(5000)),))
    bank.do(deciding.settle, row_id, [mine, theirs], by_id=None)
    assert [bank.settled(each) for each in (one, two, three)] == [20000, 10000, 5000]
    assert [each.free for each in bank.all(Receipt)] == [0, 1000]
    assert sum(each.amount for each in bank.all(BankMatch)) == 36000
    with bank.app.app_context():
        assert payers.remembered() == []  # who pays for two is nobody's payer


def test_another_currency_wants_a_rate(bank, books):
    owed = books.owed("7100", 3, currency="CNY")
    data = (
        csv(head="交易日期,收入,支出,对方户名,摘要,交易流水号,币种\n")
        + "{},1000,,{},,1,USD\n".format(books.receipt.__globals__["TODAY"], books.dealer.company).encode()
    )
    bank.bring(data)
    row = bank.rows()[0]
    assert (row.verdict, row.currency, row.dealer_id) == (V.NONE, "USD", books.dealer.id)
    refused(bank, "nothing_proposed", deciding.confirm, row.id, by_id=None)
    part = Part(books.dealer.id, Decimal(7100), (Share(owed.id, Decimal(7100)),))
    refused(bank, "rate_wanted", deciding.settle, row.id, [part], by_id=None, currency="CNY")
    bank.do(deciding.settle, row.id, [part], by_id=None, rate=Decimal("7.1"), currency="CNY")
    match = bank.all(BankMatch)[0]
    assert (match.amount, match.rate, bank.settled(owed)) == (1000, "7.1", 7100)


def test_money_out_is_a_refund_a_bounce_or_ignored(bank, books):
    row = books.owed("20000", 3)
    company = books.dealer.company
    bank.bring(csv(("25000", company, "", "1")))
    bank.do(deciding.confirm, bank.rows()[0].id, by_id=None)
    assert bank.all(Receipt)[0].free == 5000
    bank.bring(csv(("-5000", company, "退款", "2"), ("-25000", company, "退票", "3"), ("-9", "", "手续费", "4")))
    by_serial = {each.serial: each for each in bank.rows()}
    assert [by_serial[each].proposal["ways"][0]["kind"] for each in "23"] == ["refund", "bounce"]
    bank.do(deciding.confirm, by_serial["2"].id, by_id=None)
    assert bank.all(Receipt)[0].free == 0
    refused(bank, "given_back_meanwhile", undoing.undo, by_serial["1"].id, reason="x", by_id=None)
    bank.do(undoing.undo, by_serial["2"].id, reason="x", by_id=None)
    assert bank.all(Receipt)[0].free == 5000
    bank.do(deciding.confirm, by_serial["3"].id, by_id=None)
    assert (bank.all(Receipt)[0].state, bank.settled(row)) == (ReceiptState.BOUNCED, 0)
    refused(bank, "bounce_stays", undoing.undo, by_serial["3"].id, reason="x", by_id=None)
    assert bank.do(deciding.ignore, [by_serial["4"].id, by_serial["3"].id], reason="fee", by_id=None) == 1
    bank.do(undoing.undo, by_serial["4"].id, reason="x", by_id=None)
    assert bank.rows()[-1].state is S.OPEN


def test_a_refund_noted_by_hand_is_found_again_not_noted_twice(bank, books):
    slip = books.receipt("900")
    bank.do(ledger.refund, slip, Decimal(900), reason="too much", by_id=None)
    bank.bring(csv(("-900", books.dealer.company, "退款", "1")))
    row = bank.rows()[0]
    assert row.reasons[-1][0] == "refund_noted"
    bank.do(deciding.confirm, row.id, by_id=None)
    assert bank.all(Receipt)[0].used == 900
    assert bank.all(BankMatch)[0].postings == []
    bank.do(undoing.undo, row.id, reason="x", by_id=None)
    assert bank.all(Receipt)[0].used == 900


def test_a_job_that_died_is_taken_up_again(bank, books, monkeypatch):
    rows = [books.owed(str(100 + n), 3) for n in range(4)]
    data = csv(*((str(100 + n), books.dealer.company, "", str(n)) for n in range(4)))
    monkeypatch.setattr(taking, "LARGEST_PART", 2)
    home = bank.app.config["SIGNING_DAY_HOME"]

    def dies_at(step):
        def progress(done, total):
            if done >= step:
                raise KeyboardInterrupt

        return progress

    with bank.app.app_context():
        file_id = bank.begin(data)
        db.session.commit()
        for step in (0, 4, 6):  # before anything is written, after the rows, after half of the proposals
            with pytest.raises(KeyboardInterrupt):
                steps.take(file_id, home, dies_at(step))
            db.session.rollback()
        assert db.session.get_one(BankFile, file_id).state is BankFileState.WORKING
        steps.take(file_id, home)
        assert db.session.get_one(BankFile, file_id).state is BankFileState.READY
        monkeypatch.setattr(steps, "AT_ONCE", 2)
        with pytest.raises(KeyboardInterrupt):
            steps.confirm_certain(file_id, None, dies_at(2))
        db.session.rollback()
        assert len(queries.certain(file_id)) == 2
        steps.confirm_certain(file_id, None)
        assert ledger_queries.disagreements() == []
    assert len(bank.rows()) == len(bank.all(Receipt)) == 4
    assert all(bank.settled(row) == row.amount for row in rows)
