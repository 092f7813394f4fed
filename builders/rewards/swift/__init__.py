"""The rewards for ms-swift; see `gameqa.builders.rewards.swift.gameqa_plugin`.

The plugin has a folder of its own because ms-swift puts the folder of a plugin on Python's path: in
the folder above, our trl.py would then be taken for TRL.
"""

from __future__ import annotations

from gameqa.builders.rewards.swift.gameqa_plugin import GameQA, GameQAFormat, register

__all__ = ["GameQA", "GameQAFormat", "register"]
