"""The built-in illustrator's drawing: palettes, places, figures and the display list that two engines render."""
