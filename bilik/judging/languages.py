"""The languages that are judged here. To add one, copy a neighbour in the table, and a test of it.

A language whose tools are not on this machine is named as missing; its submissions are not judged.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from runner.programs.task import JOB
from runner.warm import default_python

OUT = "/box/out"


@dataclass(frozen=True)
class Language:
    """One language.

    endings: those that tell it. tools: files of this machine that must be there. check or compile: the command that
    makes a program of the sources (paths in the pen), which may leave files in /box/out; the sources themselves are run
    when it leaves none. run: the command that runs it, from the entry file and the memory in MiB. reserves: the runtime
    reserves more address space than it uses, so memory is held by its own flag and by looking.
    """

    code: str
    name: str
    endings: tuple[str, ...]
    tools: tuple[str, ...]
    compile: Callable[[Sequence[str], str], tuple[str, ...]]
    run: Callable[[str, int], tuple[str, ...]]
    entry: str = ""
    shown: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    reserves: bool = False
    processes: int = 16

    @property
    def missing(self) -> str:
        """The first tool that is not on this machine; empty when all are."""
        return next((tool for tool in self.tools if not os.path.exists(tool)), "")


_JAVAC, _JAVA = os.path.realpath("/usr/bin/javac"), os.path.realpath("/usr/bin/java")
# In a pen without /proc it cannot find its libraries from where it lies itself.
_JAVA_LIBRARY = os.path.join(os.path.dirname(os.path.dirname(_JAVA)), "lib")
_PYTHON = default_python()
_PREFIX = os.path.dirname(os.path.dirname(_PYTHON))
_CHECK = "import sys\nfor name in sys.argv[1:]:\n    compile(open(name, 'rb').read(), name, 'exec', dont_inherit=True)"


def _python_check(sources: Sequence[str], entry: str) -> tuple[str, ...]:
    files = [source for source in sources if source.endswith((".py", ".py3"))]
    return (_PYTHON, "-I", "-S", "-B", "-X", "utf8", "-c", _CHECK, *files)


def _compiled(compiler: str, standard: str, endings: tuple[str, ...], *more: str) -> Callable[..., tuple[str, ...]]:
    def command(sources: Sequence[str], entry: str) -> tuple[str, ...]:
        files = [source for source in sources if source.endswith(endings)]
        flags = ("-O2", f"-std={standard}", "-pipe", "-fmax-errors=30", "-w", f"-I{JOB}")
        return (compiler, *flags, "-o", f"{OUT}/program", *files, *more)

    return command


def _javac(sources: Sequence[str], entry: str) -> tuple[str, ...]:
    files = [source for source in sources if source.endswith(".java")]
    # No annotation processor runs: it would be code of the contestant's inside the compiler.
    return (_JAVAC, "-J-XX:-UsePerfData", "-J-Xmx512m", "-proc:none", "-encoding", "UTF-8", "-d", OUT, *files)


def _java(entry: str, memory: int) -> tuple[str, ...]:
    main = PurePosixPath(entry).name.removesuffix(".java")
    flags = ("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xss64m", f"-Xmx{memory}m", "-XX:TieredStopAtLevel=4")
    return (_JAVA, *flags, "-cp", JOB, main)


_C = (".c",)
_CPP = (".cc", ".cpp", ".cxx", ".c++", ".C")
_JVM = "/usr/lib/jvm"
_JAVA_SETTINGS = tuple(f"/etc/java-{version}-openjdk" for version in range(11, 30))

LANGUAGES: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language(
            "python3",
            "Python 3",
            (".py", ".py3"),
            (_PYTHON,),
            _python_check,
            lambda entry, memory: (_PYTHON, "-E", "-s", "-B", "-X", "utf8", f"{JOB}/{entry}"),
            entry="__main__.py",
            shown=() if _PYTHON.startswith("/usr/") else (_PREFIX,),
        ),
        Language(
            "c",
            "C",
            _C,
            ("/usr/bin/gcc",),
            _compiled("/usr/bin/gcc", "gnu17", _C, "-lm"),
            lambda entry, memory: (f"{JOB}/program",),
        ),
        Language(
            "cpp",
            "C++",
            _CPP,
            ("/usr/bin/g++",),
            _compiled("/usr/bin/g++", "gnu++20", _CPP),
            lambda entry, memory: (f"{JOB}/program",),
        ),
        Language(
            "java",
            "Java",
            (".java",),
            (_JAVAC, _JAVA),
            _javac,
            _java,
            entry="Main.java",
            shown=_JAVA_SETTINGS,
            environment={"LD_LIBRARY_PATH": _JAVA_LIBRARY},
            reserves=True,
            processes=64,
        ),
        Language(
            "javascript",
            "JavaScript",
            (".js",),
            ("/usr/bin/node",),
            lambda sources, entry: (
                "/usr/bin/node",
                "--check",
                *[source for source in sources if source.endswith(".js")][:1],
            ),
            lambda entry, memory: ("/usr/bin/node", f"--max-old-space-size={memory}", f"{JOB}/{entry}"),
            entry="main.js",
            reserves=True,
            processes=64,
        ),
    )
}


def language_of(names: Sequence[str]) -> Language | None:
    """The one language that the files' endings tell; None when there is none or several."""
    found = {code for code, language in LANGUAGES.items() if any(name.endswith(language.endings) for name in names)}
    if found == {"c", "cpp"}:
        return LANGUAGES["cpp"]
    return LANGUAGES[found.pop()] if len(found) == 1 else None


def entry_of(language: Language, names: Sequence[str], wanted: str | None) -> str:
    """The file that is run: the one that is named, the language's own, or the only (else the first) source."""
    sources = [name for name in names if name.endswith(language.endings)]
    for name in (wanted, language.entry, "main" + language.endings[0]):
        if name and (name in names or f"{name}.java" in names):
            return name
    return sources[0] if sources else ""
