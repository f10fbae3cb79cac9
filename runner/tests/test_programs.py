"""Programs and compilers in their pen: hostile ones, by their number in the list of abuse, and honest ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.faults import PlatformFault
from runner.job import BadJob
from runner.mechanisms import SWITCH
from runner.programs.host import Programs
from runner.programs.task import Ended, How, Purpose, Task, TaskLimits
from runner.tests.processes import descendants, eventually
from runner.warm import default_python

PYTHON = default_python()
GCC = "/usr/bin/gcc"
needs_gcc = pytest.mark.skipif(not os.path.exists(GCC), reason="no C compiler here")
pytestmark = pytest.mark.sandbox
SHORT = TaskLimits(cpu_seconds=1, wall_seconds=3, memory_mb=128, address_mb=512, output_kb=256)
COMPILING = TaskLimits(
    cpu_seconds=3, wall_seconds=8, memory_mb=1024, address_mb=1536, output_kb=8192, box_kb=16384, processes=32
)


@pytest.fixture(scope="module")
def programs() -> Iterator[Programs]:
    with Programs() as own:
        yield own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that a stranger can read, in one that nobody can enter."""
    path = tmp_path / "job"
    path.mkdir(mode=0o755)
    return path


def python(programs: Programs, code: str, limits: TaskLimits = SHORT, stdin: bytes = b"", **more: object) -> Ended:
    return programs.run(Task((PYTHON, "-E", "-s", "-B", "-c", code), limits, **more), stdin)  # type: ignore[arg-type]


def compiled(programs: Programs, folder: Path, source: str, name: str = "a.c") -> Ended:
    (folder / name).write_text(source)
    command = (GCC, "-O1", "-w", "-pipe", "-o", "/box/out/a", f"/job/{name}", "-lpthread")
    return programs.run(
        Task(
            command,
            COMPILING,
            Purpose.TOOL,
            folder=str(folder),
            environment={"PATH": "/usr/bin", "TMPDIR": "/box"},
            made=("out",),
            collect=("out",),
        )
    )


def run_c(programs: Programs, folder: Path, source: str, limits: TaskLimits = SHORT, stdin: bytes = b"") -> Ended:
    made = compiled(programs, folder, source)
    assert "out/a" in made.files, made.errors
    (folder / "a").write_bytes(made.files["out/a"])
    (folder / "a").chmod(0o755)
    return programs.run(Task(("/job/a",), limits, folder=str(folder)), stdin)


def nothing_is_left(programs: Programs) -> bool:
    assert programs._process is not None
    return eventually(lambda: len(descendants(programs._process.pid)) == 1)  # the launcher


def test_an_honest_program_reads_and_prints(programs: Programs) -> None:
    ended = python(programs, "print(sum(map(int, input().split())))", stdin=b"1 2 3\n")
    assert (ended.how, ended.exit_code, ended.output, ended.errors) == (How.EXITED, 0, b"6\n", b"")


def test_exit_codes_and_signals_are_the_kernels(programs: Programs) -> None:
    assert python(programs, "import sys; sys.exit(7)").exit_code == 7
    crashed = python(programs, "import os; os.abort()")
    assert (crashed.how, crashed.signal) == (How.SIGNALLED, 6)


@needs_gcc
def test_a_c_program_runs_with_its_folder_read_only(programs: Programs, folder: Path) -> None:
    source = '#include <stdio.h>\nint main(){int a;scanf("%d",&a);printf("%d %d",a*2,!!fopen("/job/x","w"));return 3;}'
    ended = run_c(programs, folder, source, stdin=b"21")
    assert (ended.output, ended.exit_code) == (b"42 0", 3)


def test_what_is_collected_is_only_what_was_asked_for(programs: Programs) -> None:
    limits = TaskLimits(box_kb=1024)
    code = "open('one','w').write('1'); open('two','w').write('2'); open('f/three','w').write('3')"
    ended = python(programs, code, limits, made=("f",), collect=("one", "f", "none"))
    assert ended.files == {"one": b"1", "f/three": b"3"}


def test_two_programs_talk_and_the_second_judges(programs: Programs) -> None:
    asks = Task((PYTHON, "-c", "print(input()[::-1], flush=True)\nprint(input())"), SHORT)
    code = (
        "print('salam', flush=True)\nok = input() == 'malas'\nprint('bye', flush=True)\n"
        "raise SystemExit(42 if ok else 43)"
    )
    one, other = programs.talk(asks, Task((PYTHON, "-c", code), SHORT))
    assert (one.exit_code, other.exit_code) == (0, 42)


def test_a_program_that_goes_on_talking_to_nobody_is_stopped(programs: Programs) -> None:
    talks = Task((PYTHON, "-c", "import time\nwhile True: time.sleep(0.1)"), SHORT)
    one, other = programs.talk(talks, Task((PYTHON, "-c", "raise SystemExit(43)"), SHORT), patience=0.3)
    assert (one.how, other.exit_code) == (How.STOPPED, 43)
    assert nothing_is_left(programs)


def test_without_a_pen_it_is_the_platforms_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "pen")
    with Programs() as own, pytest.raises(PlatformFault, match="namespaces"):
        own.run(Task(("/usr/bin/true",)))


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../b", "./a"])
def test_case_26_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(BadJob):
        Task(("/usr/bin/true",), TaskLimits(box_kb=64), collect=(name,))


@needs_gcc
def test_case_01_fork_bomb(programs: Programs, folder: Path) -> None:
    source = (
        "#include <unistd.h>\n#include <stdio.h>\nint main(){int n=0;for(int i=0;i<1000;"
        'i++)if(fork()>=0)n++;printf("%d",n);}'
    )
    assert run_c(programs, folder, source).output == b"0"
    # A tool may start processes, as many as its limit and no more.
    many = "import os\nn = 0\nwhile True:\n    if os.fork() == 0:\n        while True: pass\n"
    assert python(programs, many, purpose=Purpose.TOOL).how is not How.STOPPED
    assert nothing_is_left(programs)


def test_case_02_children_that_outlive_their_parent(programs: Programs) -> None:
    code = (
        "import os, time\nfor i in range(8):\n    if os.fork() == 0:\n"
        "        os.setsid() if False else time.sleep(60)\nprint('over')"
    )
    ended = python(programs, code, purpose=Purpose.TOOL)
    assert (ended.how, ended.output) == (How.EXITED, b"over\n")
    assert ended.wall_ms < 3000
    assert nothing_is_left(programs)


def test_case_05_sleep_without_cpu(programs: Programs) -> None:
    ended = python(programs, "import time; time.sleep(60)", TaskLimits(cpu_seconds=1, wall_seconds=0.5))
    assert ended.how is How.WALL_LIMIT
    assert nothing_is_left(programs)


@needs_gcc
@pytest.mark.parametrize(
    ("source", "endings"),
    [
        (
            "static volatile char a[1<<30];int main(){for(long i=0;i<1<<30;i+=4096)a[i]=1;}",
            {"memory_limit", "signalled"},
        ),
        (
            (
                "#include <stdlib.h>\nint main(){for(;;){volatile char*p=malloc(1<<20);if(!p)abort();"
                "for(int i=0;i<1<<20;i+=4096)p[i]=1;}}"
            ),
            None,
        ),
        ("int f(int n){volatile char a[4096];a[0]=n;return f(n+1)+a[0];}int main(){return f(0);}", {"signalled"}),
    ],
    ids=["static", "heap", "stack"],
)
def test_case_07_memory(programs: Programs, folder: Path, source: str, endings: set[str] | None) -> None:
    ended = run_c(programs, folder, source)
    assert str(ended.how) in (endings or {"memory_limit", "signalled"})
    assert ended.memory_kb < 600_000


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_case_08_output_flood(programs: Programs, stream: str) -> None:
    ended = python(programs, f"import sys\nwhile True: sys.{stream}.write('x' * 100000)")
    assert ended.how is How.OUTPUT_LIMIT
    assert max(len(ended.output), len(ended.errors)) == SHORT.output_kb * 1024


def test_case_09_files(programs: Programs) -> None:
    box = TaskLimits(cpu_seconds=1, wall_seconds=3, box_kb=512, files=20, output_kb=256)
    many = python(programs, "for i in range(10000): open(f'f{i}', 'w').close()", box)
    assert many.exit_code == 1
    assert b"No space left" in many.errors
    sparse = python(programs, "f = open('big', 'wb'); f.seek(4 << 30); f.write(b'x'); f.close()", box)
    assert sparse.how is How.OUTPUT_LIMIT or sparse.exit_code == 1
    nowhere = python(programs, "import os\nfor p in ('/x', '/tmp/x', '/usr/x', '/dev/x', '/job/x'):\n    open(p, 'w')")
    assert nowhere.exit_code == 1


def test_case_10_network(programs: Programs) -> None:
    code = """
import socket
for family, kind in ((2, 1), (2, 2), (10, 1), (1, 1), (16, 3), (17, 3), (40, 1)):
    for number in (0, 1):
        try:
            socket.socket(family, kind, number)
        except OSError:
            continue
        print('ESCAPED', family, kind)
"""
    assert python(programs, code).output == b""
    assert python(programs, code, purpose=Purpose.TOOL).output == b""


def test_case_14_proc_escape(programs: Programs) -> None:
    code = (
        "import os\n"
        "print([p for p in ('/proc', '/sys', '/root', '/home', '/tmp', '/proc/1/root') if os.path.exists(p)])"
    )
    assert python(programs, code).output == b"[]\n"


def test_case_15_inherited_descriptors(programs: Programs) -> None:
    code = (
        "import os\nfor n in range(3, 256):\n    try: os.fstat(n)\n    except OSError: continue\n"
        "    print('ESCAPED', n)"
    )
    assert python(programs, code).output == b""
    reads_output = (
        "import os\ntry: os.read(1, 10); print('ESCAPED')\nexcept OSError: pass\ntry: os.write(0, b'x');"
        " print('ESCAPED')\nexcept OSError: pass"
    )
    assert python(programs, reads_output, stdin=b"pristine").output == b""


@pytest.mark.parametrize("purpose", list(Purpose))
def test_case_16_privileges(programs: Programs, purpose: Purpose) -> None:
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
calls = {'ptrace': 101, 'mount': 165, 'umount': 166, 'unshare': 272, 'setns': 308, 'keyctl': 250, 'add_key': 248,
    'io_uring_setup': 425, 'memfd_create': 319, 'bpf': 321, 'userfaultfd': 323, 'pidfd_open': 434, 'init_module': 175,
    'process_vm_readv': 310, 'chroot': 161, 'pivot_root': 155, 'kill': 62, 'symlink': 88, 'link': 86, 'flock': 73,
    'shmget': 29, 'mq_open': 240, 'personality': 135, 'setuid': 105, 'open_by_handle_at': 304, 'execveat': 322}
for name, number in calls.items():
    ctypes.set_errno(0)
    if libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() != 1:
        print('ESCAPED', name, ctypes.get_errno())
if libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) >= 0: print('ESCAPED clone of a user namespace')
if os.getuid() == 0: print('ESCAPED root')
"""
    ended = python(programs, code, purpose=purpose)
    assert (ended.output, ended.exit_code) == (b"", 0), ended.errors


def test_case_16_set_user_id_programs_give_nothing(programs: Programs) -> None:
    code = "import os\nos.execv('/usr/bin/su', ['su', '-c', 'id'])"
    assert b"uid=0" not in python(programs, code).output


def test_case_18_no_core_dump(programs: Programs) -> None:
    box = TaskLimits(box_kb=1024)
    ended = python(programs, "import os; os.abort()", box, collect=(".",))
    assert (ended.signal, dict(ended.files)) == (6, {})


def test_case_19_cpu_time_of_children_and_threads_is_summed(programs: Programs) -> None:
    burn = (
        "import os, time\nfor i in range(2):\n    if os.fork() == 0:\n        t = time.process_time()\n"
        "        while time.process_time() - t < 0.3: pass\n        os._exit(0)\n"
        "for i in range(2): os.wait()"
    )
    ended = python(programs, burn, TaskLimits(cpu_seconds=3), purpose=Purpose.TOOL)
    assert ended.cpu_ms > 600
    hidden = burn.replace("for i in range(2): os.wait()", "time.sleep(1)")  # nobody waits for them
    assert python(programs, hidden, TaskLimits(cpu_seconds=3), purpose=Purpose.TOOL).cpu_ms > 150


def test_case_19_a_loop_ends_at_the_cpu_limit(programs: Programs) -> None:
    ended = python(programs, "while True: pass", TaskLimits(cpu_seconds=0.3, wall_seconds=5))
    assert ended.how is How.CPU_LIMIT
    assert ended.cpu_ms >= 300


def test_case_20_environment(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILIK_CANARY", "secret")
    ended = python(programs, "import os; print(dict(os.environ))", environment={"LANG": "C.UTF-8"})
    assert b"secret" not in ended.output
    assert eval(ended.output).keys() <= {"LANG", "LC_CTYPE"}


def test_case_27_search_for_answers(programs: Programs, folder: Path) -> None:
    (folder.parent / "1.ans").write_text("42")
    code = (
        "import os\nfor top, _, names in os.walk('/'):\n    if top.startswith('/usr'): continue\n"
        "    print([n for n in names if n.endswith(('.ans', '.out'))] or '', end='')"
    )
    assert python(programs, code, folder=str(folder)).output == b""


@needs_gcc
def test_case_28_links_are_not_followed(programs: Programs, folder: Path) -> None:
    code = (
        "import os\nfor f in (os.symlink, os.link):\n    try: f('/usr/bin/env', 'score.txt');"
        " print('ESCAPED')\n    except OSError: pass"
    )
    ended = python(programs, code, TaskLimits(box_kb=1024), collect=("score.txt",))
    assert (ended.output, dict(ended.files)) == (b"", {})


def test_case_31_what_was_written_cannot_be_executed(programs: Programs) -> None:
    code = (
        "import os\nopen('x', 'wb').write(open('/usr/bin/true', 'rb').read()); os.chmod('x', 0o755)\n"
        "os.execv('./x', ['x'])"
    )
    ended = python(programs, code, TaskLimits(box_kb=1024))
    assert b"PermissionError" in ended.errors


def test_case_55_a_daemon_is_dead_before_anything_is_read(programs: Programs) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n    os.setpgid(0, 0) if 0 else None\n    time.sleep(0.4)\n"
        "    open('score.txt', 'w').write('100')\n    os._exit(0)\nopen('score.txt', 'w').write('1')"
    )
    ended = python(programs, code, TaskLimits(box_kb=1024), purpose=Purpose.TOOL, collect=("score.txt",))
    assert ended.files == {"score.txt": b"1"}


@needs_gcc
@pytest.mark.parametrize(
    "source",
    ['#include "/dev/zero"\n', '#include "/dev/urandom"\n', "#include __FILE__\n#include __FILE__\n"],
    ids=["zero", "random", "itself"],
)
def test_case_21_endless_includes(programs: Programs, folder: Path, source: str) -> None:
    assert "out/a" not in compiled(programs, folder, source).files
    assert "out/a" in compiled(programs, folder, "int main(){}").files
    assert nothing_is_left(programs)


@needs_gcc
@pytest.mark.parametrize(
    "source",
    [
        "main[-1u]={1};",
        "char a[1u<<30]={1};int main(){}",
        "#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(x)))\n#define C(x) B(B(B(x)))\nint main(){int i;C(i=1;)}",
    ],
    ids=["huge", "array", "macro"],
)
def test_case_22_huge_programs(programs: Programs, folder: Path, source: str) -> None:
    assert "out/a" not in compiled(programs, folder, source).files
    assert shutil.disk_usage(folder).free > 0


@needs_gcc
def test_case_23_the_compilers_words_are_cut(programs: Programs, folder: Path) -> None:
    source = "\n".join(f'#warning "{"x" * 1000}"' for _ in range(20_000))
    (folder / "a.c").write_text(source)
    ended = programs.run(Task((GCC, "-o", "/box/a", "/job/a.c"), COMPILING, Purpose.TOOL, folder=str(folder)))
    assert len(ended.errors) <= COMPILING.output_kb * 1024
    assert ended.how in (How.OUTPUT_LIMIT, How.CPU_LIMIT)


@needs_gcc
@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/passwd", "{parent}/1.ans", "../1.ans"])
def test_case_25_files_are_not_read_through_messages(programs: Programs, folder: Path, path: str) -> None:
    (folder.parent / "1.ans").write_text("the secret answer")
    ended = compiled(programs, folder, f'#include "{path.format(parent=folder.parent)}"\nint main(){{}}')
    assert b"No such file" in ended.errors
    assert b"secret" not in ended.errors
