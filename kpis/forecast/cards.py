"""Cards of the forecast: the editions ahead, a plan, annual KPIs."""

from __future__ import annotations

from kpis.cards import MethodCard

METHODS: list[MethodCard] = [
    MethodCard(
        id="forecast",
        name="Forecast of the next editions",
        formula=(
            "centre = last OSI, TII and HCI + mean change an edition of all countries (OSI and TII; HCI 0) "
            "+ own part: the last OSI change, partly lost again, and the two-year change of Internet use "
            "and mobile subscriptions for TII, slopes shrunk by 100 spells. 2,000 joint draws of all "
            "countries: a common shock (t, the spread of past common changes × 1.25) and the residuals of "
            "one of the 40 countries nearest in level, all of one past spell; cut to 0–1, EGDI the mean, "
            "ranks within each draw. Editions since 2003 without 2004; one, two and three ahead."
        ),
        source=(
            "this project, the best of eleven methods by rolling origins 2008–2022; hardly better than "
            "today's rank as a guess. Scores after Gneiting and Raftery (2007). Chosen after seeing the "
            "past: no common change of HCI, the factor 1.25, the three own parts; without the first two "
            "bands of 80% would have held about 76% of the values, and the same share of the ranks."
        ),
        tolerance=(
            "same seed, same draws on every machine; the comparison's table comes out within 0.0005 of "
            "EGDI, 0.05 places and 0.005 of the shares with the figures of its time"
        ),
        status="working",
    ),
    MethodCard(
        id="forecast_plan",
        name="Forecast with a plan",
        formula=(
            "gain of a sub-index = what-if after − before, × the share delivered; on top of the usual "
            "course, or instead of it: max(gain − usual rise, 0). Both readings are one band. Same random "
            "numbers, the other countries on their usual course. OSI shows what was in place a year before "
            "an edition, TII and HCI what two years before."
        ),
        source=(
            "this project. Neither reading can be tried on the past, because no figures on plans exist. By "
            "the next edition countries have lost about a quarter of a jump of OSI against the others."
        ),
        tolerance="no gain gives the forecast without a plan exactly",
        status="working",
    ),
    MethodCard(
        id="forecast_annual",
        name="Forecast of a KPI measured every year",
        formula=(
            "a third of the draws each: changes on the logistic scale of the 80 past spells of other "
            "countries nearest in level and pace; a regression of that change on pace and level; the own "
            "straight line; the last two with what they missed for the 80 spells nearest in level. At most "
            "three spells of a country; cut to 0–100. With fewer than 12 years in the median country × 1.4 "
            "about the median. Offered only where on the past the band of 80% held 75 to 87% of at least "
            "300 cases and the score is at most 2% above that of the fan of past achievements; last values "
            "more than eight years from the target get none."
        ),
        source=(
            "this project, by the past of all countries; the spells after Kahneman and Tversky (1979), the "
            "mean of methods after Clemen (1989)"
        ),
        tolerance="same figures, same draws; nothing is drawn at random",
        status="working",
    ),
]
