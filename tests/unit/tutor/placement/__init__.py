"""Tests of tutor.placement."""
