"""The orchestra's assets."""
