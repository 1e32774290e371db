"""What an entry of the catalogue may hold. Unknown keys are refused; every vocabulary is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator

from kpis.catalogue.values import (
    Id,
    Limits,
    Name,
    Number,
    Series,
    Url,
    Whole,
    Words,
    Year,
    printable,
    repeated,
)
from kpis.errors import CatalogueError, unknown
from kpis.freshness import USUAL_LIMIT

Direction = Literal["higher", "lower", "zero", "context"]  # zero: the nearer to 0 the better, as for gaps
Query = Literal["difference", "ratio", "income_residual"]
Evidence = Literal["measured", "direct", "enabling"]
Redistribution = Literal["open", "attribution", "noncommercial"]


class Entry(BaseModel):
    """Base of all entries: frozen, no unknown key, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Text(Entry):
    """A text in both languages; neither may be empty."""

    en: Words
    es: Words


class Label(Text):
    """A short text in both languages, for pickers, axes and headings."""

    en: Name
    es: Name


LEAST_APART = 1e-9  # of goalposts: a score divides by what is between them


class Goalposts(Entry):
    """The values that score 0 (`worst`) and 100 (`best`), and where they come from."""

    worst: Number
    best: Number
    source: Text

    @model_validator(mode="after")
    def _apart(self) -> Goalposts:
        if abs(self.worst - self.best) < LEAST_APART:
            raise ValueError("worst and best must differ")
        return self


class Scale(Entry):
    """Classes of the map that a publisher draws, for one KPI or several.

    bounds: where each class but the lowest begins; a value on a bound belongs to the class above it.
    names: one for each class from the lowest, or none. centre: the value that neither side is better than;
    the class that holds it is drawn as neutral, the others in two hues.
    """

    id: Id
    bounds: Annotated[tuple[Number, ...], Field(min_length=1, max_length=4)]
    names: tuple[Label, ...] = ()
    centre: Number | None = None
    source: Text

    @model_validator(mode="after")
    def _in_order(self) -> Scale:
        if list(self.bounds) != sorted(set(self.bounds)):
            raise ValueError("bounds must rise")
        if self.names and len(self.names) != len(self.bounds) + 1:
            raise ValueError("names has one more entry than bounds, or none at all")
        return self


class Target(Entry):
    """The value to reach, by when, and who says so."""

    value: Number
    year: Annotated[Whole, Field(ge=2000, le=2100)] = 2030
    source: Text


class Derivation(Entry):
    """A named query over other KPIs: difference a − b, ratio a / b, income_residual of a."""

    query: Query
    a: Id
    b: Id | None = None

    @model_validator(mode="after")
    def _operands(self) -> Derivation:
        if (self.b is None) != (self.query == "income_residual"):
            raise ValueError(
                f"{self.query} takes {'a alone' if self.query == 'income_residual' else 'a and b'}"
            )
        if self.a == self.b:
            raise ValueError("a and b must be two KPIs")
        return self


class SdgLink(Entry):
    """A target this KPI bears on; only a measured link names the official indicator."""

    target: Annotated[str, Field(pattern=r"^(1[0-7]|[1-9])\.[0-9a-z]{1,2}$")]
    evidence: Evidence
    indicator: Annotated[str, Field(pattern=r"^[0-9a-z]+(\.[0-9a-z]+){2}$", max_length=10)] | None = None

    @model_validator(mode="after")
    def _indicator_only_if_measured(self) -> SdgLink:
        if (self.indicator is not None) != (self.evidence == "measured"):
            raise ValueError("indicator goes with evidence = 'measured', and only with it")
        return self


class Kpi(Entry):
    """One KPI: a figure published from one series, or derived from other KPIs by a named query."""

    id: Id
    dimension: Id
    name: Label
    definition: Text
    caveat: Text
    unit: Id
    direction: Direction | None = None
    goalposts: Goalposts | None = None
    precision: Annotated[Whole, Field(ge=0, le=6)]
    limits: Limits = ("none", "none")
    levels: tuple[Label, ...] = ()  # of a coded answer: what each code means, from the lowest
    scale: Id | None = None  # classes of the map, where a publisher draws them
    series: Series | None = None
    derive: Derivation | None = None
    contains: tuple[Id, ...] = ()  # KPIs whose figures enter this one, besides `derive` and index components
    target: Target | None = None
    published_rank: Series | None = None
    rank_note: Text | None = None  # why the rank here differs from the one the publisher prints
    source: Id
    sdg: tuple[SdgLink, ...] = ()
    fresh_years: Annotated[Whole, Field(ge=1, le=10)]
    fresh_reason: Text | None = None
    retired: Text | None = None

    @model_validator(mode="after")
    def _check_pairs(self) -> Kpi:
        if (self.direction is None) == (self.goalposts is None):
            raise ValueError("give direction or goalposts, one of the two")
        if (self.series is None) == (self.derive is None):
            raise ValueError("give series or derive, one of the two")
        if (self.fresh_years > USUAL_LIMIT) != (self.fresh_reason is not None):
            raise ValueError(f"fresh_years above {USUAL_LIMIT} and fresh_reason go together")
        return self

    @model_validator(mode="after")
    def _parts_and_rank(self) -> Kpi:
        if self.id in self.contains:
            raise ValueError("contains lists other KPIs, not the KPI itself")
        if twice := repeated(link.target for link in self.sdg):
            raise ValueError(f"SDG target {twice} stands twice")
        if self.rank_note and (self.published_rank or self.better == "context"):
            raise ValueError(
                "rank_note goes with a rank that is computed here, not with a printed one or none"
            )
        return self

    @model_validator(mode="after")
    def _inside_limits(self) -> Kpi:
        low, high = self.limits
        named = {"target": self.target.value} if self.target else {}
        if self.goalposts:
            named |= {"goalposts.worst": self.goalposts.worst, "goalposts.best": self.goalposts.best}
        for key, value in named.items():
            if (low != "none" and value < low) or (high != "none" and value > high):
                raise ValueError(f"{key} {value:g} is outside the limits of the KPI")
        return self

    @property
    def better(self) -> Direction:
        """Which side is better; goalposts imply it, so it is never written twice."""
        if self.goalposts is not None:
            return "higher" if self.goalposts.best > self.goalposts.worst else "lower"
        assert self.direction is not None  # the validator above holds
        return self.direction


class Unit(Entry):
    """A unit of measure: its name for axes, its symbol for after a number."""

    id: Id
    name: Label
    symbol: Annotated[str, Field(max_length=20), AfterValidator(printable)]
    kind: Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]

    @property
    def coded(self) -> bool:
        """Whether values are codes of answers or counts of a few things: levels, not measurements."""
        return self.kind in ("answer", "count")


class Dimension(Entry):
    """One of the seven dimensions, or `overall` for the headline indices."""

    id: Id
    position: Whole
    name: Label
    question: Text


class CountryGroup(Entry):
    """A group of countries of one's own: its name and its countries (`kpis/groups.py`)."""

    name: str
    areas: Annotated[tuple[str, ...], Field(min_length=1)]


class KpiGroup(Entry):
    """A named set of KPIs for one audience."""

    id: Id
    name: Label
    note: Text
    kpis: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> KpiGroup:
        if twice := repeated(self.kpis):
            raise ValueError(f"KPI '{twice}' stands twice")
        return self


class Source(Entry):
    """A publisher's product: who, where, under which terms."""

    id: Id
    title: Label
    publisher: Words
    url: Url
    licence: Text
    licence_url: Url | None = None
    redistribution: Redistribution
    e_government: StrictBool = False  # its KPIs may stand on the e-government side of an association
    citation: Words
    note: Text


class InputSeries(Entry):
    """A series that models need although it is no KPI (income, population, parts of an index)."""

    id: Series
    source: Id
    label: Name
    unit: Id
    limits: Limits = ("none", "none")


class Component(Entry):
    """One part of an index: which KPI, with what weight, and the cap applied before standardising."""

    kpi: Id
    weight: Annotated[Number, Field(ge=-1e6, le=1e6)]
    cap: Annotated[Number, Field(gt=0)] | None = None


class Index(Entry):
    """One edition (or several with the same rule) of a composite index, as its publisher builds it."""

    index: Id
    editions: Annotated[tuple[Year, ...], Field(min_length=1)]
    method: Literal["weighted_mean", "sum", "z_score_min_max"]
    components: Annotated[tuple[Component, ...], Field(min_length=1)]
    tolerance: Annotated[Number, Field(ge=0)]
    source: Words
    known: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_once(self) -> Index:
        parts = [component.kpi for component in self.components]
        if twice := repeated(parts):
            raise ValueError(f"component '{twice}' stands twice")
        if self.index in parts:
            raise ValueError("an index is no component of itself")
        if twice := repeated(map(str, self.editions)):
            raise ValueError(f"edition {twice} stands twice")
        signed = self.method == "z_score_min_max"  # there a part of which less is better weighs below 0
        for part in self.components:
            if part.weight == 0 or (part.weight < 0 and not signed):
                raise ValueError(f"the weight of '{part.kpi}' must be above 0, not {part.weight:g}")
        return self


@dataclass(frozen=True)
class Catalogue:
    """All entries, each kind by id in the order of the files."""

    kpis: dict[str, Kpi]
    units: dict[str, Unit]
    scales: dict[str, Scale]
    dimensions: dict[str, Dimension]
    kpi_groups: dict[str, KpiGroup]
    sources: dict[str, Source]
    inputs: dict[str, InputSeries]
    indices: tuple[Index, ...]

    def series_source(self) -> dict[str, str]:
        """Series → source id, for every series that a KPI, a published rank or a model reads."""
        direct = {kpi.series: kpi.source for kpi in self.kpis.values() if kpi.series}
        return direct | {entry.id: entry.source for entry in self.inputs.values()}

    def kpi(self, kpi: str) -> Kpi:
        """The entry of one KPI; RequestError-free: an unknown id is a CatalogueError naming the near miss."""
        if kpi not in self.kpis:
            raise CatalogueError(unknown("KPI", kpi, self.kpis))
        return self.kpis[kpi]
