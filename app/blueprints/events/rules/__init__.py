"""What the events room decides: which status follows which, what moves with a date, who is counted how, where an
event stands, and what in it needs a person. Values in, verdict out.
"""
