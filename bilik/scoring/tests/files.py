"""Small files for the tests of scoring."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence

from bilik.scoring.findings import NotScored
from bilik.scoring.score import Scored, score_submission
from bilik.scoring.solution import Solution, read_solution

TRUTH = b"id,y,split\n1,0,public\n2,1,public\n3,1,private\n4,0,private\n5,1,ignored\n"
RIGHT = b"id,y\n1,0.1\n2,0.9\n3,0.8\n4,0.2\n5,0.5\n"


def solution(raw: bytes = TRUTH, metric: str = "log_loss", **params: object) -> Solution:
    return read_solution(raw, metric, params)


def scored(raw: bytes, truth: Solution | None = None) -> Scored:
    return score_submission(raw, truth or solution())


def codes(raw: bytes, truth: Solution | None = None) -> list[str]:
    """The codes of what is wrong with a file; empty when it is scored."""
    return [finding.code for finding in findings(raw, truth)]


def findings(raw: bytes, truth: Solution | None = None) -> Sequence[object]:
    try:
        scored(raw, truth)
    except NotScored as reason:
        return reason.findings
    return []


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def gzipped(raw: bytes) -> bytes:
    return gzip.compress(raw)
