"""The list of packages, which setup.cfg cannot express; everything else is in setup.cfg.

A new folder gameqa/games/<slug>/ is found without an edit here.
"""

from setuptools import find_packages, setup

INSIDE_GAMEQA = ("builders", "dataset_card")

setup(
    packages=find_packages(include=["gameqa", "gameqa.*"])
    + [
        f"gameqa.{package}"
        for folder in INSIDE_GAMEQA
        for package in find_packages(include=[folder, f"{folder}.*"])
    ]
)
