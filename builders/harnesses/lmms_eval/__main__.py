"""``python -m gameqa.builders.harnesses.lmms_eval``: the folder for ``--include_path``."""

from __future__ import annotations

from gameqa.builders.harnesses.lmms_eval import FOLDER

if __name__ == "__main__":
    print(FOLDER)
