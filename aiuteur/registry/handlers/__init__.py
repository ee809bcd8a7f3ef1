"""What each command does to the registry: one module for each family of commands, all named in `table`."""
