"""Prompt templates as files, apart from the code that sends them."""
