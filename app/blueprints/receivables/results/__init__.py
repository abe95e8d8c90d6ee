"""What came in for the sales targets of contracts: the figure, and the payments it is made of."""
