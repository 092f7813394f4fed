"""The one small place that registers the builder with ``datasets``: `install`."""


def install() -> None:
    """Placeholder until the builder lands."""
