"""Put before every abuse program: tells for each attack whether it succeeded (ESCAPED) or was held."""


def attempt(name, action):
    try:
        action()
    except BaseException as refusal:
        print("held", name, type(refusal).__name__)
    else:
        print("ESCAPED", name)


def libc_call(*arguments):
    """A raw system call through ctypes, as a learner could make it; OSError when refused."""
    import ctypes
    import os

    libc = ctypes.CDLL(None, use_errno=True)
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    answer = libc.syscall(*words)
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
