"""What goes together: KPIs with outcomes at equal income, KPIs with SDG targets."""
