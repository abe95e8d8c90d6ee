"""The order in which dealers sign, the queue at the tables, and the sheet for the host of the ceremony."""
