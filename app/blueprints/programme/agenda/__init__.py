"""Sessions with their slides and rehearsals."""
