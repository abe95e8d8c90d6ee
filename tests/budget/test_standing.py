"""Any order of asking, consenting, ordering, invoices, payments and taking back counts no sum twice."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.budget.rules.standing import Facts, standing
from app.models import ExpenseState

sums = st.decimals(0, 100_000, places=2)
some_facts = st.builds(
    Facts, asked=sums, approved=sums, invoiced=sums, paid=sums, is_ordered=st.booleans(), is_final=st.booleans()
)


@given(some_facts)
def test_bound_is_never_more_than_the_largest_of_what_is_known(facts):
    of = standing(facts)
    assert of.committed + of.actual == max(facts.invoiced, facts.paid, Decimal(0) if facts.is_final else facts.approved)
    assert min(of.requested, of.committed, of.actual, of.owed) >= 0
    assert of.requested + of.committed + of.actual <= max(facts.asked, facts.approved, facts.invoiced, facts.paid)


@given(some_facts, sums)
def test_an_invoice_replaces_what_was_committed(facts, more):
    """What a further invoice adds to actual it takes from committed, as far as something is committed."""
    before = standing(facts)
    after = standing(Facts(**vars(facts) | {"invoiced": facts.invoiced + more}))
    grown = after.committed + after.actual - before.committed - before.actual
    assert grown == max(Decimal(0), after.actual - before.actual - before.committed)


@given(some_facts, st.sampled_from([ExpenseState.REFUSED, ExpenseState.CANCELLED]))
def test_what_is_off_promises_nothing(facts, off):
    of = standing(Facts(**vars(facts) | {"off": off}))
    assert (of.requested + of.committed, of.state) == (Decimal(0), off)


def test_states():
    hundred = Decimal(100)
    states = [
        Facts(hundred),
        Facts(hundred, hundred),
        Facts(hundred, hundred, is_ordered=True),
        Facts(hundred, hundred, invoiced=Decimal(90), is_final=True),
        Facts(hundred, hundred, invoiced=Decimal(90), paid=Decimal(90), is_final=True),
        Facts(Decimal(120), hundred, is_ordered=True),
    ]
    assert [standing(each).state.value for each in states] == [
        "requested",
        "approved",
        "ordered",
        "invoiced",
        "paid",
        "requested",
    ]
