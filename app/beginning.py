"""Python's search for garbage waits while the program is read in: it would find none, again and again.

The first name imported in `app/__init__.py`, which says when it is over: a quarter of each start's CPU.
"""

import gc

_WAS_ON = gc.isenabled()
gc.disable()


def over() -> None:
    if _WAS_ON:
        gc.enable()
