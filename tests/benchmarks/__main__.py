"""`make bench`: every benchmark, one after the other, in one run."""

from tests.benchmarks import (
    bench_cases,
    bench_composite,
    bench_documents,
    bench_egdi,
    bench_first_chart,
    bench_forecast,
    bench_import,
    bench_pages,
    bench_people,
    bench_pictures,
    bench_plan,
    bench_progress,
    bench_slider,
    bench_slow_line,
    bench_stages,
    bench_warehouse,
)


def main() -> None:
    """Run all benchmarks and print their tables."""
    for bench in (
        bench_warehouse,
        bench_composite,
        bench_egdi,
        bench_stages,
        bench_progress,
        bench_cases,
        bench_plan,
        bench_documents,
        bench_forecast,
        bench_import,
        bench_pictures,
        bench_pages,
        bench_first_chart,
        bench_slider,
        bench_slow_line,
        bench_people,
    ):
        print(f"\n== {(bench.__doc__ or '').splitlines()[0]}", flush=True)
        bench.main()


if __name__ == "__main__":
    main()
