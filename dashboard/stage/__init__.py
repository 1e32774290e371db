"""The stage: a story full screen, slide by slide, each the live view of a page with one chart."""
