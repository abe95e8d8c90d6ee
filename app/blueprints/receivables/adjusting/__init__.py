"""Changes of the ledger that are asked for, worked out by rule, and approved by others before they are posted."""
