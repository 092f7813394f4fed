"""The commands of `gameqa`, one file each."""
