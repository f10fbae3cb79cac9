"""Making programs out of sources, and running them: the only place where judging touches the sandbox."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import TracebackType

from bilik.judging.files import NAME
from bilik.judging.languages import LANGUAGES, Language, entry_of, language_of
from bilik.judging.model import Limits, Program
from runner.faults import PlatformFault
from runner.programs.host import Programs
from runner.programs.task import JOB, Ended, How, Purpose, Task, TaskLimits

__all__ = ["Bench", "Built", "NotBuilt", "PlatformFault"]

_CONSTANT = re.compile(rb"\{\{([a-zA-Z_][a-zA-Z0-9_]*(?:\.[a-zA-Z0-9_]+)?)\}\}")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/box", "TMPDIR": "/box"}
_RUN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_MOST_MESSAGE = 16 * 1024
_PROGRAM_KB = 64 * 1024
_MOST_SOURCES = 200
_LEAST_SECONDS = 0.05  # verdicts are told by the time that was used, so a program may have a little more


@dataclass(frozen=True)
class Built:
    """A program that can be run. folder: what stands at /job. command: how it is run."""

    name: str
    folder: Path
    command: tuple[str, ...]
    shown: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    reserves: bool = False
    processes: int = 16
    language: str = ""


@dataclass(frozen=True)
class NotBuilt:
    """Why a program cannot be run. missing: because a tool is not on this machine, or the language is not judged here;
    then nobody is to blame. message: the compiler's words, cut, or a sentence of ours."""

    message: str
    missing: bool = False


@dataclass
class Bench:
    """A place to build and run, with one launcher and one scratch folder. Use it with ``with``."""

    programs: Programs = field(default_factory=Programs)
    _scratch: tempfile.TemporaryDirectory[str] | None = None
    _count: int = 0

    def __enter__(self) -> Bench:
        self._scratch = tempfile.TemporaryDirectory(prefix="bilik-bench-")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.programs.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def folder(self) -> Path:
        """A new empty folder that a stranger may read, inside one that nobody else can enter."""
        if self._scratch is None:
            raise RuntimeError("use the bench with `with`")
        self._count += 1
        path = Path(self._scratch.name, str(self._count))
        path.mkdir(mode=0o755)
        path.chmod(0o755)
        return path

    def build(
        self,
        program: Program,
        limits: Limits,
        *,
        includes: Mapping[str, Mapping[str, Path]] | None = None,
        constants: Mapping[str, str] | None = None,
    ) -> Built | NotBuilt:
        """Make a program. Raises PlatformFault."""
        bad = [name for name in program.files if not all(NAME.fullmatch(part) for part in name.split("/"))]
        if bad or len(program.files) > _MOST_SOURCES:
            return NotBuilt(
                "File names may hold letters, digits, `.`, `-` and `_` only, and must be few: " + repr(bad)[:200]
            )
        if program.script:
            return self._built_by_script(program, limits, constants or {})
        named = program.language
        if named is not None and named not in LANGUAGES:
            return NotBuilt(f"The language {named} is not judged here.", missing=True)
        language = LANGUAGES[named] if named else language_of(list(program.files))
        if language is None:
            endings = ", ".join(sorted({os.path.splitext(name)[1] for name in program.files}))
            return NotBuilt(f"No single language that is judged here: {endings or 'no files'}.", missing=True)
        if language.missing:
            return NotBuilt(f"{language.name} is not installed here ({language.missing}).", missing=True)
        folder = self.folder()
        extra = {**(includes or {}).get("default", {}), **(includes or {}).get(language.code, {})}
        _lay(folder, {**program.files, **extra}, constants or {})
        names = sorted({**program.files, **extra})
        entry = entry_of(language, names, program.entry)
        return self._compiled(program.name, language, folder, names, entry, limits)

    def _compiled(
        self, name: str, language: Language, folder: Path, names: list[str], entry: str, limits: Limits
    ) -> Built | NotBuilt:
        sources = [f"{JOB}/{source}" for source in names]
        ended = self.programs.run(
            Task(
                language.compile(sources, f"{JOB}/{entry}"),
                _tool_limits(limits, reserves=language.reserves),
                Purpose.TOOL,
                folder=str(folder),
                shown=tuple(path for path in language.shown if os.path.exists(path)),
                environment={**_ENVIRONMENT, **language.environment},
                made=("out",),
                collect=("out",),
            )
        )
        if ended.how is not How.EXITED or ended.exit_code != 0:
            return NotBuilt(_said_by_compiler(ended))
        if ended.files:
            folder = self._made(ended.files, "out/")
        return Built(
            name,
            folder,
            language.run(entry, max(16, limits.memory)),
            tuple(path for path in language.shown if os.path.exists(path)),
            {**_RUN_ENVIRONMENT, **language.environment},
            language.reserves,
            language.processes,
            language.code,
        )

    def _made(self, files: Mapping[str, bytes], prefix: str) -> Path:
        folder = self.folder()
        for name, content in files.items():
            inner = name.removeprefix(prefix)
            if not all(NAME.fullmatch(part) or "$" in part for part in inner.split("/")) or ".." in inner:
                continue
            target = folder / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o755)
        return folder

    def _built_by_script(self, program: Program, limits: Limits, constants: Mapping[str, str]) -> Built | NotBuilt:
        folder = self.folder()
        _lay(folder, program.files, constants)
        for script in ("build", "run"):
            if (folder / script).exists():
                (folder / script).chmod(0o755)
        if "build" in program.files:
            ended = self.programs.run(
                Task(
                    ("/bin/sh", "./build"),
                    _tool_limits(limits, reserves=False),
                    Purpose.TOOL,
                    folder=str(folder),
                    copies=True,
                    environment=_ENVIRONMENT,
                    collect=(".",),
                )
            )
            if ended.how is not How.EXITED or ended.exit_code != 0:
                return NotBuilt(_said_by_compiler(ended))
            folder = self._made(ended.files, "./")
        if not (folder / "run").exists():
            return NotBuilt("Its `build` did not make a file `run`.")
        command = ("/bin/sh", f"{JOB}/run")
        return Built(program.name, folder, command, environment=_RUN_ENVIRONMENT, processes=64, language="script")

    def laid_out(self, built: Built, files: Mapping[str, Path]) -> Path:
        """The program's folder with more files in it (a test case's own); the folder itself where there are none."""
        if not files:
            return built.folder
        folder = self.folder()
        shutil.copytree(built.folder, folder, dirs_exist_ok=True)
        _lay(folder, files, {})
        return folder


def _lay(folder: Path, files: Mapping[str, Path], constants: Mapping[str, str]) -> None:
    """Copy files into a folder, constants put in."""
    for name, path in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        if constants:
            content = _CONSTANT.sub(lambda match: constants.get(match[1].decode(), match[0].decode()).encode(), content)
        target.write_bytes(content)
        target.chmod(0o755 if os.access(path, os.X_OK) else 0o644)


def _tool_limits(limits: Limits, *, reserves: bool) -> TaskLimits:
    return TaskLimits(
        cpu_seconds=limits.compilation_time,
        wall_seconds=limits.compilation_time * 2 + 5,
        memory_mb=limits.compilation_memory,
        address_mb=None if reserves else limits.compilation_memory + 512,
        stack_mb=64,
        output_kb=_PROGRAM_KB,
        box_kb=_PROGRAM_KB * 2,
        files=1000,
        processes=64,
    )


def _said_by_compiler(ended: Ended) -> str:
    words = {
        How.CPU_LIMIT: "Compiling took too long.",
        How.WALL_LIMIT: "Compiling took too long.",
        How.MEMORY_LIMIT: "Compiling took too much memory.",
        How.OUTPUT_LIMIT: "The compiler wrote too much.",
        How.NOT_STARTED: "The compiler could not be started: " + ended.why,
    }
    text = (ended.errors or ended.output)[:_MOST_MESSAGE].decode("utf-8", "replace").replace("\x00", "␀")
    return "\n".join(part for part in (words.get(ended.how, ""), text) if part) or "Compiling failed without a word."


def run_limits(built: Built, limits: Limits, seconds: Decimal, *, writes: bool) -> TaskLimits:
    """Limits for one run of a submission. seconds: cpu time after which it is ended."""
    return TaskLimits(
        cpu_seconds=max(_LEAST_SECONDS, float(seconds)),
        wall_seconds=float(seconds) * 2 + 2,
        memory_mb=limits.memory,
        # More than may be used, so that a program that uses too much is seen to, and still cannot take the machine.
        address_mb=None if built.reserves else limits.memory * 2 + 256,
        stack_mb=8 if built.reserves else min(limits.memory, 512),
        output_kb=limits.output * 1024,
        box_kb=limits.output * 1024 if writes else 0,
        files=256,
        processes=built.processes,
    )


def validator_limits(built: Built, limits: Limits) -> TaskLimits:
    """Limits for one run of an output validator."""
    return TaskLimits(
        cpu_seconds=limits.validation_time,
        wall_seconds=limits.validation_time * 2 + 10,
        memory_mb=limits.validation_memory,
        address_mb=None if built.reserves else limits.validation_memory * 2 + 256,
        stack_mb=8 if built.reserves else 64,
        output_kb=limits.validation_output * 1024,
        box_kb=limits.validation_output * 1024,
        files=200,
        processes=built.processes,
    )
