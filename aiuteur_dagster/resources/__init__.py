"""The orchestra's resources."""
