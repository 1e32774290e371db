"""Charts for paper, slides and previews, drawn without a browser: values in, SVG, PNG or PDF out."""
