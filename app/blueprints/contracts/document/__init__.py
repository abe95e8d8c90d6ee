"""The document of a contract: from an approved version and its values to a PDF that may be signed.

`rules.grammar` reads the language of clauses, `rules.values` the kinds of value, `rules.filling` puts both together and
stops when something is missing; none of them can run what a person typed. `queries.values_of` finds the values of a
contract, `print.make` draws the pages. Nothing here writes a row.
"""
