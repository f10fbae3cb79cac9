"""Counts, readings on any number of lines, then a line for each question."""

import re
import sys


def reject(why: str) -> None:
    print(why, file=sys.stderr)
    sys.exit(43)


data = sys.stdin.buffer.read()
NUMBER = rb"(?:0|-?[1-9][0-9]{0,5})"
if not re.fullmatch(rb"(?:%b(?: %b)*\n)+" % (NUMBER, NUMBER), data):
    reject("not whole numbers, one space between two, no empty line")
lines = [[int(word) for word in line.split()] for line in data.splitlines()]
if len(lines[0]) != 2:
    reject("the first line has not two numbers")
n, q = lines[0]
if not 1 <= n <= 70_000:
    reject("n is not from 1 to 70 000")
if not 1 <= q <= 14_000:
    reject("q is not from 1 to 14 000")
seen = 0
at = 1
while seen < n:
    if at == len(lines):
        reject("fewer than n readings")
    for reading in lines[at]:
        if not -40 <= reading <= 50:
            reject("a reading is not from -40 to 50")
    seen += len(lines[at])
    at += 1
if seen > n:
    reject("more than n readings, or a question on a line of readings")
if len(lines) - at != q:
    reject("not q questions")
for question in lines[at:]:
    if len(question) != 2:
        reject("a question has not two numbers")
    if not 1 <= question[0] <= question[1] <= n:
        reject("not 1 <= a <= b <= n")
sys.exit(42)
