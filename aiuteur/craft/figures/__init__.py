"""The arithmetic of figures: running state, trends, drift, forecasts, effects, agreement. Numbers in, claims out."""
