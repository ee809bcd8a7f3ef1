"""The animatic cinematographer's camera: planes of a picture, the path of the lens, the air in front of it."""
