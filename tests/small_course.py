"""A small course as files: one exercise of each kind, one with few attempts, one with variants. Tests change copies."""

from __future__ import annotations

from pathlib import Path

from bilik.catalog.source.fingerprints import stamp_course

Files = dict[str, str | bytes]

TITLES = '{{ en = "{0}", az = "{0} (az)", uz = "{0} (uz)", ru = "{0} (ru)" }}'
STAR = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'


def _course(slug: str, lessons: dict[str, str], *, languages: str = '["en"]') -> str:
    head = f"""id = "{slug}"
source_language = "en"
languages = {languages}
licence = "CC-BY-4.0"
authors = ["Bilik"]
title = {TITLES.format("Small course")}
summary = {TITLES.format("A little of everything")}

[[skills]]
id = "ext:python-output"
level = 1
"""
    return head + "".join(
        f'\n[[lessons]]\nfolder = "{folder}"\nminutes = 5\ntitle = {TITLES.format(title)}\n'
        for folder, title in lessons.items()
    )


def _lesson(text: str, *exercises: str) -> str:
    return text + "".join(f"\n\n::: exercise {name}\n:::\n" for name in exercises)


CHOICES = "01-choices"
NUMBERS = "02-numbers"
CODE = "03-code"
ONE = "04-one"

CAPITAL = """kind = "single_choice"
points = 1
skills = ["ext:reading-code"]
difficulty = 1
solution = "after_attempts:2"

[[choices]]
id = "baku"
correct = true
[[choices]]
id = "ganja"
feedback = "not-ganja"
[[choices]]
id = "sheki"

[[wrong]]
answer = "ganja"
feedback = "not-ganja"
"""
CAPITAL_EN = """# The capital

Which city is the capital of Azerbaijan?

::: choice baku
Baku
:::
::: choice ganja
Ganja
:::
::: choice sheki
Sheki
:::
::: feedback not-ganja
Ganja is the second city.
:::
::: hint
It lies at the sea.
:::
::: hint
Its name begins with B.
:::
::: explanation
SECRET-EXPLANATION of the capital.
:::
"""
CAPITAL_AZ = (
    CAPITAL_EN.replace("# The capital", "# Paytaxt")
    .replace("Which city is the capital of Azerbaijan?", "Azərbaycanın paytaxtı hansı şəhərdir?")
    .replace("Ganja is the second city.", "Gəncə ikinci şəhərdir.")
)
EVEN = """kind = "multiple_choice"
points = 4
skills = ["ext:reading-code", "ext:python-numbers"]
difficulty = 2
credit = "each"
shuffle = true

[[choices]]
id = "two"
correct = true
[[choices]]
id = "three"
[[choices]]
id = "four"
correct = true
[[choices]]
id = "five"
"""
EVEN_EN = """# Even numbers

Which are even?

::: choice two
2
:::
::: choice three
3
:::
::: choice four
4
:::
::: choice five
5
:::
"""
AREA = """kind = "numeric"
points = 2
skills = ["ext:python-numbers"]
difficulty = 1
solution = "never"
answer = "7341.5"
unit = "m"
units = { cm = "0.01" }

[[feedback]]
answer = "8341.5"
say = "too-wide"
"""
AREA_EN = """# The fence

How long is the fence?

::: feedback too-wide
You took one field too many.
:::
::: explanation
SECRET-EXPLANATION of the fence.
:::
"""
WORD = """kind = "short_text"
points = 1
skills = ["ext:python-output"]
difficulty = 1
answers = ["zanbaq-print"]
"""
WORD_EN = """# The word

Which word shows something on the screen?

::: explanation
SECRET-EXPLANATION of the word.
:::
"""
PRINTS = """kind = "predict_output"
points = 1
skills = ["ext:reading-code"]
difficulty = 1
"""
PRINTS_EN = "# What does it print?\n\nRead the program.\n"
BOXES = """kind = "numeric"
points = 1
skills = ["ext:python-numbers"]
difficulty = 1
variants = 6
answer = "{{ total }}"
"""
BOXES_EN = "# Boxes\n\nThere are {{ boxes }} boxes with {{ apples }} apples each. How many apples?\n"
BOXES_VARIANT = 'def variant(seed):\n    return {"boxes": seed + 3, "apples": 1013, "total": (seed + 3) * 1013}\n'
ONE_SHOT = """kind = "short_text"
points = 3
skills = ["ext:python-output"]
difficulty = 3
attempts = 2
answers = ["nargiz-once"]
"""
ONE_SHOT_EN = """# Two tries

Say the word. You have two tries.

::: explanation
SECRET-EXPLANATION of two tries.
:::
"""
DOUBLE = """kind = "python_code"
points = 2
skills = ["ext:python-functions"]
difficulty = 2

[[tests]]
name = "small"
call = "double(3)"
expect = "6"
[[tests]]
name = "secret"
call = "double(271828)"
expect = "543656"
hidden = true

[[feedback]]
returned_nothing = true
say = "printed"
"""
DOUBLE_EN = """# Twice

Write a function `double(n)`.

::: feedback printed
Your function prints, but gives nothing back.
:::
::: explanation
SECRET-EXPLANATION of twice.
:::
"""
LIMITED_CODE = """kind = "python_code"
points = 1
skills = ["ext:python-output"]
difficulty = 1
attempts = 2

[[tests]]
input = []
output = "salam"
"""


def small_course(slug: str = "small-course") -> Files:
    """The whole of it. Lesson 1 is in Azerbaijani too, in part."""
    lessons = {CHOICES: "Choices", NUMBERS: "Numbers and words", CODE: "Programs", ONE: "One task"}
    first = f"lessons/{CHOICES}"
    second, third = f"lessons/{NUMBERS}", f"lessons/{CODE}"
    return {
        "course.toml": _course(slug, lessons),
        f"{first}/lesson.en.md": _lesson("Choose.\n\n![A star](img/star.svg)", "capital", "even-numbers"),
        f"{first}/lesson.az.md": _lesson("Seçin.\n\n![Ulduz](img/star.svg)", "capital", "even-numbers"),
        f"{first}/img/star.svg": STAR,
        f"{first}/capital/exercise.toml": CAPITAL,
        f"{first}/capital/exercise.en.md": CAPITAL_EN,
        f"{first}/capital/exercise.az.md": CAPITAL_AZ,
        f"{first}/even-numbers/exercise.toml": EVEN,
        f"{first}/even-numbers/exercise.en.md": EVEN_EN,
        f"{second}/lesson.en.md": _lesson("Count.", "area", "word", "what-prints", "boxes", "two-tries"),
        f"{second}/area/exercise.toml": AREA,
        f"{second}/area/exercise.en.md": AREA_EN,
        f"{second}/word/exercise.toml": WORD,
        f"{second}/word/exercise.en.md": WORD_EN,
        f"{second}/what-prints/exercise.toml": PRINTS,
        f"{second}/what-prints/exercise.en.md": PRINTS_EN,
        f"{second}/what-prints/program.py": "print(48150 + 1, 62340 + 2)\n",
        f"{second}/boxes/exercise.toml": BOXES,
        f"{second}/boxes/exercise.en.md": BOXES_EN,
        f"{second}/boxes/variant.py": BOXES_VARIANT,
        f"{second}/two-tries/exercise.toml": ONE_SHOT,
        f"{second}/two-tries/exercise.en.md": ONE_SHOT_EN,
        f"{third}/lesson.en.md": _lesson("Program.", "double", "say-salam", "wait-long"),
        f"{third}/double/exercise.toml": DOUBLE,
        f"{third}/double/exercise.en.md": DOUBLE_EN,
        f"{third}/double/starter.py": "def double(n):\n    ...\n",
        f"{third}/double/solution.py": "def double(n):\n    zafaran = n + n\n    return zafaran\n",
        f"{third}/double/wrong/printed.py": "def double(n):\n    print(n * 2)\n",
        f"{third}/say-salam/exercise.toml": LIMITED_CODE,
        f"{third}/say-salam/exercise.en.md": "# Greeting\n\nPrint `salam`.\n",
        f"{third}/say-salam/solution.py": "print('salam')\n",
        f"{third}/wait-long/exercise.toml": LIMITED_CODE.replace("attempts = 2\n", ""),
        f"{third}/wait-long/exercise.en.md": "# Waiting\n\nWait, then print `salam`.\n",
        f"{third}/wait-long/solution.py": "print('salam')\n",
        f"lessons/{ONE}/lesson.en.md": _lesson("Only one.", "alone"),
        f"lessons/{ONE}/alone/exercise.toml": WORD,
        f"lessons/{ONE}/alone/exercise.en.md": WORD_EN,
    }


def tiny_course(slug: str, *, exercise: Files | None = None) -> Files:
    """One lesson with one task; by default the task asks for a word."""
    files: Files = {"exercise.toml": WORD, "exercise.en.md": WORD_EN} if exercise is None else exercise
    return {
        "course.toml": _course(slug, {ONE: "One task"}),
        f"lessons/{ONE}/lesson.en.md": _lesson("Only one.", "alone"),
        **{f"lessons/{ONE}/alone/{name}": content for name, content in files.items()},
    }


NUMPY: Files = {
    "exercise.toml": """kind = "python_code"
points = 1
skills = ["ext:data-tables"]
libraries = ["numpy"]

[[tests]]
call = "total([1, 2])"
expect = "3"
""",
    "exercise.en.md": "# Total\n\nWrite `total(numbers)`.\n",
    "solution.py": "import numpy\n\n\ndef total(numbers):\n    return int(numpy.sum(numbers))\n",
}


_RUBRIC = """
[[rubric]]
id = "clear"
points = "2"
[[rubric.levels]]
id = "no"
points = "0"
[[rubric.levels]]
id = "partly"
points = "1"
[[rubric.levels]]
id = "yes"
points = "2"

[[rubric]]
id = "true"
points = "2"
[[rubric.levels]]
id = "no"
points = "0"
[[rubric.levels]]
id = "yes"
points = "2"
"""
_RUBRIC_WORDS = """
::: criterion clear
Written clearly
:::
::: level clear no
Hard to follow
:::
::: level clear partly
Partly clear
:::
::: level clear yes
Clear throughout
:::
::: criterion true
True
:::
::: level true no
Not true
:::
::: level true yes
True
:::
::: example
SECRET-EXAMPLE of an essay.
:::
"""
ESSAY: Files = {
    "exercise.toml": f"""kind = "free_text"
points = 4
skills = ["ext:reading-code"]
shortest = 10
longest = 200
example = true
{_RUBRIC}""",
    "exercise.en.md": f"# The essay\n\nWrite about your village.\n{_RUBRIC_WORDS}",
}
PEERS: Files = ESSAY | {
    "exercise.toml": str(ESSAY["exercise.toml"]).replace(
        "example = true", 'example = true\nmarked_by = "peers"\npeers = 2'
    )
}
PROJECT: Files = {
    "exercise.toml": f"""kind = "project"
points = 4
skills = ["ext:reading-code"]
files = [".py", ".csv", ".png", ".zip"]
max_files = 2
max_mb = 1
links = true
example = true
{_RUBRIC}""",
    "exercise.en.md": f"# The project\n\nHand in your work.\n{_RUBRIC_WORDS}",
}


def write(folder: Path, files: Files) -> Path:
    """Lays the files down and marks translations as made from their source."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    stamp_course(folder, source_language="en")
    return folder
