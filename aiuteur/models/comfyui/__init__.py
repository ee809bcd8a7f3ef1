"""Your own ComfyUI over HTTP: pictures and clips from workflows that are kept as JSON templates."""
