"""What the commands of `aiuteur` do, and how they show it."""
