"""Places: one module per family, each a set of functions that build one kind of place on a stage."""
