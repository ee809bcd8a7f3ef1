"""One module for each step of the schema, up and down."""
