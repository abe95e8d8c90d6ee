"""Who may sit where, who had best sit where, and whether a hall is laid out well. Values in, verdict out."""
