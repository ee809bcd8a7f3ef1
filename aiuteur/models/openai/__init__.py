"""OpenAI, and every server that speaks as it does: text, pictures, speech, and video where a gateway still offers it."""
