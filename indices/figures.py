"""The figures that index records can state."""


def register_all():
    """Teach the kernel this floor's figures; called once when the app is ready."""
