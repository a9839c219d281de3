"""The ledger for people: where everything that came in on a day is now, and whether all of it can be found again."""
