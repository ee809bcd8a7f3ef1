"""`make clients`: the official clients, from the oldest release that is allowed to the newest, held to the conformance tests.

Belongs here: getting releases side by side and running the tests with each. Does not belong here: what is held to
(`tests/models/test_one_post.py`: one POST for each call, whatever goes wrong), or the locked release, which `make test` tries.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from benchmarks.place import ROOT

CLIENTS: Final = ("google-genai", "openai")
TESTS: Final = ("tests/models/test_one_post.py", "tests/models/test_answers.py", "tests/wire/test_services.py")


def releases() -> dict[str, list[str]]:
    """What is installed for each trial, as pip wants it: the lowest bounds of pyproject.toml, and the newest within them."""
    listed: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    allowed = [wanted for wanted in listed if re.split(r"[<>=]", wanted)[0] in CLIENTS]
    return {"oldest": [re.sub(r">=([\d.]+).*", r"==\1", wanted) for wanted in allowed], "newest": allowed}


def main() -> int:
    """Try each; returns how many did not hold."""
    return sum(not _holds(name, wanted) for name, wanted in releases().items())


def _holds(name: str, wanted: list[str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps"]
        if subprocess.run([*pip, "--target", folder, *wanted], capture_output=True, check=False).returncode != 0:
            print(f"{name}: {', '.join(wanted)} could not be installed.")
            return False
        found = sorted(path.name.removesuffix(".dist-info") for path in Path(folder).glob("*.dist-info"))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, str(ROOT)])}
        tests = [sys.executable, "-m", "pytest", "-q", *TESTS]
        told = subprocess.run(tests, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{name} ({', '.join(found)}): {told.stdout.splitlines()[-1]}")
    return told.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
