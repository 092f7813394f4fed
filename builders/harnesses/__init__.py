"""Harnesses: gameqa as a benchmark of lmms-eval, VLMEvalKit and inspect_ai, one room for each.

All take the same rows (a built or pushed dataset), ask `gameqa.prompts.prompt_text` and score by
`gameqa.grade`. The packages themselves are needed only where they run.
"""
