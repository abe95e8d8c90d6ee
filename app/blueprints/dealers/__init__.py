"""Dealers: the company's file of everybody who may be invited.

One row is a company with the one person to be invited; one mobile number is one person. `actions.set_keys` is the only
place that works out what a dealer is searched, ordered and compared by. A rep sees the dealers they own and the pool.
"""

from flask import Blueprint

blueprint = Blueprint("dealers", __name__, url_prefix="/dealers")
