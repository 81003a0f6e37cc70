"""Forms as data: loading, checking, filling in, scoring. Why YAML and not classes: a landlord replaces the matrix with
its partnership's, without us. Why an own small language for `when`, and no expressions of Python: a form may come from
anywhere. Why lines of our own beside pydantic: a person has to find the mistake in the file."""
