"""Publishing: a finished build goes to the Hub whole or not at all, and comes back checked.

>>> from gameqa.builders import hub
>>> hub.push("gameqa-5k", "user/gameqa-5k")
>>> [failure for report in hub.verify("user/gameqa-5k") for failure in report.failures]
[]
"""

from __future__ import annotations

from gameqa.builders.hub.push import Pushed, push
from gameqa.builders.hub.verification import FileReport, verify

__all__ = ["FileReport", "Pushed", "push", "verify"]
