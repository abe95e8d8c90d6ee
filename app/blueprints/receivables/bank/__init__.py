"""The bank's files: read, matched with what is owed, confirmed by finance.

`reading` turns a file into lines, `rules` know a line again and say what it pays, `taking` writes both down, `deciding`
books what finance confirms. Nothing is booked without a person, and nothing that is a tie by pressing one button.
"""
