"""Floor 2, the verbs: pure functions from nouns to nouns. No input or output, no clock, no chance."""
