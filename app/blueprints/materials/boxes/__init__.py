"""Boxes: what is in which, where each stands, and the labels by which a phone knows them again.

A label's code tells nothing by itself. Blank labels are rows without an event, printed on stock; whoever first
scans one says which box it stands on (`actions.bind`), and from then on it belongs to that event.
"""
