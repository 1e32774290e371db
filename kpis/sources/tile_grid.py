"""A tile-grid map: one square per UN Member State, near its place on the globe, none overlapping.

Every region gets free squares in the region's shape (LATTICE, drawn by hand so that continents are
recognised and the Caribbean and the Pacific stand apart); within a region, countries are put on its squares
so that the summed squared distance to their true places is least (linear assignment).

Run as a module to write the table: `python -m kpis.sources.tile_grid areas.csv tile_grid.csv`, where the
first file has the columns iso3, lat, lon, un_member, region, subregion, intermediate_region.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from kpis.errors import DataError

# One letter per free square: N North and Central America, C Caribbean, S South America, E Europe, A Africa,
# W Western Asia, M Central Asia, I Southern Asia, J Eastern Asia, T South-eastern Asia, O Oceania.
LATTICE = """
...........E..EEE....................
.N.........EE.E.EE.E.................
............EEEEEE...................
.N...........EEEEEEEE...M............
.....CC.....EEEEEEEE...MM....J.......
.N..CCCCC..EEEEEEE..WWWMM....JJ.J....
.NN.....CC.EE.EE...WWWW.III..J.......
..NN...CCC..AAAAA..WWWW..III.........
...NN...C.A.AAAAAA.WWWW...II.TTT.....
....NSSSS..AAAAAAAA.WW....I..TT.T.OOO
.....SSS.....AAAAAAA.........TT....OO
......SS....AAAAAAA..........T.TT....
.....SSS......AAAAA.AA...........OOOO
...............AAAA.A.............OOO
...............AAAA.A...........O....
...............AAA................O..
"""

# Places that would mislead the assignment: centroids far from the people, the date line, overlaps.
PLACES = {
    "RUS": (59.0, 42.0),
    "FJI": (-17.7, 178.0),
    "KIR": (1.5, 187.0),
    "CUB": (25.0, -79.0),
    "BHS": (25.0, -75.0),
}


def block_of(region: str, subregion: str, intermediate: str) -> str:
    """Letter of LATTICE for an M49 region; raises DataError for a region that has no squares."""
    if region == "Americas":
        special = {"South America": "S", "Caribbean": "C"}
        return special.get(intermediate, "N")
    asia = {
        "Western Asia": "W",
        "Central Asia": "M",
        "Southern Asia": "I",
        "Eastern Asia": "J",
        "South-eastern Asia": "T",
    }
    letter = asia.get(subregion) or {"Africa": "A", "Europe": "E", "Oceania": "O"}.get(region)
    if letter is None:
        raise DataError(f"Tile grid: region '{region}', subregion '{subregion}' has no squares in LATTICE.")
    return letter


def squares(letter: str) -> np.ndarray:
    """Free squares of a block as an array of (column, row)."""
    rows = LATTICE.strip("\n").splitlines()
    return np.array([(c, r) for r, line in enumerate(rows) for c, mark in enumerate(line) if mark == letter])


def unit_box(points: np.ndarray) -> np.ndarray:
    """Points moved and stretched into the unit square; an axis without extent becomes 0."""
    low = points.min(axis=0)
    return np.asarray((points - low) / np.maximum(np.ptp(points, axis=0), 1e-9))


def place(areas: pd.DataFrame) -> pd.DataFrame:
    """Column and row of every UN Member State.

    areas: ref_area, lat, lon (degrees), block (letter of LATTICE); UN Member States only.
    Returns ref_area, col, row (whole numbers from the top left), sorted by ref_area; no square twice.
    Raises DataError if a block has not exactly as many squares as countries.
    """
    from scipy.optimize import linear_sum_assignment

    placed = []
    for letter, group in areas.groupby("block"):
        free = squares(str(letter))
        if len(free) != len(group):
            raise DataError(f"Tile grid: block {letter} has {len(free)} squares for {len(group)} countries.")
        true = unit_box(np.column_stack([group["lon"], -group["lat"]]))
        cost = ((true[:, None, :] - unit_box(free)[None, :, :]) ** 2).sum(axis=2)
        which, where = linear_sum_assignment(cost)
        placed.append(
            pd.DataFrame(free[where], columns=["col", "row"]).assign(
                ref_area=group["ref_area"].to_numpy()[which]
            )
        )
    table = pd.concat(placed)[["ref_area", "col", "row"]]
    return table.sort_values("ref_area", ignore_index=True)


def read_areas(path: Path) -> pd.DataFrame:
    """UN Member States with the place and block that `place` needs, from the reference table of areas."""
    table = pd.read_csv(path, keep_default_na=False, dtype=str)
    members = table[table["un_member"] == "1"]
    lat, lon = members["lat"].astype(float), members["lon"].astype(float)
    lon = lon.where(~((members["region"] == "Oceania") & (lon < 0)), lon + 360)
    areas = pd.DataFrame({"ref_area": members["iso3"], "lat": lat, "lon": lon})
    for code, (lat_of_place, lon_of_place) in PLACES.items():
        areas.loc[areas["ref_area"] == code, ["lat", "lon"]] = lat_of_place, lon_of_place
    columns = zip(members["region"], members["subregion"], members["intermediate_region"], strict=True)
    return areas.assign(block=[block_of(*names) for names in columns])


def write(source: Path, target: Path) -> None:
    """Writes the tile grid of `source` (reference areas) to `target` as CSV."""
    place(read_areas(source)).to_csv(target, index=False, lineterminator="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
