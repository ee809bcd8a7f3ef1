"""Floor 3, pixels and sound: storage, probe, encode, conform, measure, mix, captions."""
