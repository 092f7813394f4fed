"""Rewards: `gameqa.grade` in the shape that each trainer calls, one file a trainer.

Accuracy is 1 or 0. The format reward (whether the answer stands where the prompt wants it) is apart
from it: a function of its own where the trainer adds functions up, and otherwise a value beside it
that counts with a weight. ``python -m gameqa.builders.rewards verl`` prints the path of a file, for
trainers that want one.
"""
