"""Passwords, hashed by argon2id in a thread. About 50 ms and 32 MiB each, two at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.access.model import same_on_every_keyboard

T = TypeVar("T")

_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)

# Threads of their own: a flood of sign-ins waits here, and takes neither memory nor the threads of others.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


async def hashed(password: str) -> str:
    return await _in_thread(_HASHER.hash, same_on_every_keyboard(password))


async def fits(password: str, password_hash: str | None) -> bool:
    """Without a hash (nobody has this address, or no password yet) it takes as long, and never fits."""
    return await _in_thread(_fits, same_on_every_keyboard(password), password_hash)


def is_outdated(password_hash: str) -> bool:
    """Hashed with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def _fits(password: str, password_hash: str | None) -> bool:
    try:
        return _HASHER.verify(password_hash or _hash_of_nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash("the password of nobody")


async def _in_thread(function: Callable[..., T], *args: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, function, *args)
