"""The orchestra: Dagster, and no film logic."""
