"""A pytest plugin, named in pyproject.toml because it must act before the settings are read.

Tests get a data folder of their own and none of the caller's settings, so that they never touch a real academy.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# These say what the machine offers, not what the academy is.
KEPT = ("BILIK_LEARNER_LIBRARIES", "BILIK_SANDBOX_WITHOUT")


def _use_a_scratch_folder() -> None:
    for name in [name for name in os.environ if name.startswith("BILIK_") and name not in KEPT]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="bilik-tests-")
    # Programs run as another user must be able to walk through; what is secret in it has its own mode.
    os.chmod(folder, 0o755)
    os.mkdir(os.path.join(folder, "static"))
    os.environ["BILIK_DATA"] = folder
    os.environ["BILIK_LOG_LEVEL"] = "CRITICAL"
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)


_use_a_scratch_folder()
