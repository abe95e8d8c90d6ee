"""The way to the signature: submit, review, return, approve."""
