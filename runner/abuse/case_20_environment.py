# case: 20
# title: Secrets in the environment
# holds: finished
# quick: yes
# by: an environment of our own, then emptied
import ctypes
import os

if os.environ or os.environb:
    print("ESCAPED", dict(os.environ))
getenv = ctypes.CDLL(None).getenv
getenv.restype = ctypes.c_char_p
for name in (b"PATH", b"HOME", b"DATABASE_URL", b"SECRET_KEY", b"BILIK_CANARY"):
    if getenv(name) is not None:
        print("ESCAPED", name)
