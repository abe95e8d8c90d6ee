"""The company's file of those who work at events: own staff with accounts, and people hired for the day."""
