"""The commands of `aiuteur`, a family a module; each is imported when it is given."""
