"""Values in, verdict out: rides, rooms, meals, and what has changed since a sheet was handed out."""
