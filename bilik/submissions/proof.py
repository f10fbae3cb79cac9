"""No judging without proof: the quick self-test must have passed on this machine, with this very sandbox."""

from __future__ import annotations

import hashlib
import os
import platform
from pathlib import Path

from bilik.grading.verdict import PlatformFault
from runner import selftest
from runner.host import default_library_path

_RUNNER = Path(selftest.__file__).parent


def demand_proof(stamp: Path) -> None:
    """Returns when the self-test has passed here before, or passes now; `stamp` is the file that remembers it.

    Raises PlatformFault with the cases that were not stopped. Anything that could change the outcome (the sandbox's
    own files, the kernel, the interpreter, the user, mechanisms left out) makes the proof void.
    """
    here = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8").strip() == here:
        return
    report = selftest.run_selftest("quick")
    if not report.passed:
        failed = ", ".join(f"{o.number} {o.title}" for o in report.outcomes if o.stopped is False)
        raise PlatformFault(f"the sandbox did not stop these cases: {failed}. Nothing is judged until it does")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(here + "\n", encoding="utf-8")


def fingerprint() -> str:
    """What the proof holds for, as one digest."""
    parts = [platform.release(), platform.machine(), platform.python_version(), str(os.geteuid())]
    parts += [os.environ.get("BILIK_SANDBOX_WITHOUT", ""), default_library_path()]
    digest = hashlib.sha256("\n".join(parts).encode())
    for file in sorted(_RUNNER.rglob("*.py")):
        if "tests" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()
