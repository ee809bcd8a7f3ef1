"""The orchestra's sensors."""
