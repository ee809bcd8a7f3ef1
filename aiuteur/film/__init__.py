"""Floor 1, the nouns: what each department of a film writes down, as frozen pydantic models. No behaviour beyond validation."""
