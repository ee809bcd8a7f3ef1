"""Floor 5, one module per stage: what it reads, what is missing, ask, record."""
