"""The ledger: every sum that changes what is owed is a row, and is only ever undone by another row."""
