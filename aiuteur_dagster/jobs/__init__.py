"""The orchestra's jobs."""
