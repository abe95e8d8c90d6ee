"""Lists: their total is that of the rows shown, whatever is searched, pressed or left out of the chips."""

from itertools import product

from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.access import Role
from app.blueprints.auth.user_list import users_list
from app.extensions import db
from app.models import User
from app.web.tables import Column, Filter, Option, Table, TableSpec, counted
from tests.build import Builder


def _one_chip(counts: dict[object, int]) -> list[Option]:
    """Chips that leave rows out: nobody without a department, and only one of the departments."""
    return counted([Option("销售部", "销售部")], counts)


def test_the_total_is_the_number_of_rows(app: Flask, build: Builder) -> None:
    for n, (role, department) in enumerate(product((Role.PLANNER, Role.DIRECTOR), ("销售部", "", "财务部"))):
        build.user(role, Role.FINANCE, department=department, name=f"人{n}", is_active=n != 2)
    few = TableSpec(
        name="few",
        columns=(Column("name", "Name", sort=User.name),),
        tie=User.id,
        default_sort="name",
        filters=(Filter("department", "Department", func.nullif(User.department, ""), _one_chip),),
        search=User.name.contains,
    )
    asked = product(({}, {"q": "人"}, {"q": "4"}), ({}, {"role": "planner"}), ({}, {"state": "on"}, {"state": "gone"}),
                    ({}, {"department": "财务部"}))  # fmt: skip
    with app.test_request_context():
        for parts, table in product(asked, (users_list(), few)):
            arguments = MultiDict([pair for part in parts for pair in part.items()])
            shown = Table(table, select(User), arguments).load()
            assert shown.total == len(list(db.session.scalars(shown.statement()).unique())), arguments
