"""The follow-up: whom to call next and why, calls with their promises, how a dealer pays, statements of account."""
