"""Contracts: from an approved template to a document that may be signed, and the register they are kept in.

`templates` holds the documents the company signs again and again; `drafting` the terms of one contract; `approval` who
must say yes; `gate` what must be there before the pen is given; `talks` the order of signing and who sits with whom;
`register` the archive. The life of a contract is one table: `rules.life`. The pen itself belongs to the signing room.
"""

from flask import Blueprint

blueprint = Blueprint("contracts", __name__)
