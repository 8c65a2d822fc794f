"""Clips of people's voices for tutors: looked at, listened to, and chosen for talks."""
