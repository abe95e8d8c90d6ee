"""The rooming list, and the rooms hotels keep for us."""
