"""`gameqa audit`: hold a dataset to what the project promises, over every game, task and level."""
