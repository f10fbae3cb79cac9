"""What every warm process needs around it: a keeper that ends it with its host, and a way to speak."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
from typing import Any, NoReturn

from runner import lockdown

_OWN_DESCRIPTORS_FROM = 20


def move_up(descriptor: int) -> int:
    """Out of the numbers that a child gives to its job, so that nothing is overwritten."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OWN_DESCRIPTORS_FROM)
    os.close(descriptor)
    return moved


def tell(control: socket.socket, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Send one message to the host, with descriptors."""
    socket.send_fds(control, [json.dumps(message).encode()], list(descriptors))


def keep(host: int, warm: int) -> NoReturn:
    """The keeper's life: when the host dies by whatever signal, the warm process and all children die.

    A parent-death signal would not do: it fires when the *thread* ends that started us.
    """
    lockdown.shrink_zygote_rights()
    life = os.pidfd_open(warm)
    watched = select.poll()
    watched.register(host, select.POLLIN)
    watched.register(life, select.POLLIN)
    while True:
        ended = {descriptor for descriptor, _ in watched.poll()}
        if host in ended:
            signal.pidfd_send_signal(life, signal.SIGKILL)
        os.waitpid(warm, 0)
        os._exit(0)
