"""The built-in studio: deterministic, key-free; one maker for each role."""
