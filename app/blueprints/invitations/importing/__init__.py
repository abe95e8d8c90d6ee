"""Taking in an invite list: which column means what, what each cell says, and what becomes of each row.

`columns`, `values` and `rules` are pure: text in, verdict out. A person sees the outcome before anything is changed.
"""
