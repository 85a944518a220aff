"""Runs the checker over a file of posts, for cost.py: `checker_side.py POSTS.jsonl`.

Prints the CPU seconds of the checking alone, the meaning model loaded before. No people list, as at the peer's.
"""

import json
import sys
import time
from pathlib import Path

from tasmat_check import pack
from tasmat_check.engine import Checker
from tasmat_check.models import Draft


def main() -> None:
    """Check every post; prints one JSON object."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    drafts = [Draft(str(row["id"]), "posts", row["text"], row.get("channel", "personal")) for row in rows]
    checker = Checker(pack.load())
    checker.check(drafts[0])
    start = time.process_time()
    checked = sum(1 for _ in checker.check_many(drafts))
    print(json.dumps({"work": time.process_time() - start, "posts": checked}))


if __name__ == "__main__":
    main()
