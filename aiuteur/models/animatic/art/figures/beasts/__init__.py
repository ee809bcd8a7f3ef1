"""Animals of a cast: a person's body in clothes, with the head, the coat and the tail of an animal."""
