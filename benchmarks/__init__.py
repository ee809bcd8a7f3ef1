"""What is measured, with the command that measures it: `python -m benchmarks [--only NAME]`; and the pages rendered from code."""
