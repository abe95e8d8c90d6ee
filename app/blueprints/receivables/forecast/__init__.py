"""When open money is expected, week by week."""
