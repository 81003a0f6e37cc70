"""How fast asbdesk is, each figure beside a floor measured in the same run. `python -m tests.bench --help`."""
