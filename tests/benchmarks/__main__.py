"""`make bench`: every benchmark, one after the other."""

from tests.benchmarks import bench_warehouse


def main() -> None:
    """Run all benchmarks and print their tables."""
    bench_warehouse.main()


if __name__ == "__main__":
    main()
