"""Response forms: the ways a model words a right answer, and what comes close but is wrong.

Nothing here imports `gameqa.grading`: the corpus knows answers only by their values, their
canonical texts, and the tasks that accept them.
"""
