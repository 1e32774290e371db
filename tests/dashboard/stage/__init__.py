"""Tests of `dashboard/stage`."""
