"""Groups of guests, each with a leader among them and a host of ours."""
