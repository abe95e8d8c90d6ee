"""Materials: what has to be in the hall, how many, who sees to it, and how far each thing is.

How many are wanted is never stored: `rules.quantity` works it out from the rule of the row and from who is coming, so
a figure on the list is as fresh as the head count. What is ordered is rows (`MaterialOrder`); the difference is what
can be ordered on top. What came, broke, stands or went is a log (`Movement`), and every figure of a material is a fold
over it (`rules.figures`) that does not care in which order entries arrive, so that a phone without network may
deliver them late.

`queries.sheet` loads all of one event with a fixed number of queries. `orders`, `proofs`, `log` and `stock` hold what
is done to a material, `printing` the lists on paper, `template` the standard conference's rows.
"""

from flask import Blueprint

blueprint = Blueprint("materials", __name__)
