"""Tiny problem packages, written for these tests: name of a file -> its content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, str]

_NUMBERS = "import re, sys\ntext = sys.stdin.read()\nsys.exit(42 if re.fullmatch(r'(-?\\d+ ?)+\\n', text) else 43)\n"
_ANY = "import sys\nsys.exit(42)\n"


def head(name: str, kind: str, more: str = "") -> str:
    return (
        f"problem_format_version: 2025-09\nname: {name}\ntype: {kind}\n"
        f"uuid: 5c1a9e1e-0000-4000-8000-000000000001\n{more}"
    )


SUM: Files = {
    "problem.yaml": head("Sum", "pass-fail", "limits:\n  time_limit: 1\n  memory: 64\n"),
    "statement/problem.en.md": "Add the two numbers.\n",
    "input_validators/numbers.py": _NUMBERS,
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/1.in": "40 2\n",
    "data/secret/1.ans": "42\n",
    "data/secret/2.in": "-5 5\n",
    "data/secret/2.ans": "0\n",
    "data/invalid_input/words.in": "one two\n",
    "data/invalid_output/wrong.in": "1 1\n",
    "data/invalid_output/wrong.ans": "2\n",
    "data/invalid_output/wrong.out": "3\n",
    "data/valid_output/spaces.in": "1 1\n",
    "data/valid_output/spaces.ans": "2\n",
    "data/valid_output/spaces.out": " 2",
    "submissions/accepted/right.py": "print(sum(map(int, input().split())))\n",
    "submissions/accepted/right.c": '#include <stdio.h>\nint main(){int a,b;scanf("%d%d",&a,&b);printf("%d",a+b);}\n',
    "submissions/accepted/right.cpp": "#include <iostream>\nint main(){int a,b;std::cin>>a>>b;std::cout<<a+b;}\n",
    "submissions/accepted/Main.java": (
        "import java.util.*;\npublic class Main { public static void main(String[] a) { Scanner s = new "
        "Scanner(System.in); System.out.println(s.nextInt() + s.nextInt()); } }\n"
    ),
    "submissions/accepted/right.js": (
        "const t = require('fs').readFileSync(0, 'utf8').split(' ');\nconsole.log(Number(t[0]) + Number(t[1]));\n"
    ),
    "submissions/accepted/right.rs": "fn main() {}\n",
    "submissions/wrong_answer/first.py": "print(input().split()[0])\n",
    "submissions/run_time_error/falls.py": "print(int(input().split()[0]) + 2)\nif True:\n    raise ValueError\n",
    "submissions/run_time_error/hungry.py": "x = bytearray(100 << 20)\nprint(len(x))\n",
    "submissions/time_limit_exceeded/loop.py": "while True:\n    pass\n",
    "submissions/rejected/silent.py": "\n",
}

LEGACY: Files = {
    "problem.yaml": "name: Legacy sum\nvalidator_flags: float_tolerance 1e-6\nlimits:\n  time_multiplier: 5\n",
    "problem_statement/problem.tex": "\\problemname{Sum}\n",
    "input_validators/numbers/numbers.py": _NUMBERS,
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/1.in": "1 3\n",
    "data/secret/1.ans": "4\n",
    "submissions/accepted/right.py": "print(sum(map(int, input().split())) + 1e-9)\n",
    "submissions/wrong_answer/off.py": "print(sum(map(int, input().split())) + 1)\n",
}

GROUPS: Files = {
    "problem.yaml": head("Groups", "scoring", "limits:\n  time_limit: 1\n"),
    "statement/problem.en.md": "Print the number.\n",
    "input_validators/numbers.py": _NUMBERS,
    "data/sample/1.in": "0\n",
    "data/sample/1.ans": "0\n",
    "data/secret/1-small/test_group.yaml": "max_score: 30\n",
    "data/secret/1-small/1.in": "1\n",
    "data/secret/1-small/1.ans": "1\n",
    "data/secret/1-small/2.in": "9\n",
    "data/secret/1-small/2.ans": "9\n",
    "data/secret/2-large/test_group.yaml": ("max_score: 70\nscore_aggregation: sum\nrequire_pass: secret/1-small\n"),
    "data/secret/2-large/1.in": "10\n",
    "data/secret/2-large/1.ans": "10\n",
    "data/secret/2-large/2.in": "100\n",
    "data/secret/2-large/2.ans": "100\n",
    "data/secret/2-large/3.in": "1000\n",
    "data/secret/2-large/3.ans": "1000\n",
    "submissions/accepted/all.py": "print(input())\n",
    "submissions/rejected/small.py": "n = int(input())\nprint(n if n < 10 else 0)\n",
    "submissions/rejected/most.py": "n = int(input())\nprint(n if n < 1000 else 0)\n",
    "submissions/rejected/large.py": "n = int(input())\nprint(0 if n == 9 else n)\n",
    "submissions/submissions.yaml": (
        "accepted/all.py:\n  score: 100\nrejected/small.py:\n  score: 30\n  secret/1-small:\n    permitted: [AC]\n"
        "rejected/most.py:\n  score: [76, 77]\nrejected/large.py:\n  score: 0\n"
    ),
}

_CHECKER = """
import sys
numbers = sys.stdin.read().split()
want = int(open(sys.argv[1]).read())
with open(sys.argv[3] + 'judgemessage.txt', 'w') as file:
    file.write('got ' + ' '.join(numbers)[:100])
ok = len(numbers) == 2 and all(n.isdigit() for n in numbers) and sum(map(int, numbers)) == want
sys.exit(42 if ok else 43)
"""

CHECKED: Files = {
    "problem.yaml": head("Two summands", "pass-fail", "limits:\n  time_limit: 1\n"),
    "statement/problem.en.md": "Print two numbers with the given sum.\n",
    "input_validators/numbers.py": _NUMBERS,
    "output_validator/checker.py": _CHECKER,
    "data/sample/1.in": "5\n",
    "data/sample/1.ans": "2 3\n",
    "data/secret/1.in": "7\n",
    "data/secret/1.ans": "0 7\n",
    "data/invalid_output/1.in": "7\n",
    "data/invalid_output/1.ans": "0 7\n",
    "data/invalid_output/1.out": "0 8\n",
    "submissions/accepted/one.py": "print(1, int(input()) - 1)\n",
    "submissions/wrong_answer/none.py": "print(input())\n",
    "submissions/submissions.yaml": "wrong_answer/none.py:\n  message: got 5\n",
}

_GUESSER = """
import sys
secret = int(open(sys.argv[1]).read())
for turn in range(12):
    line = sys.stdin.readline()
    if not line.strip().isdigit():
        sys.exit(43)
    guess = int(line)
    print('equal' if guess == secret else 'higher' if guess < secret else 'lower', flush=True)
    if guess == secret:
        sys.exit(42)
sys.exit(43)
"""

GUESS: Files = {
    "problem.yaml": head("Guess", "interactive", "limits:\n  time_limit: 1\n"),
    "statement/problem.en.md": "Guess the number from 1 to 1000.\n",
    "input_validators/numbers.py": _NUMBERS,
    "output_validator/guesser.py": _GUESSER,
    "data/secret/1.in": "500\n",
    "data/secret/1.ans": "",
    "data/secret/2.in": "1\n",
    "data/secret/2.ans": "",
    "submissions/accepted/halves.py": (
        "low, high = 1, 1000\nwhile True:\n    middle = (low + high) // 2\n    print(middle, flush=True)\n"
        "    said = input()\n    if said == 'equal':\n        break\n"
        "    if said == 'higher':\n        low = middle + 1\n"
        "    else:\n        high = middle - 1\n"
    ),
    "submissions/wrong_answer/steps.py": (
        "n = 1000\nwhile True:\n    print(n, flush=True)\n    if input() == 'equal':\n        break\n    n -= 1\n"
    ),
    "submissions/wrong_answer/rude.py": "print('hello', flush=True)\ninput()\n",
    "submissions/run_time_error/falls.py": "print(1, flush=True)\ninput()\nraise ValueError\n",
    "submissions/time_limit_exceeded/waits.py": "input()\n",
}

_TWICE = """
import os, sys
out = sys.stdin.read().split()
folder = sys.argv[3]
state = folder + 'turn.txt'
if not os.path.exists(state):
    open(state, 'w').write('1')
    if len(out) != 1:
        sys.exit(43)
    open(folder + 'nextpass.in', 'w').write('decode ' + out[0] + '\\n')
    sys.exit(42)
sys.exit(42 if out == open(sys.argv[2]).read().split() else 43)
"""

CODED: Files = {
    "problem.yaml": head("Coded", "multi-pass", "limits:\n  time_limit: 1\n  validation_passes: 2\n"),
    "statement/problem.en.md": "Encode a word, then decode it.\n",
    "input_validators/any.py": _ANY,
    "output_validator/twice.py": _TWICE,
    "data/secret/1.in": "encode salam\n",
    "data/secret/1.ans": "salam\n",
    "submissions/accepted/turn.py": "print(input().split()[1][::-1])\n",
    "submissions/wrong_answer/upper.py": "print(input().split()[1].upper())\n",
}

ANSWERS: Files = {
    "problem.yaml": head("Answers", "[scoring, submit-answer]"),
    "statement/problem.en.md": "Hand in the answers.\n",
    "input_validators/any.py": _ANY,
    "data/secret/1.in": "2\n",
    "data/secret/1.ans": "4\n",
    "data/secret/2.in": "3\n",
    "data/secret/2.ans": "9\n",
    "submissions/accepted/both/1.out": "4\n",
    "submissions/accepted/both/2.out": "9\n",
    "submissions/rejected/one/1.out": "4\n",
    "submissions/submissions.yaml": "accepted/both:\n  score: 100\nrejected/one:\n  score: 50\n",
}


def write(folder: Path, files: Files) -> Path:
    """Lay a package out in a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
