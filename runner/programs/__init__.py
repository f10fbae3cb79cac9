"""Runs one program that is not ours (an executable, an interpreter with a file, a compiler) in a pen of its own.

Start with ``runner/README.md``, "Programs". The doors are ``runner.programs.host`` (Programs) and
``runner.programs.task`` (what to run, what came of it).
"""
