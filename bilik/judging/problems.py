"""What is wrong with a package, and what to do about it: all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `file` is relative to the package. An error means: this package is not judged."""

    file: str
    level: Level
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.level}: {self.message} [{self.code}]"

    def to_json(self) -> dict[str, str]:
        return {"file": self.file, "level": self.level, "code": self.code, "message": self.message}


@dataclass
class Notes:
    """The problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def error(self, file: str, code: str, message: str) -> None:
        self.problems.append(Problem(file, "error", code, message))

    def warning(self, file: str, code: str, message: str) -> None:
        self.problems.append(Problem(file, "warning", code, message))

    @property
    def failed(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)
