"""The sound stage of the animatic studio: rooms, ambience and music, synthesised from a scene's place, hour, weather and mood."""
