"""Figures and tables that the other rooms know of an event, to be put where a placeholder stands.

A room above this one, or one that comes later (the agenda), adds what it knows:

    known.register(Known("agenda", N_("agenda table"), agenda, is_block=True))
"""
