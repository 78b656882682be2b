"""BagIt bags (RFC 8493), zipped: written here, and read back bounded and checked.

The library ``bagit`` is the tests' oracle, not our writer (docs/decisions): it makes bags of version 0.97, in place.
"""

from shuangsuiji.files.bag.reading import Bag, Fault, read_bag
from shuangsuiji.files.bag.writing import Payload, write_bag

__all__ = ["Bag", "Fault", "Payload", "read_bag", "write_bag"]
