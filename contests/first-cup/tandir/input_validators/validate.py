"""Number of orders, then minutes and deadline of each; arguments: most=N, same."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


most = 20_000
same = False
for argument in sys.argv[1:]:
    if argument == "same":
        same = True
    elif argument.startswith("most="):
        most = int(argument.removeprefix("most="))
    else:
        sys.exit(f"an argument that is not known: {argument}")

data = sys.stdin.buffer.read()
if not re.fullmatch(rb"[1-9][0-9]{0,4}\n(?:[1-9][0-9]{0,3} [1-9][0-9]{0,7}\n)+", data):
    reject("not a line with one number and lines with two")
first, *rest = data.splitlines()
n = int(first)
orders = [[int(word) for word in line.split()] for line in rest]
if n > most:
    reject(f"n is above {most}")
if len(orders) != n:
    reject("not n orders")
for minutes, leaves in orders:
    if minutes > 1000:
        reject("an order takes more than 1000 minutes")
    if leaves > 10_000_000:
        reject("a buyer leaves after minute 10 000 000")
if same and len({minutes for minutes, _ in orders}) > 1:
    reject("the orders do not take the same time")
sys.exit(42)
