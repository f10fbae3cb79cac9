"""Keeps the web server and the workers of one machine together: starts them, passes on the word to stop.

Standard library only, and started as a program of its own, so that the process that merely waits needs no memory.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time

_PATIENCE = 10.0
_LEAST_LIFE = 5.0


def main() -> int:
    """Runs until the web server ends; returns its exit status."""
    options = _options()
    server = subprocess.Popen(_web_server(options))
    workers = [_worker() for _ in range(options.workers)]
    for name in (signal.SIGTERM, signal.SIGINT):
        # Whoever started us may say stop to us alone; the server hears of it through us.
        signal.signal(name, lambda *_: server.terminate())
    try:
        return _watch(server, workers)
    finally:
        _end([process for process, _ in workers])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bilik.config.supervise", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--processes", default="1")
    parser.add_argument("--threads", default="4")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _web_server(options: argparse.Namespace) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options.host, "--port", options.port,
        "--workers", options.processes, "--blocking-threads", options.threads,
        "--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--no-ws", "--log-level", "warning",
        "bilik.config.wsgi:application",
    ]  # fmt: skip


def _worker() -> tuple[subprocess.Popen[bytes], float]:
    return subprocess.Popen([sys.executable, "-m", "bilik.config.cli", "worker"]), time.monotonic()


def _watch(server: subprocess.Popen[bytes], workers: list[tuple[subprocess.Popen[bytes], float]]) -> int:
    """Waits for the server, and starts a worker again that died (not one that cannot even start)."""
    while True:
        try:
            code = server.wait(1.0)
        except subprocess.TimeoutExpired:
            for place, (worker, born) in enumerate(workers):
                if worker.poll() is not None and time.monotonic() - born > _LEAST_LIFE:
                    workers[place] = _worker()
            continue
        return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else code


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
    sys.exit(main())
