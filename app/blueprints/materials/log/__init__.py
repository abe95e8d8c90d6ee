"""The log of a material: what came, broke, was counted, stands, and went. Phones and console write the same rows."""
