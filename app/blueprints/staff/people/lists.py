"""The list of people: columns, chips, search."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.blueprints.staff.people import queries
from app.blueprints.staff.queries import WITH_USER
from app.models import StaffKind, StaffPerson
from app.phones import display
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

MOST_AGENCIES = 40


def _kinds(counts: dict[Any, int]) -> list[Option]:
    return counted([Option(k.value, word(k).text, word(k).tone, word(k).icon) for k in StaffKind], counts)


def _there(counts: dict[Any, int]) -> list[Option]:
    return [
        Option("yes", _("Works for us"), "green", "check", counts.get(True, 0)),
        Option("no", _("Has left"), "secondary", "user-off", counts.get(False, 0)),
    ]


def _agencies(counts: dict[Any, int]) -> list[Option]:
    named = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    return [Option(name, name, icon="building", count=counts[name]) for name in named[:MOST_AGENCIES]]


def _size(person: StaffPerson) -> str:
    return " ".join([*([str(word(person.cut).text)] if person.cut else []), person.clothing_size]).strip()


def spec(*, exports: bool, sees_rates: bool) -> TableSpec:
    """Describe the list. What somebody is paid is for those who plan."""
    rates = (
        (Column("rate", _("Day rate"), sort=StaffPerson.day_rate, numeric=True, text=lambda p: p.day_rate),)
        if sees_rates
        else ()
    )
    return TableSpec(
        name="people",
        columns=(
            Column("name", _("Name"), sort=StaffPerson.sort_key, hideable=False, text=lambda p: p.name),
            Column("kind", _("Works as"), sort=StaffPerson.kind, text=lambda p: str(word(p.kind).text)),
            Column("agency", _("Agency"), sort=StaffPerson.agency, text=lambda p: p.agency),
            Column("mobile", _("Mobile"), text=lambda p: display(p.mobile) if p.mobile else ""),
            Column("mail", _("Mail address"), shown=False, text=lambda p: p.mail or ""),
            *rates,
            Column("size", _("Work clothes"), text=_size),
            Column("ahead", _("Duties ahead"), numeric=True),
            Column(
                "there",
                _("State"),
                sort=StaffPerson.is_active,
                text=lambda p: gettext("Works for us") if p.is_here else gettext("Has left"),
            ),
        ),
        tie=StaffPerson.id,
        default_sort="name",
        filters=(
            Filter("kind", _("Works as"), StaffPerson.kind, _kinds, StaffKind),
            Filter("agency", _("Agency"), StaffPerson.agency, _agencies),
            Filter("there", _("State"), StaffPerson.is_active, _there, lambda value: value == "yes"),
        ),
        search=queries.matching,
        row_url=lambda p: url_for("staff.person", person_id=p.id),
        exports=exports,
        file_name="people",
        load=(WITH_USER,),
    )
