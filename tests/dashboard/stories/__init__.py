"""Tests of `dashboard/stories`."""
