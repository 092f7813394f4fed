"""The corpus lies beside the tests; its name is its own, so that it can be imported as it is."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
