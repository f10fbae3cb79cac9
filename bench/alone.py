"""Ways to run one program without a web server: prints the seconds of each run as JSON.

python bench/alone.py {pool,pool-numpy,cold,bwrap} COUNT < PROGRAM
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

from runner.host import Pool
from runner.job import Job
from runner.warm import default_python

NUMPY_PROGRAM = """
import numpy as np
x = np.arange(12.0).reshape(3, 4)
e = np.exp(x - x.max(axis=1, keepdims=True))
print((e / e.sum(axis=1, keepdims=True)).round(3).tolist())
"""
# Nothing of the machine but its files to read, no network, no other processes in sight.
_BWRAP = [
    "bwrap",
    "--unshare-all",
    "--die-with-parent",
    "--ro-bind",
    "/",
    "/",
    "--tmpfs",
    "/tmp",
    "--chdir",
    "/tmp",
]


def timed(one: Callable[[], bool], count: int) -> list[float]:
    """How long each of `count` runs took, after five that do not count. Ends when one does not work."""
    seconds = []
    for number in range(count + 5):
        begun = time.perf_counter()
        if not one():
            raise SystemExit("the program did not run to its end")
        if number >= 5:
            seconds.append(time.perf_counter() - begun)
    return seconds


def in_process(command: list[str], code: str) -> Callable[[], bool]:
    """A new Python for each answer."""

    def one() -> bool:
        done = subprocess.run(
            [*command, default_python(), "-I", "-c", code], input=b"", capture_output=True, check=False
        )
        return done.returncode == 0 and bool(done.stdout)

    return one


def in_pool(pool: Pool, code: str, libraries: tuple[str, ...]) -> Callable[[], bool]:
    """The sandbox."""
    job = Job(mode="program", code=code, inputs=("",), libraries=libraries)

    def one() -> bool:
        result = pool.run(job)
        return result.ended == "finished" and bool(result.runs[0].output)

    return one


def _main() -> None:
    way, count, code = sys.argv[1], int(sys.argv[2]), sys.stdin.read()
    if way in ("cold", "bwrap"):
        print(json.dumps(timed(in_process(_BWRAP if way == "bwrap" else [], code), count)))
        return
    with Pool() as pool:
        libraries = ("numpy",) if way == "pool-numpy" else ()
        print(json.dumps(timed(in_pool(pool, NUMPY_PROGRAM if libraries else code, libraries), count)))


if __name__ == "__main__":
    _main()
