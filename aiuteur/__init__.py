"""The studio: film, money, models and media. It imports no orchestrator."""
