"""Floor 5, what leaves the studio: screenplay, captions, storyboard, film."""
