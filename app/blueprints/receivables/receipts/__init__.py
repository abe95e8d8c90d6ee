"""Money taken down by hand from a slip, confirmed by finance, and divided over what is open."""
