"""``python -m shuangsuiji`` is ``ssj``."""

from shuangsuiji.cli.main import main

if __name__ == "__main__":
    main()
