"""The address that load balancers and `make run` ask whether we serve."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from app.extensions import db, limiter
from app.web.guards import public

blueprint = Blueprint("health", __name__)
limiter.exempt(blueprint)


@blueprint.get("/healthz")
@public("load balancers have no account, and it tells nothing but that the database answers")
def healthz() -> Response:
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
