"""The trusted side: many threads, deaths, forks, limits of the platform."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from runner.faults import Busy, PlatformFault
from runner.host import Pool, Runner
from runner.job import Call, Job, Limits
from runner.tests.processes import descendants, eventually
from runner.warm import _ROOT

DOUBLE = "def double(x):\n    return x * 2\n"
SLEEP = Job("program", "import time; time.sleep(1)", inputs=("",), limits=Limits(wall_seconds=2))


def doubled(pool: Pool, number: int) -> bool:
    result = pool.run(Job("calls", DOUBLE, calls=(Call("double", (number,)),)), 60)
    return result.ended == "finished" and result.runs[0].returned() == 2 * number


def test_200_jobs_from_8_threads_are_all_right_and_leak_nothing() -> None:
    with Pool(size=4) as pool:
        assert doubled(pool, 1)
        before = len(os.listdir("/proc/self/fd"))
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(lambda number: doubled(pool, number), range(200)))
        assert len(os.listdir("/proc/self/fd")) == before
        assert pool.runner_for(Job("calls", "")).last_death == ""


def test_a_pool_that_is_full_says_so() -> None:
    with Pool(size=1) as pool:
        slow = threading.Thread(target=pool.run, args=(SLEEP,))
        slow.start()
        time.sleep(0.4)
        with pytest.raises(Busy):
            pool.run(SLEEP, wait_seconds=0.05)
        slow.join()


def test_a_warm_process_that_dies_is_replaced_and_the_job_done() -> None:
    with Runner() as runner:
        runner.start()
        first = runner._warm._process.pid
        threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
        assert runner.run(SLEEP).ended == "finished"
        assert runner._warm._process.pid != first
        assert runner.last_death


def test_closing_ends_every_process() -> None:
    runner = Runner()
    runner.start()
    keeper = runner._warm._process.pid
    assert eventually(lambda: len(descendants(keeper)) == 3), "the zygote and two waiting children"
    family = descendants(keeper)
    runner.close()
    assert eventually(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in family))


def test_a_warm_process_is_recycled() -> None:
    with Runner(recycle_after=3) as runner:
        keepers = set()
        for _ in range(7):
            runner.run(Job("program", "", inputs=("",)))
            keepers.add(runner._warm._process.pid)
        assert len(keepers) == 3


def test_a_host_killed_in_the_middle_of_a_job_leaves_nothing_behind() -> None:
    program = (
        "from runner.host import Runner\nfrom runner.job import *\nr = Runner()\nr.start()\n"
        "print(r._warm._process.pid, flush=True)\n"
        "r.run(Job('program', 'while True: pass', inputs=('',), "
        "limits=Limits(cpu_seconds=50, wall_seconds=50)))"
    )
    host = subprocess.Popen([sys.executable, "-c", program], cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    keeper = int(host.stdout.readline())
    time.sleep(0.5)
    family = {keeper, *descendants(keeper)}
    assert len(family) >= 4
    host.kill()
    host.wait()
    host.stdout.close()
    assert eventually(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in family))


def test_a_forked_worker_gets_a_warm_process_of_its_own() -> None:
    with Pool(size=1) as pool:
        assert doubled(pool, 1)
        mine = pool._runners["base"]._warm._process.pid
        pid = os.fork()
        if pid == 0:
            good = doubled(pool, 2) and pool._runners["base"]._warm._process.pid != mine
            pool.close()
            os._exit(0 if good else 1)
        assert os.waitpid(pid, 0)[1] == 0
        assert doubled(pool, 3)
        assert pool._runners["base"]._warm._process.pid == mine


def test_missing_libraries_are_the_platforms_fault(tmp_path: object) -> None:
    job = Job("program", "import numpy", inputs=("",), libraries=("numpy",))
    with Pool(library_path=str(tmp_path)) as pool, pytest.raises(PlatformFault, match="pip install"):
        pool.run(job)
    with Pool() as pool, pytest.raises(PlatformFault, match="offers requests"):
        pool.run(Job("program", "", inputs=("",), libraries=("requests",)))


def test_an_interpreter_that_is_not_there() -> None:
    with pytest.raises(PlatformFault, match="could not be started"):
        Runner(python="/nonexistent/python").run(Job("program", "", inputs=("",)))


def test_closing_the_socket_and_sleeping_holds_no_place(base: Runner) -> None:
    code = "import os, time\nos.close(3)\ntime.sleep(100)"
    result = base.run(Job("program", code, inputs=("",), limits=Limits(wall_seconds=30)))
    assert result.ended == "quit"
    assert result.wall_ms < 20_000


@pytest.mark.parametrize(
    "sent",
    [
        "b'\\xff\\xff\\xff\\xff' + b'x' * 100_000",
        "b'\\x00\\x03\\x0d\\x40' + b'[' * 200_000",
        "b'\\x00\\x00\\x00\\x04null'",
        "b'\\x00\\x01\\x00\\x00' + b'9' * 65536",
        '__import__("struct").pack("!I", 29) + b\'{"kind":"end","kind":"end"   }\'',
    ],
)
def test_garbage_on_the_socket_is_a_broken_protocol(base: Runner, sent: str) -> None:
    code = f"import os\nos.write(3, {sent})\nimport time; time.sleep(100)"
    assert base.run(Job("program", code, inputs=("",), limits=Limits(wall_seconds=5))).ended == "protocol"
