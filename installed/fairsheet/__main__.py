"""`python -m fairsheet`, for where the command itself is not on the path."""

import sys

from fairsheet import run

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the working folder, which may be a stranger's
    run()
