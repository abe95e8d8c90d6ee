"""The rooms, lowest first. A room may call actions and queries of a lower one, never of a higher one."""

from flask import Blueprint

from app.blueprints.auth import blueprint as auth
from app.blueprints.dealers import blueprint as dealers
from app.blueprints.events import blueprint as events
from app.blueprints.home import blueprint as home

ROOMS: tuple[Blueprint, ...] = (auth, dealers, events, home)
