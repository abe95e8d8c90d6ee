"""Signing Day: dealer recruitment conferences, from the invite list to the bank."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import beginning, cli, config, fonts, health, worker
from app.blueprints import ROOMS
from app.extensions import babel, csrf, db, limiter, login_manager, mail, migrate, prepare_sqlite
from app.web import context, errors, headers, identity, locale

beginning.over()


def create_app(environment: Mapping[str, str] | None = None, **overrides: Any) -> Flask:
    """Build the application. `environment` stands in for the process's own; `overrides` are for tests."""
    app = Flask(__name__)
    app.config.update(config.load(environment), **overrides)
    headers.start_logging(level=app.config["LOG_LEVEL"], as_json=app.config["LOG_JSON"])
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
    babel.init_app(app, locale_selector=locale.select_locale)
    csrf.init_app(app)
    limiter.init_app(app)
    mail.init_app(app)
    login_manager.init_app(app)
    fonts.use_fallback_folder(app.config["EXTRA_FONTS"])

    identity.init()
    headers.init(app)
    errors.init(app)
    locale.init(app)
    context.init(app)
    app.register_blueprint(health.blueprint)
    for room in ROOMS:
        app.register_blueprint(room)
    worker.init(app)
    cli.register(app)
    return app
