"""Google: Gemini's text, pictures and speech, Omni's videos by interactions, and Veo's by long operations."""
