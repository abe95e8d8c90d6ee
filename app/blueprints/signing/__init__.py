"""Signing: from the pen in the dealer's hand to the sealed document.

`sessions` is the dealer's page on a tablet or phone, `paper` the same on paper, `countersign` our officer's mark, which
seals the document and makes everything that follows from it in one transaction, `certificate` the audit trail and the
verification anybody may use, `wall` the screen in the hall, `services` the door to a licensed signing service.
"""

from flask import Blueprint

blueprint = Blueprint("signing", __name__)
