"""How the embedded PostgreSQL is tuned: one small machine that it shares with our own processes."""

from collections.abc import Mapping
from pathlib import Path

FOR_A_SMALL_MACHINE: Mapping[str, str] = {
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    # Queues are small tables with many dead rows: they are swept often, long before they slow a claim.
    "autovacuum_naptime": "15s",
    "autovacuum_vacuum_scale_factor": "0.05",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log must never hold what a customer wrote: no statements, no values of a violated key.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

FOR_THROWING_AWAY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}
"""For tests: a server whose data nobody will miss."""


def command_line(settings: Mapping[str, str], *, sockets: Path, commit_delay_us: int) -> list[str]:
    """The server's arguments: our tuning, then the caller's `settings`, and no network address at all."""
    fixed = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        # Stands in for a slower disk: each commit waits this long, also when nobody else commits.
        "commit_delay": str(commit_delay_us),
        "commit_siblings": "0",
    }
    chosen = {**FOR_A_SMALL_MACHINE, **settings, **fixed}
    return [argument for name, value in chosen.items() for argument in ("-c", f"{name}={value}")]
