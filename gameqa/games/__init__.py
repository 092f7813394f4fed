"""The games, a folder each with the same rooms: rules, generation, picture, tasks, solver."""
