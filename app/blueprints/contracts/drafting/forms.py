"""The form of a contract. It refuses nothing for being incomplete: what cannot be read yet is kept as it was typed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, FieldList, Form, FormField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import Length, NumberRange, Optional

from app.blueprints.contracts.drafting.actions import Lines
from app.blueprints.contracts.drafting.fields import AmountField, field_of, is_typed, name_of
from app.blueprints.contracts.drafting.typed import values_of
from app.models import (
    Contract,
    Package,
    PaymentKind,
    SignatoryKind,
    TemplateVersion,
    TerritoryGrant,
    Tier,
)
from app.web.fields import LineField, MobileField, WholeNumberField, WordField

MOST_LINES = 60
HUNDRED = Decimal(100)
TERMS = (
    *("tier", "starts_on", "ends_on", "deposit_refund", "signatory_kind", "signatory", "signatory_title"),
    *("total", "deposit", "discount_percent", "rebate_percent", "credit_days", "package_id"),
)
_NUMBERS = ("total", "deposit", "discount_percent", "rebate_percent", "credit_days")
GROUPS = ("goods", "targets", "payments")


def _id_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class Line(Form):
    """A row that may be left blank. `complete` says whether it can be stored."""

    @property
    def is_blank(self) -> bool:
        kinds = {"kind"}  # a list has always something chosen
        return not any(str(field._value()).strip() for field in self if field.short_name not in kinds)  # noqa: SLF001

    def faults(self) -> list[str]:
        """Return what is missing in a row that has been begun."""
        wanted = [field for field in self if field.short_name in self.wanted and field.data in (None, "")]
        return [gettext("Please fill in “%(label)s”.", label=str(field.label.text)) for field in wanted]

    wanted: Sequence[str] = ()

    def row(self) -> dict[str, Any]:
        return {
            field.short_name: "" if field.data is None and field.type == "LineField" else field.data for field in self
        }


class GoodsForm(Line):
    wanted = ("name", "quantity", "unit_price")
    name = LineField(_("Product"), [Length(max=120)])
    specification = LineField(_("Specification"), [Length(max=80)])
    unit = LineField(_("Unit"), [Length(max=12)])
    quantity = WholeNumberField(_("Quantity"), [Optional(), NumberRange(1, 100_000_000)])
    unit_price = AmountField(_("Unit price"))


class TargetForm(Line):
    wanted = ("starts_on", "ends_on", "amount")
    starts_on = DateField(_("From day"), [Optional()])
    ends_on = DateField(_("To day"), [Optional()])
    amount = AmountField(_("Purchase target"))

    def faults(self) -> list[str]:
        found = super().faults()
        if not found and self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            found.append(gettext("The last day comes before the first."))
        return found


class PaymentForm(Line):
    wanted = ("amount",)
    kind = WordField(_("What it is for"), PaymentKind, default=PaymentKind.FIRST_ORDER)
    amount = AmountField(_("Amount"))
    due_days = WholeNumberField(_("Days after signing"), [Optional(), NumberRange(0, 3650)])
    due_on = DateField(_("or on the day"), [Optional()])

    def faults(self) -> list[str]:
        found = super().faults()
        if not found and self.amount.data is not None and self.amount.data <= 0:
            found.append(gettext("The amount must be more than nought."))
        dates = (self.due_days.data is not None) + (self.due_on.data is not None)
        if dates == 0:
            found.append(gettext("When is it due? A contract with no date for payment is not to be signed."))
        elif dates == 2:
            found.append(gettext("Please give either days after signing or a day, not both."))
        return found


class ContractForm(Form):
    """The terms in groups. Fields of the template's free variables are added per version."""

    version = HiddenField()
    tier = WordField(_("Tier"), Tier)
    signatory_kind = WordField(_("Signs as"), SignatoryKind)
    signatory = LineField(_("Signatory"), [Length(max=60)])
    signatory_title = LineField(_("Signatory’s job title"), [Length(max=60)])
    signatory_mobile = MobileField(_("Signatory’s mobile"))
    grants = SelectMultipleField(_("Territory"), coerce=_id_or_none, validate_choice=False)
    starts_on = DateField(_("First day"), [Optional()])
    ends_on = DateField(_("Last day"), [Optional()])
    total = AmountField(_("Contract sum"))
    deposit = AmountField(_("Deposit"))
    deposit_refund = LineField(
        _("When the deposit comes back"),
        [Length(max=200)],
        description=_("For instance: when five outlets are opened, or at the end without arrears."),
    )
    package_id = SelectField(_("Package"), coerce=_id_or_none, validate_choice=False)
    discount_percent = AmountField(_("Discount in percent"), most=HUNDRED)
    rebate_percent = AmountField(_("Rebate in percent"), most=HUNDRED)
    credit_days = WholeNumberField(_("Days of credit"), [Optional(), NumberRange(0, 3650)])
    goods = FieldList(FormField(GoodsForm), min_entries=1, max_entries=MOST_LINES)
    targets = FieldList(FormField(TargetForm), min_entries=1, max_entries=MOST_LINES)
    payments = FieldList(FormField(PaymentForm), min_entries=1, max_entries=MOST_LINES)

    template_version: TemplateVersion

    @property
    def variables(self) -> list[Field]:
        return [self[name_of(each)] for each in self.template_version.variables if is_typed(each)]

    def terms(self) -> dict[str, Any]:
        """Return the terms that can be read, by column; what cannot is left as it stands in the row."""
        found = {name: self[name].data for name in TERMS if not self[name].errors}
        found |= {name: 0 for name in _NUMBERS if name in found and found[name] is None}
        if not self.signatory_mobile.errors:
            found["signatory_mobile"] = self.signatory_mobile.data or ""
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:  # the table refuses it; it is kept as typed
            del found["starts_on"], found["ends_on"]
        return found

    def lines(self) -> Lines:
        """Return the rows that are complete."""
        return Lines(**{name: [entry.form.row() for entry in self[name] if _is_whole(entry)] for name in GROUPS})

    def typed_values(self) -> dict[str, str]:
        return {field.short_name.removeprefix("v_"): str(field.data or "") for field in self.variables}

    def is_readable(self) -> bool:
        """Tell whether everything that was typed can be stored. Call it after `validate`."""
        single = (field for field in self if field.short_name not in GROUPS)
        starts, ends = self.starts_on.data, self.ends_on.data
        in_order = not (starts and ends and ends < starts)
        return in_order and not any(field.errors for field in single) and all(map(_can_go, self._entries()))

    def _entries(self) -> Iterator[FormField]:
        for name in GROUPS:
            yield from self[name]

    def row_faults(self) -> Mapping[str, list[str]]:
        """Return what is wrong with rows that have been begun, by the name of the row."""
        found = {}
        for entry in self._entries():
            if not entry.form.is_blank and not _is_whole(entry):
                unread = [error for errors in entry.errors.values() for error in errors] if entry.errors else []
                found[entry.name] = unread or entry.form.faults()
        return found


def _is_whole(entry: FormField) -> bool:
    return not entry.form.is_blank and not entry.errors and not entry.form.faults()


def _can_go(entry: FormField) -> bool:
    return entry.form.is_blank or _is_whole(entry)


def form_for(
    contract: Contract,
    version: TemplateVersion,
    grants: Sequence[TerritoryGrant],
    packages: Sequence[Package],
    formdata: Any = None,
) -> ContractForm:
    """Return the form of a contract. Without `formdata` it shows what is stored."""
    extra = {name_of(each): field_of(each) for each in version.variables if is_typed(each)}
    made = type("ContractFormOfVersion", (ContractForm,), extra)
    values = {name: getattr(contract, name) for name in (*TERMS, "signatory_mobile", "version")}
    values |= {f"v_{key}": value for key, value in values_of(contract).items()}
    values |= {"payments": contract.payment_terms, "goods": contract.goods, "targets": contract.targets}
    values["grants"] = [grant.id for grant in grants if grant.contract_id == contract.id]
    form: ContractForm = made(formdata=formdata, data=values)
    form.template_version = version
    form.grants.choices = [(grant.id, grant.region.name) for grant in grants]
    form.package_id.choices = [("", gettext("No package")), *((each.id, each.name) for each in packages)]
    return form
