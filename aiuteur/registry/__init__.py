"""Floor 3, what is known: versions and pointers, branches, the ledger, in Postgres."""
