"""The verbs of the `bilik` program, one file per noun. Each file says which of them need a database."""
