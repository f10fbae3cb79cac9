"""Runs one learner's Python answer in a locked-down process and says what it did.

Start with README.md. The doors are ``runner.host`` (Runner, Pool), ``runner.job`` (what to run),
``runner.result`` (what came of it) and ``runner.values`` (returned values as strict JSON).
Nothing is imported here, because the warm process imports this package too and must stay small.
"""
