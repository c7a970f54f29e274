"""The example programs import each other as `python examples/NAME.py` does: from their own folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))
