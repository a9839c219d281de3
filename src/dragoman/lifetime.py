"""Children that never outlive us, even when we are killed without a word."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # prctl(2)

# Loaded now: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(by: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: the new process receives `by` when the thread that starts it is gone.

    Only Linux offers this; elsewhere a child of a killed parent is found and ended at the next start.
    """
    parent = os.getpid()
    return lambda: end_with(parent, by)


def end_with(parent: int, by: signal.Signals) -> None:
    """Called in the child itself: end by the signal `by` when its parent is gone."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:  # it died before we could ask
            os.kill(os.getpid(), by)
