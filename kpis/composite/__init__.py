"""Composite indicators after the OECD/JRC handbook (2008), on a wide table of areas × indicators.

One module per step: denominate, screen, impute (and impute_panel), treat, normalise, weights, aggregate,
rank, explore, sensitivity, uncertainty, variance, sobol. Every function is pure: a table in, a new table
out. What is missing stays missing; what is undefined is missing too, with its reason in `findings(result)`
and a `CompositeWarning`. `METHODS` holds a card (name, formula, source, tolerance) for every method.
"""

from kpis.composite.aggregate import aggregate, coverage
from kpis.composite.cards import METHODS, HandbookCard
from kpis.composite.denominate import denominate
from kpis.composite.draws import Choices, Draws, crossed, draw
from kpis.composite.explore import (
    PrincipalComponents,
    alpha_reading,
    correlations,
    cronbach_alpha,
    principal_components,
)
from kpis.composite.findings import CompositeWarning, Finding, findings
from kpis.composite.impute import Imputation, impute
from kpis.composite.impute_panel import impute_panel
from kpis.composite.normalise import normalise
from kpis.composite.rank import rank
from kpis.composite.screen import Screening, availability, screen
from kpis.composite.sensitivity import LeaveOneOut, leave_one_out
from kpis.composite.sobol import Sobol, sobol
from kpis.composite.structure import Hierarchy, Node, read_structure
from kpis.composite.treat import Treatment, kurtosis, skewness, treat, treatment, winsorise
from kpis.composite.uncertainty import Uncertainty, uncertainty
from kpis.composite.variance import variance_parts
from kpis.composite.weights import (
    OptimisedWeights,
    custom_weights,
    effective_weights,
    equal_weights,
    optimise_weights,
    pca_weights,
)

__all__ = [
    "METHODS",
    "Choices",
    "CompositeWarning",
    "Draws",
    "Finding",
    "HandbookCard",
    "Hierarchy",
    "Imputation",
    "LeaveOneOut",
    "Node",
    "OptimisedWeights",
    "PrincipalComponents",
    "Screening",
    "Sobol",
    "Treatment",
    "Uncertainty",
    "aggregate",
    "alpha_reading",
    "availability",
    "correlations",
    "coverage",
    "cronbach_alpha",
    "crossed",
    "custom_weights",
    "denominate",
    "draw",
    "effective_weights",
    "equal_weights",
    "findings",
    "impute",
    "impute_panel",
    "kurtosis",
    "leave_one_out",
    "normalise",
    "optimise_weights",
    "pca_weights",
    "principal_components",
    "rank",
    "read_structure",
    "screen",
    "skewness",
    "sobol",
    "treat",
    "treatment",
    "uncertainty",
    "variance_parts",
    "winsorise",
]
