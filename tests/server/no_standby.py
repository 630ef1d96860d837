"""A server whose every COMMIT waits for a standby that is not there, until the block ends."""

import time
from contextlib import contextmanager


@contextmanager
def no_standby(postgres):
    """Each COMMIT waits for a standby that is not there."""
    try:
        _standbys(postgres, "ANY 1 (nobody)")
        yield
    finally:
        _standbys(postgres, "")


def _standbys(postgres, names):
    postgres.superuser(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    postgres.superuser("SELECT pg_reload_conf()")
    while postgres.superuser("SHOW synchronous_standby_names") != [names]:
        time.sleep(0.02)
